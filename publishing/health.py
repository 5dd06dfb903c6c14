"""Health of this server: whether it lives, and whether it can serve visitors.

For load balancers and monitoring. No answer here ever waits for the database or the disk.
"""

from __future__ import annotations

import asyncio
import json
import logging
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from tempfile import TemporaryFile
from threading import Thread
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from core.asgi_types import Message, Send
from core.clock import unix_time
from publishing.page_cache import PageCache
from publishing.rendering import CacheKey
from publishing.revision import Poller

logger = logging.getLogger(__name__)

LIVES, IS_READY = "/healthz", "/readyz"
HEALTH_PATHS = {LIVES, IS_READY}
QUESTION_TIMEOUT = 0.25  # seconds
A_BLOCK = bytes(4096)

AnswerT = TypeVar("AnswerT")


class Health:
    """Answers at HEALTH_PATHS, for any host and over http too: a load balancer asks by IP.

    `pages` are the cache keys that must be cached for the site to be of use without its database.
    """

    def __init__(self, cache: PageCache, poller: Poller, pages: Sequence[CacheKey]) -> None:
        self._cache = cache
        self._poller = poller
        self._pages = pages
        self._shipped = MigrationLoader(None).disk_migrations.keys()
        self._all_cached = Question(self._are_all_cached)
        self._missing = Question(self._missing_migrations)
        self._disk = Question(state_of_the_disk)

    async def __call__(self, scope: Message, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            status, about = 405, {"status": "GET and HEAD only"}
        elif scope["path"] == LIVES:
            status, about = 200, {"status": "ok"}
        else:
            status, about = await self.readiness()
        body = json.dumps(about).encode()
        sent = b"" if scope["method"] == "HEAD" else body
        headers = [
            (b"Content-Type", b"application/json"),
            (b"Content-Length", str(len(body)).encode()),
            (b"Cache-Control", b"no-store"),
        ]
        if status == 405:
            headers.append((b"Allow", b"GET, HEAD"))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": sent})

    async def readiness(self) -> tuple[int, dict[str, Any]]:
        """Return 503 where visitors cannot be served, or not by this code; other faults are only reported."""
        answers = self._poller.age is not None and not self._poller.is_away
        all_cached, missing, disk = await asyncio.gather(
            self._all_cached.answer(),
            self._missing.answer() if answers else unknown(),
            self._disk.answer(),
        )
        is_ready = (answers or all_cached) and not missing
        return 200 if is_ready else 503, {
            "status": "ok" if is_ready else "unavailable",
            "revision": self._poller.revision,
            "revision_age_seconds": self._poller.age and round(self._poller.age, 3),
            "database": "answers" if answers else "away",
            "cached_pages": self._cache.count,
            "all_pages_cached": bool(all_cached),
            "missing_migrations": "unknown" if missing is None else missing,
            "disk": disk or "unknown",
        }

    def _are_all_cached(self) -> bool:
        now = unix_time()
        return all(self._cache.last(key, now) for key in self._pages)

    def _missing_migrations(self) -> list[str] | None:
        try:
            applied = MigrationRecorder(connection).applied_migrations()
        except Error:
            return None
        finally:
            connection.close()
        return sorted(f"{app}.{name}" for app, name in self._shipped - applied.keys())


class Question(Generic[AnswerT]):
    """Asks something in a thread of its own. Nobody waits for the answer longer than the timeout, and
    nothing is asked again while an answer is outstanding."""

    def __init__(self, ask: Callable[[], AnswerT]) -> None:
        self._ask = ask
        self._asked: Future[AnswerT | None] | None = None

    async def answer(self) -> AnswerT | None:
        """Return the answer; None if it is not known in time."""
        asked = self._asked
        if asked is None or asked.done():
            asked = self._asked = Future()
            # A daemon thread that hangs does not keep the process from ending, unlike one of an executor.
            Thread(target=self._find_out, args=(asked,), name="health", daemon=True).start()
        await asyncio.wait([asyncio.wrap_future(asked)], timeout=QUESTION_TIMEOUT)
        return asked.result() if asked.done() else None

    def _find_out(self, asked: Future[AnswerT | None]) -> None:
        try:
            asked.set_result(self._ask())
        except Exception:
            logger.exception("A question about the state of the site failed")
            asked.set_result(None)


async def unknown() -> None:
    """Return None, for what is not asked."""


def state_of_the_disk() -> dict[str, Any]:
    """Return the free bytes of the page cache's disk, and whether it can be written: tried by writing."""
    folder = settings.PAGE_CACHE_DIR
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder) as file:
            file.write(A_BLOCK)
            file.flush()
    except OSError:
        can_be_written = False
    else:
        can_be_written = True
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        free = None
    return {"free_bytes": free, "can_be_written": can_be_written}
