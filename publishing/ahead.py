"""Making pages before anybody asks: all pages whenever the content has changed, and each of them as it
will be after the instants at which it changes by itself. A page is a function of content and moment,
so that this can be known beforehand, and the site turns at 16:00 even without its database."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from math import inf

from django.conf import settings
from django.db import Error, connection

from core.clock import TOKYO
from core.moment import Moment
from publishing.making import Address, CannotBeMadeError
from publishing.revision import Watch
from publishing.store import AHEAD, PageStore

logger = logging.getLogger(__name__)

EVERY = 60.0  # seconds
BREATH = 0.005  # seconds between two pages, for the visitors


class KeepAhead:
    """Keeps `store` filled with the pages at `addresses`, in a thread of its own."""

    def __init__(self, store: PageStore, addresses: Callable[[Moment], Iterable[str]]) -> None:
        self._store = store
        self._addresses = addresses
        self._changed = threading.Event()
        self.watch = Watch(self.content_changed)

    def start(self) -> None:
        self.watch.start()
        if settings.SITE_CLOCK:
            return  # nothing is kept of a clock that stands still
        threading.Thread(target=self._keep_going, name="pages ahead", daemon=True).start()

    def content_changed(self, revision: str) -> None:
        """To be called with each new content revision."""
        self._store.set_revision(revision)
        self._changed.set()

    def _keep_going(self) -> None:
        while True:
            self._changed.wait(EVERY)
            self._changed.clear()
            if self.watch.is_away:
                continue
            try:
                self.fill(Moment.now())
            except Error as error:
                logger.warning("Pages were not made ahead: %s", error)
            except Exception:
                logger.exception("Pages were not made ahead")
            finally:
                connection.close()

    def fill(self, moment: Moment) -> None:
        """Make what is missing from this moment on, also at addresses that are public only later; stop
        as soon as the content changes again."""
        end = moment.at + timedelta(seconds=AHEAD)
        instants, paths = [moment.at], set()
        for instant in instants:  # which grow meanwhile
            for path in [*self._addresses(Moment(instant))]:
                at: datetime | None = None if path in paths else instant
                paths.add(path)
                while at and at < end:
                    if self._changed.is_set() or self.watch.is_away:
                        return
                    at = self._make(Address(path), at)
                    if at and at < end and at not in instants:
                        instants.append(at)
        self._store.forget_what_is_old(moment.at.timestamp())

    def _make(self, address: Address, at: datetime) -> datetime | None:
        """Have the page as of this instant; return when it is another, None for never."""
        page = self._store.fresh(address, at.timestamp())
        if page is None:
            try:
                page = self._store.make(address, Moment(at))
            except CannotBeMadeError:
                return None
            threading.Event().wait(BREATH)
        return None if page.expires_at == inf else datetime.fromtimestamp(page.expires_at, TOKYO)
