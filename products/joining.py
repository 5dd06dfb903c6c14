"""The start of cover for a member who joins during a term. Needs no database.

Source: 「中途加入の場合、毎月20日締切で翌月1日(午後4時)
」. The source does not say at what hour the
deadline falls, nor what holds on a closed day: a deadline here is a date and nothing more. Days are Tokyo
days; datetimes are aware and in Tokyo time.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from core.clock import TOKYO


@dataclass(frozen=True)
class JoiningRule:
    """Applications by `deadline_day` of a month start on `start_day` of the next, at `start_time`."""

    deadline_day: int
    start_day: int
    start_time: time


@dataclass(frozen=True)
class Deadline:
    """The last day to apply for cover that starts at `start`."""

    day: date
    start: datetime


@dataclass(frozen=True)
class Recruiting:
    """The days on which applications for the start of a term are taken, None where nobody knows them."""

    first_day: date | None = None
    last_day: date | None = None


UNKNOWN_RECRUITING = Recruiting()


class Outcome(StrEnum):
    """The result of an application on a day."""

    TOO_EARLY = "too-early"  # before the recruiting period of a term which has not begun
    FROM_THE_START = "from-the-start"  # of the term, which has not begun
    TO_BE_CONFIRMED = "to-be-confirmed"  # too late for the start by the rule; the source is silent
    MID_TERM = "mid-term"
    NO_MORE = "no-more"  # no start is left inside the term
    ENDED = "ended"


@dataclass(frozen=True)
class Joining:
    """The result of an application on `day`, with the start of cover; `start` is None where none can be told.

    `deadline` is the one that counts, or that has passed where only the agency can say when cover starts.
    `following` are the next two, for joining during a term only.
    """

    day: date
    outcome: Outcome
    start: datetime | None = None
    deadline: Deadline | None = None
    following: tuple[Deadline, ...] = ()

    @property
    def is_to_be_confirmed(self) -> bool:
        """Return whether only the agency can say when cover starts."""
        return self.outcome is Outcome.TO_BE_CONFIRMED

    @property
    def is_too_early(self) -> bool:
        """Return whether applications for the term are not taken yet."""
        return self.outcome is Outcome.TOO_EARLY

    @property
    def is_from_the_start(self) -> bool:
        """Return whether cover starts with the term."""
        return self.outcome is Outcome.FROM_THE_START

    @property
    def is_mid_term(self) -> bool:
        """Return whether cover starts during the term, on the day that the deadline leads to."""
        return self.outcome is Outcome.MID_TERM

    @property
    def is_too_late(self) -> bool:
        """Return whether the term has not ended on the day, but no start of cover is left in it."""
        return self.outcome is Outcome.NO_MORE

    @property
    def is_after_the_end(self) -> bool:
        """Return whether the term is over at the time of the application."""
        return self.outcome is Outcome.ENDED


def cover_start(applied_on: date, rule: JoiningRule) -> datetime:
    """Return the start of cover for an application on this day, by the rule alone.

    It may lie beyond the end of the term.
    """
    months_ahead = 1 if applied_on.day <= rule.deadline_day else 2
    return _start_in_month(applied_on, months_ahead, rule)


def last_day_to_apply(ends_at: datetime, rule: JoiningRule) -> date:
    """Return the last day on which an application still leads to a start before the end of the term."""
    last_month = ends_at.astimezone(TOKYO).date()
    months_back = 0 if _start_in_month(last_month, 0, rule) < ends_at else -1
    return _month(last_month, months_back - 1).replace(day=rule.deadline_day)


def find_deadlines(starts_at: datetime, ends_at: datetime, rule: JoiningRule) -> list[Deadline]:
    """Return every deadline for joining during the term, in order.

    Each leads to a start after the first day of the term and before its end.
    """
    last_day = last_day_to_apply(ends_at, rule)
    first_day = starts_at.astimezone(TOKYO).date()
    day = _month(first_day, -2).replace(day=rule.deadline_day)
    found = []
    while day <= last_day:
        deadline = Deadline(day, cover_start(day, rule))
        if deadline.start.date() > first_day:
            found.append(deadline)
        day = _month(day, 1).replace(day=rule.deadline_day)
    return found


def start_deadline(starts_at: datetime, rule: JoiningRule, recruiting: Recruiting) -> Deadline:
    """Return the last day to apply for cover from the start of a term.

    Where the recruiting period is not known the rule for joining speaks: an application by the 20th of the month
    before starts on the 1st. The source does not say that it holds for the start of the term as well.
    """
    start = starts_at.astimezone(TOKYO)
    months_back = 0 if _start_in_month(start.date(), 0, rule).date() <= start.date() else -1
    by_the_rule = _month(start.date(), months_back - 1).replace(day=rule.deadline_day)
    return Deadline(recruiting.last_day or by_the_rule, start)


def find_joining(
    day: date,
    starts_at: datetime,
    ends_at: datetime,
    rule: JoiningRule,
    recruiting: Recruiting = UNKNOWN_RECRUITING,
) -> Joining:
    """Return what an application on this day leads to in this term."""
    start = cover_start(day, rule)
    if day < starts_at.astimezone(TOKYO).date():
        deadline = start_deadline(starts_at, rule, recruiting)
        if recruiting.first_day and day < recruiting.first_day:
            return Joining(day, Outcome.TOO_EARLY, deadline=deadline)
        if day <= deadline.day:
            return Joining(day, Outcome.FROM_THE_START, start=deadline.start, deadline=deadline)
        return Joining(day, Outcome.TO_BE_CONFIRMED, deadline=deadline)
    if day > ends_at.astimezone(TOKYO).date():
        return Joining(day, Outcome.ENDED)
    if start >= ends_at:
        return Joining(day, Outcome.NO_MORE)
    left = [each for each in find_deadlines(starts_at, ends_at, rule) if each.start >= start]
    return Joining(day, Outcome.MID_TERM, start=start, deadline=left[0], following=tuple(left[1:3]))


def months_and_days(start: datetime, end: datetime) -> tuple[int, int]:
    """Return the length of cover in whole months and further days, counted in Tokyo time."""
    start, end = start.astimezone(TOKYO), end.astimezone(TOKYO)
    months = (end.year - start.year) * 12 + end.month - start.month
    if _same_day_in_month(start, months) > end:
        months -= 1
    return months, (end - _same_day_in_month(start, months)).days


def _start_in_month(day: date, months_ahead: int, rule: JoiningRule) -> datetime:
    start = _month(day, months_ahead).replace(day=rule.start_day)
    return datetime.combine(start, rule.start_time, tzinfo=TOKYO)


def _month(day: date, months_ahead: int) -> date:
    """Return the first day of the month that lies so many months after the day's own."""
    years, month = divmod(day.month - 1 + months_ahead, 12)
    return date(day.year + years, month + 1, 1)


def _same_day_in_month(at: datetime, months_ahead: int) -> datetime:
    """Return the same day and hour so many months later; the last day of a month that has no such day."""
    first = _month(at.date(), months_ahead)
    last = _month(first, 1) - timedelta(days=1)
    return at.replace(year=first.year, month=first.month, day=min(at.day, last.day))
