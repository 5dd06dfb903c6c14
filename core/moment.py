"""The one clock of the site.

A public page is a function of the content and of a Moment. Only this module asks for the time;
all other code is handed a Moment.
"""

import time
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.utils import timezone

FIRST_YEAR, LAST_YEAR = 2000, 2100  # of what the site can be shown as of
TOKYO = ZoneInfo("Asia/Tokyo")


def end_of_day(day: date) -> datetime:
    """The midnight in Tokyo that ends the day, or that ends the day of a moment in Tokyo time."""
    return datetime(day.year, day.month, day.day, tzinfo=TOKYO) + timedelta(days=1)


@dataclass
class Moment:
    """The instant as of which a page is made.

    `at` is aware and in Tokyo time; `pinned` tells that it is not the present (SITE_CLOCK, or a
    preview, which says in `preview` what it shows). `mirror` tells that the page is for a mirror, where
    it is read later: it says when it was made. Whatever is read as of the moment reports with
    `will_change` when it would read differently, so that `expires_at` is the first instant at which
    the page could be another; None if it never will.
    """

    at: datetime
    pinned: bool = False
    preview: str = ""
    mirror: bool = False
    expires_at: datetime | None = field(default=None, init=False, compare=False)

    @classmethod
    def now(cls) -> "Moment":
        """The present, or the moment to which SITE_CLOCK pins the site."""
        pinned: datetime | None = settings.SITE_CLOCK
        return cls((pinned or timezone.now()).astimezone(TOKYO), pinned=pinned is not None)

    @property
    def today(self) -> date:
        """The calendar day in Tokyo, which ends at midnight."""
        today = self.at.date()
        self.will_change(end_of_day(today))
        return today

    def will_change(self, *instants: datetime | None) -> None:
        """Report instants at which something that was read reads differently. Past ones and None,
        for never, do not count."""
        coming = [instant for instant in (*instants, self.expires_at) if instant]
        self.expires_at = min((instant for instant in coming if instant > self.at), default=None)


def by_the_real_clock() -> datetime:
    """The present (UTC) whatever SITE_CLOCK says: for sessions and lock-outs, which would never end, or
    be over at once, by a clock that stands still. No content may be read as of it."""
    return timezone.now()


def seconds_now() -> float:
    """The present by the real clock, in seconds since 1970: for the life of kept pages."""
    return time.time()


def moment_of(request: HttpRequest) -> Moment:
    """The moment of a request, the same however often it is asked for."""
    moment: Moment = vars(request).setdefault("moment", Moment.now())
    return moment


def parse_site_clock(text: str) -> datetime | None:
    """The moment that SITE_CLOCK names, in Tokyo time unless it carries an offset; None for "".

    Raises ImproperlyConfigured for anything else.
    """
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ImproperlyConfigured(
            f"SITE_CLOCK must look like 2025-10-03T10:00 (Tokyo time), not {text!r}."
        ) from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ImproperlyConfigured(f"SITE_CLOCK must lie between {FIRST_YEAR} and {LAST_YEAR}.")
    return moment if moment.tzinfo else moment.replace(tzinfo=TOKYO)
