"""Opening hours: in words, and whether a desk is open. Needs no database.

All times are Tokyo times; a day's hours are half-open, `[opens_at, closes_at)`.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from contacts.holidays import holidays_are_known, is_public_holiday
from core.clock import TOKYO
from core.japanese import hour

# No desk is closed for longer than this and still has hours.
DAYS_TO_LOOK_AHEAD = 60


@dataclass(frozen=True)
class DeskStatus:
    """The state of a desk's hours at one time, and until when it stays so.

    `changes_at` is the closing while open, the next opening while closed, and None where neither is known.
    `certain` is False where the public holidays that decide it are not known yet. `reason` is that of a closed
    day while it lasts, whatever the weekday; "" on other days.
    """

    is_open: bool
    changes_at: datetime | None
    certain: bool
    reason: str = ""


CLOSED = "臨時休業"  # the reason of a closed day without one


@dataclass(frozen=True)
class OpeningHours:
    """The hours of a desk. `opens_at` and `closes_at` are None for a desk without hours.

    For a desk that takes calls at all hours (`always_open`) they are the hours in which it handles calls.
    `year_end` is first and last day as "12-29" and "01-03", or None.
    """

    always_open: bool
    opens_at: time | None
    closes_at: time | None
    closed_on_saturdays: bool
    closed_on_sundays: bool
    closed_on_public_holidays: bool
    year_end: tuple[str, str] | None
    closed_days: dict[date, str] = field(default_factory=dict)  # each with the reason

    @property
    def in_words(self) -> str:
        """Return 「平日:午前9時から午後5時まで」 or 「24時間365日受付(年中無休)」; "" where no hours are known."""
        if self.always_open:
            return "24時間365日受付(年中無休)"
        if self.opens_at is None or self.closes_at is None:
            return ""
        days = ["平日"]
        if not self.closed_on_saturdays:
            days.append("土曜日")
        if not self.closed_on_sundays:
            days.append("日曜日")
        return f"{'・'.join(days)}:{hour(self.opens_at)}から{hour(self.closes_at)}まで"

    @property
    def closed_days_in_words(self) -> str:
        """Return 「土・日・祝日・年末年始は、お休みとさせていただきます。」; "" where there is nothing to say."""
        if self.always_open or self.opens_at is None:
            return ""
        kinds = (
            (self.closed_on_saturdays, "土"),
            (self.closed_on_sundays, "日"),
            (self.closed_on_public_holidays, "祝日"),
            (self.year_end is not None, "年末年始"),
        )
        closed = "・".join(name for applies, name in kinds if applies)
        return f"{closed}は、お休みとさせていただきます。" if closed else ""

    def why_closed(self, day: date) -> str:
        """Return 「土曜日」, 「日曜日」, 「祝日」, 「年末年始」 or the reason of a closed day; "" for a day with the usual hours."""
        if self.closed_on_public_holidays and is_public_holiday(day):
            return "祝日"
        if self.closed_on_saturdays and day.weekday() == 5:
            return "土曜日"
        if self.closed_on_sundays and day.weekday() == 6:
            return "日曜日"
        if self.year_end and _is_within(f"{day:%m-%d}", *self.year_end):
            return "年末年始"
        return self.closed_days.get(day, "")

    def status_at(self, at: datetime) -> DeskStatus | None:
        """Return the status at a time (aware, in Tokyo time); None for a desk without hours."""
        if self.opens_at is None or self.closes_at is None:
            return None
        for days in range(DAYS_TO_LOOK_AHEAD):
            day = at.date() + timedelta(days=days)
            if self.why_closed(day):
                continue
            opening = datetime.combine(day, self.opens_at, tzinfo=TOKYO)
            closing = datetime.combine(day, self.closes_at, tzinfo=TOKYO)
            if opening <= at < closing:
                return DeskStatus(True, closing, self._is_certain(day))
            if at < opening:
                return self._closed(at, opening, day)
        return self._closed(at, None, at.date())

    def _closed(self, at: datetime, opening: datetime | None, certain_by: date) -> DeskStatus:
        reason = self.closed_days.get(at.date(), "")
        return DeskStatus(False, opening, self._is_certain(certain_by), reason)

    def _is_certain(self, day: date) -> bool:
        return not self.closed_on_public_holidays or holidays_are_known(day)


def _is_within(day: str, first: str, last: str) -> bool:
    """Return whether a month-and-day text lies in a range, also over the turn of the year."""
    if first <= last:
        return first <= day <= last
    return day >= first or day <= last
