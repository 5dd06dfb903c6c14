"""The registry of upcoming events: what will change on the public site by itself.

A source of upcoming events is a function of a Moment that yields events. It stands in `upcoming.py` of its
app, which is imported at the start as Django imports `admin.py`, and is registered by `@upcoming`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time

from core.clock import TOKYO
from core.japanese import day, end, hour
from core.moment import Moment

MOST_EVENTS = 10  # events that are shown


@dataclass(frozen=True)
class UpcomingEvent:
    """A change at an instant. `says` is a whole sentence; `url` is where in the admin it is decided."""

    at: datetime
    says: str
    url: str


EventSource = Callable[[Moment], Iterable[UpcomingEvent]]
_sources: list[EventSource] = []


def upcoming(source: EventSource) -> EventSource:
    """Register a source of upcoming events."""
    _sources.append(source)
    return source


def upcoming_events(moment: Moment) -> list[UpcomingEvent]:
    """Return the next events on the public site, in order of time."""
    events = [event for source in _sources for event in source(moment)]
    return sorted(events, key=lambda event: event.at)[:MOST_EVENTS]


def day_and_time(at: datetime) -> str:
    """Return a datetime as 「2026年4月1日 午後4時」, in Tokyo time."""
    at = at.astimezone(TOKYO)
    return f"{day(at)} {hour(at.time())}"


def end_and_time(at: datetime) -> str:
    """Return when something ends, in Tokyo time: as day_and_time does, or 「2026年3月31日の終わり」 for midnight."""
    at = at.astimezone(TOKYO)
    return end(at) if at.time() == time(0) else day_and_time(at)
