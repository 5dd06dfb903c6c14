"""Fields that several models share."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from django.db import models
from django.db.models import F, Q

from core.fields import validate_year
from core.moment import Moment


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


class PublicPeriod(models.Model):
    """Something that is public from one moment until before another."""

    public_from = models.DateTimeField(
        "公開開始日時",
        null=True,
        blank=True,
        help_text="この日時になると自動で公開されます。空欄のあいだは公開されません。",
        validators=[validate_year],
    )
    public_until = models.DateTimeField(
        "公開終了日時",
        null=True,
        blank=True,
        help_text="この日時になると自動で公開が終わります。期限がなければ空欄にします。",
        validators=[validate_year],
    )

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(
                name="%(class)s_public_from_before_until",
                condition=Q(public_until=None) | Q(public_from__lt=F("public_until")),
                violation_error_message="公開終了日時は、公開開始日時より後にしてください。",
            ),
        )

    def is_public_at(self, moment: Moment) -> bool:
        moment.will_change(self.public_from, self.public_until)
        return (
            self.public_from is not None
            and self.public_from <= moment.at
            and (self.public_until is None or moment.at < self.public_until)
        )


Published = TypeVar("Published", bound=PublicPeriod, covariant=True)


class PublicPeriodQuerySet(models.QuerySet[Published]):
    def public_at(self, moment: Moment) -> list[Published]:
        """Those of these rows that visitors see at the moment. Decided here and not by the database,
        which need not be asked again where the rows are at hand."""
        return [each for each in self if each.is_public_at(moment)]
