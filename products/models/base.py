"""Fields that several models share."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.db.models import F, Q

from core.fields import validate_year
from core.moment import Moment


class PublicPeriod(models.Model):
    """A row that is public from one time until before another."""

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

    def publish_for_preview(self, at: datetime) -> datetime:
        """Make a draft public as of `at`; return from when the row is public, `at` at the earliest."""
        return publish_for_preview(self, at)

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
        """Return the rows that visitors see at the moment.

        Decided here and not by the database, which need not be asked again where the rows are loaded.
        """
        return [each for each in self if each.is_public_at(moment)]

    def publish_drafts(self, at: datetime) -> None:
        """Make all drafts public as of `at`."""
        self.filter(public_from=None).update(public_from=at)


def publish_for_preview(row: Any, at: datetime) -> datetime:
    """Make a row with `public_from` public as of `at`, where it is a draft.

    Returns from when it is public, `at` at the earliest. In a transaction that the caller takes back.
    """
    if row.public_from is None:
        type(row)._default_manager.filter(pk=row.pk).update(public_from=at)
        return at
    return max(at, row.public_from)
