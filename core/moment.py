"""The Moment: the instant as of which a public page is rendered.

A public page is a function of the content and of a Moment. Domain code takes the Moment as an argument
and never asks for the time itself.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings

from core.clock import TOKYO, end_of_day, real_now


@dataclass
class Moment:
    """The instant as of which a page is rendered, and the first later instant at which it reads differently.

    `at` is aware and in Tokyo time. `pinned` says that it is not the present: SITE_CLOCK is set, or the page
    is a preview, which says in `preview` what it shows. `mirror` says that the page is for a mirror, where
    it is read later, so that it says when it was rendered; `for_editor`, that its texts carry edit marks.
    Code that reads content as of the moment calls `will_change`; `expires_at` is then the first instant at
    which the page could differ, None for never.
    """

    at: datetime
    pinned: bool = False
    preview: str = ""
    mirror: bool = False
    for_editor: bool = False
    expires_at: datetime | None = field(default=None, init=False, compare=False)

    @classmethod
    def now(cls) -> "Moment":
        """Return the present, or the moment to which SITE_CLOCK pins the site."""
        pinned: datetime | None = settings.SITE_CLOCK
        return cls((pinned or real_now()).astimezone(TOKYO), pinned=pinned is not None)

    @property
    def today(self) -> date:
        """Return the calendar day in Tokyo, which ends at midnight."""
        today = self.at.date()
        self.will_change(end_of_day(today))
        return today

    def will_change(self, *instants: datetime | None) -> None:
        """Report instants at which something that was read reads differently.

        Past instants, and None for never, are ignored.
        """
        later = [instant for instant in (*instants, self.expires_at) if instant]
        self.expires_at = min((instant for instant in later if instant > self.at), default=None)
