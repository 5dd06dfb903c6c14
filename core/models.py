"""Abstract models that know nothing of what they hold."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Ordered(models.Model):
    """A row in a list whose order the secretariat decides."""

    order = models.PositiveSmallIntegerField(
        "表示順", default=0, help_text="小さい数字のものから順に並びます。"
    )

    class Meta:
        abstract = True
        ordering: ClassVar[tuple[str, ...]] = ("order", "pk")


class OnlyOne(models.Model):
    """A table with a single row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                name="%(class)s_only_one",
                condition=Q(id=1),
                violation_error_message="登録できるのは1件だけです。",
            ),
        )
