"""The one clock of the site.

A public page is a function of the content and of a Moment. Only this module asks for the time;
all other code is handed a Moment.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.utils import timezone

TOKYO = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True)
class Moment:
    """The instant as of which a page is made.

    `at` is aware and in Tokyo time; `pinned` tells that it is not the present (SITE_CLOCK).
    """

    at: datetime
    pinned: bool = False

    @property
    def today(self) -> date:
        """The calendar day in Tokyo."""
        return self.at.date()

    @classmethod
    def now(cls) -> "Moment":
        """The present, or the moment to which SITE_CLOCK pins the site."""
        pinned: datetime | None = settings.SITE_CLOCK
        return cls((pinned or timezone.now()).astimezone(TOKYO), pinned=pinned is not None)


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
    return moment if moment.tzinfo else moment.replace(tzinfo=TOKYO)
