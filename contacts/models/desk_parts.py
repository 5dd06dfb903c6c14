"""Parts of a desk: the persons in charge, and the days on which it is closed beside the usual ones."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import models

from contacts.hours import CLOSED
from contacts.models.desks import Desk
from core.clock import end_of_day, start_of_day
from core.fields import WordsField, validate_year
from core.japanese import day
from core.moment import Moment

MOST_DAYS = 60  # of one entry of closed days
TOLD_BEFORE = datetime.timedelta(weeks=4)  # how long before the first day visitors are told


class PersonInCharge(models.Model):
    desk = models.ForeignKey(
        Desk, verbose_name="窓口", on_delete=models.CASCADE, related_name="persons"
    )
    name = WordsField("氏名", max_length=50)
    order = models.PositiveSmallIntegerField("表示順", default=0)

    class Meta:
        verbose_name = "担当者"
        verbose_name_plural = "担当者"
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.name


class ClosedDay(models.Model):
    desk = models.ForeignKey(
        Desk, verbose_name="窓口", on_delete=models.CASCADE, related_name="closed_days"
    )
    date = models.DateField("休業日", validators=[validate_year])
    last_day = models.DateField(
        "休業の最後の日",
        null=True,
        blank=True,
        validators=[validate_year],
        help_text="続けて休むときだけ入力します。この日も休業日です。",
    )
    reason = WordsField(
        "理由",
        max_length=100,
        blank=True,
        help_text="4週間前から休業の終わりまで、公開ページの受付時間のそばに、日付と一緒に出ます。"
        "空欄なら「臨時休業」と出ます。例:夏季休業",
    )

    class Meta:
        verbose_name = "臨時の休業日"
        verbose_name_plural = "臨時の休業日"
        ordering = ("date",)
        constraints = (
            models.UniqueConstraint(
                fields=("desk", "date"),
                name="closed_day_once_per_desk",
                violation_error_message="この日はすでに休業日として入力されています。",
            ),
        )

    def __str__(self) -> str:
        return f"{day(self.date)}〜{day(self.last_day)}" if self.last_day else day(self.date)

    def clean(self) -> None:
        if self.date and self.last_day and not 0 <= (self.last_day - self.date).days < MOST_DAYS:
            raise ValidationError(
                {
                    "last_day": f"休業日かその後の日を、休業日を含めて{MOST_DAYS}日以内で入力してください。"
                }
            )

    @property
    def in_words(self) -> str:
        """Return 「2026年8月12日〜8月15日」, with the year of the last day where it is a different one."""
        if not self.last_day or self.last_day == self.date:
            return day(self.date)
        is_same_year = self.last_day.year == self.date.year
        last = day(self.last_day).partition("年")[2] if is_same_year else day(self.last_day)
        return f"{day(self.date)}〜{last}"

    @property
    def reason_in_words(self) -> str:
        return self.reason or CLOSED

    def is_told_at(self, moment: Moment) -> bool:
        """Return whether visitors are told of the closed days: from four weeks before until their end."""
        begins = start_of_day(self.date - TOLD_BEFORE)
        ends = end_of_day(self.last_day or self.date)
        moment.will_change(begins, ends)
        return begins <= moment.at < ends

    def overlaps(self, other: ClosedDay) -> bool:
        """Return whether both have a day in common."""
        return self.date <= (other.last_day or other.date) and other.date <= (
            self.last_day or self.date
        )

    @property
    def days(self) -> list[datetime.date]:
        count = ((self.last_day or self.date) - self.date).days + 1
        return [self.date + datetime.timedelta(days=number) for number in range(count)]
