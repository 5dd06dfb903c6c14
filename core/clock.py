"""The computer's clock and the time zone of the site.

Only this module asks for the time. It imports no settings, so that the settings can import it.
"""

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured

EARLIEST_YEAR, LATEST_YEAR = 2000, 2100  # of dates that are entered, and of SITE_CLOCK
TOKYO = ZoneInfo("Asia/Tokyo")


def real_now() -> datetime:
    """Return the present (UTC), whatever SITE_CLOCK says.

    For sessions and lock-outs, which must end although a clock stands still. Content is read as of a Moment.
    """
    return datetime.now(UTC)


def unix_time() -> float:
    """Return the present in seconds since 1970, whatever SITE_CLOCK says: for the life of cached responses."""
    return time.time()


def start_of_day(day: date) -> datetime:
    """Return the midnight in Tokyo that begins a day, or the day of a datetime in Tokyo time."""
    return datetime(day.year, day.month, day.day, tzinfo=TOKYO)


def end_of_day(day: date) -> datetime:
    """Return the midnight in Tokyo that ends a day, or the day of a datetime in Tokyo time."""
    return start_of_day(day) + timedelta(days=1)


def parse_site_clock(text: str) -> datetime | None:
    """Return the datetime that SITE_CLOCK names, in Tokyo time unless it carries an offset; None for "".

    Raises ImproperlyConfigured for anything else.
    """
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ImproperlyConfigured(
            f"SITE_CLOCK must look like 2025-10-03T10:00 (Tokyo time), not {text!r}."
        ) from None
    if not EARLIEST_YEAR <= at.year <= LATEST_YEAR:
        raise ImproperlyConfigured(
            f"SITE_CLOCK must lie between {EARLIEST_YEAR} and {LATEST_YEAR}."
        )
    return at if at.tzinfo else at.replace(tzinfo=TOKYO)
