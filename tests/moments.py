"""Moments in Tokyo time, as tests write them."""

from datetime import datetime

from core.clock import TOKYO
from core.moment import Moment

IN_THE_TERM = "2025-10-03T10:00"


def tokyo(text: str) -> datetime:
    """ "2025-10-03T10:00" as that moment in Tokyo."""
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


def moment(text: str) -> Moment:
    return Moment(tokyo(text))
