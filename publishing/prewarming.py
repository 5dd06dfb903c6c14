"""Prewarming: rendering pages before anybody asks for them.

All pages are rendered after each change of the content, and each of them as of the instants at which it
changes by itself. A page is a function of content and moment, so that this can be done beforehand, and
the site turns at 16:00 even without its database.
"""

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
from publishing.page_cache import PREWARM_SECONDS, PageCache
from publishing.rendering import CacheKey, CannotRenderError
from publishing.revision import Poller

logger = logging.getLogger(__name__)

INTERVAL = 60.0  # seconds between two rounds while nothing changes
PAUSE = 0.005  # seconds between two pages, which leave the processor to visitors


class Prewarmer:
    """Fills the page cache with the pages at `paths`, in a thread of its own."""

    def __init__(self, cache: PageCache, paths: Callable[[Moment], Iterable[str]]) -> None:
        self._cache = cache
        self._paths = paths
        self._changed = threading.Event()
        self.poller = Poller(self.revision_changed)

    def start(self) -> None:
        """Start the poller and, unless SITE_CLOCK is set, the thread that prewarms."""
        self.poller.start()
        if settings.SITE_CLOCK:
            return  # nothing is cached of a clock that stands still
        threading.Thread(target=self._run, name="prewarming", daemon=True).start()

    def revision_changed(self, revision: str) -> None:
        """Take note of a new content revision, which also ends a round that goes on."""
        self._cache.set_revision(revision)
        self._changed.set()

    def _run(self) -> None:
        while True:
            self._changed.wait(INTERVAL)
            if self.poller.is_away:
                self._changed.clear()
                continue
            try:
                self.prewarm(Moment.now())
            except Error as error:
                logger.warning("Pages were not prewarmed: %s", error)
            except Exception:
                logger.exception("Pages were not prewarmed")
            finally:
                connection.close()

    def prewarm(self, moment: Moment) -> None:
        """Render what is missing from this moment on, also at paths that are public only later.

        Stops as soon as the content changes again, or the database is away.
        """
        self._changed.clear()
        end = moment.at + timedelta(seconds=PREWARM_SECONDS)
        instants, seen = [moment.at], set()
        for instant in instants:  # which grows meanwhile
            for path in [*self._paths(Moment(instant))]:
                at: datetime | None = None if path in seen else instant
                seen.add(path)
                while at and at < end:
                    if self._changed.is_set() or self.poller.is_away:
                        return
                    at = self._render(CacheKey(path), at)
                    if at and at < end and at not in instants:
                        instants.append(at)
        self._cache.evict_outdated(moment.at.timestamp())

    def _render(self, key: CacheKey, at: datetime) -> datetime | None:
        """Cache the page as of this instant; return when it reads differently, None for never."""
        response = self._cache.fresh(key, at.timestamp())
        if response is None:
            try:
                response = self._cache.render(key, Moment(at))
            except CannotRenderError:
                return None
            threading.Event().wait(PAUSE)
        expires_at = response.expires_at
        return None if expires_at == inf else datetime.fromtimestamp(expires_at, TOKYO)
