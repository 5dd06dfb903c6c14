"""When cover starts for a member who joins during a term. Needs no database.

Source: 「中途加入の場合、毎月20日締切で翌月1日(午後4時)~」. The hour of the deadline, and what holds when it
falls on a closed day, the source does not say: so a deadline here is a date and nothing more.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from jnxcyber.publishing.moment import TOKYO


@dataclass(frozen=True)
class JoiningRule:
    """Applications by `deadline_day` of a month start on `start_day` of the next, at `start_time`."""

    deadline_day: int
    start_day: int
    start_time: time


def cover_start(applied_on: date, rule: JoiningRule) -> datetime:
    """The moment (Tokyo time) from which somebody is covered who applies on this day by the rule
    alone, whether or not it still lies in the term."""
    months_ahead = 1 if applied_on.day <= rule.deadline_day else 2
    years, month = divmod(applied_on.month - 1 + months_ahead, 12)
    start = date(applied_on.year + years, month + 1, rule.start_day)
    return datetime.combine(start, rule.start_time, tzinfo=TOKYO)
