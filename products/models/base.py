"""Publication: what models share whose rows are drafts, planned or public."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.db.models import F, Q

from core.fields import validate_year
from core.moment import Moment


def public_from_field() -> models.DateTimeField[datetime | None, datetime | None]:
    """Return the field of a `Publishable` model.

    It is not inherited, so that each model has it at its own place among its fields.
    """
    return models.DateTimeField(
        "公開開始日時",
        null=True,
        blank=True,
        help_text="この日時になると自動で公開されます。空欄のあいだは公開されません。",
        validators=[validate_year],
    )


class Publishable(models.Model):
    """A row that is public from `public_from` on, and a draft without it."""

    class Meta:
        abstract = True

    def publish_for_preview(self, at: datetime) -> datetime:
        """Make a draft public as of `at`; return from when the row is public, `at` at the earliest.

        In a transaction that the caller takes back.
        """
        row: Any = self
        if row.public_from is None:
            type(row)._default_manager.filter(pk=row.pk).update(public_from=at)
            return at
        return max(at, row.public_from)


PublishableRow = TypeVar("PublishableRow", bound=Publishable, covariant=True)


class PublishableQuerySet(models.QuerySet[PublishableRow]):
    def publish_drafts(self, at: datetime) -> None:
        """Make all drafts public as of `at`."""
        self.filter(public_from=None).update(public_from=at)


class PublicPeriod(Publishable):
    """A row that is public from one time until before another."""

    public_from = public_from_field()
    public_until = models.DateTimeField(
        "公開終了日時",
        null=True,
        blank=True,
        help_text="この日時になると自動で公開が終わります。時刻が空欄なら、その日の終わりまで公開します。"
        "期限がなければ、日付も空欄にします。",
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
        return self.was_public_by(moment) and not self.has_ended_at(moment)

    def was_public_by(self, moment: Moment) -> bool:
        """Return whether the row is public at the moment, or was before."""
        moment.will_change(self.public_from)
        return self.public_from is not None and self.public_from <= moment.at

    def has_ended_at(self, moment: Moment) -> bool:
        """Return whether the publication of the row has ended at the moment."""
        moment.will_change(self.public_until)
        return self.public_until is not None and self.public_until <= moment.at


Published = TypeVar("Published", bound=PublicPeriod, covariant=True)


class PublicPeriodQuerySet(PublishableQuerySet[Published]):
    def public_at(self, moment: Moment) -> list[Published]:
        """Return the rows that visitors see at the moment.

        Decided here and not by the database, which need not be asked again where the rows are loaded.
        """
        return [each for each in self if each.is_public_at(moment)]
