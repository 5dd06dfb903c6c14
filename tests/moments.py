"""Moments in Tokyo time, as tests write them."""

from datetime import UTC, datetime

import time_machine

from core.clock import TOKYO
from core.moment import Moment

IN_THE_TERM = "2025-10-03T10:00"


def tokyo(text: str) -> datetime:
    """ "2025-10-03T10:00" as that moment in Tokyo."""
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


def clock_at(text: str) -> time_machine.travel:
    """Return a context in which the computer's clock stands still at a time in Tokyo."""
    return time_machine.travel(tokyo(text).astimezone(UTC), tick=False)


def moment(text: str) -> Moment:
    return Moment(tokyo(text))
