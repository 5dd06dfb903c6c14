"""Whether this server lives, and whether it can serve visitors: for load balancers and whoever watches
the site. No answer here ever waits for the database or the disk."""

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

from core.asgi import Message, Send
from core.clock import unix_time
from publishing.making import Address
from publishing.revision import Watch
from publishing.store import PageStore

logger = logging.getLogger(__name__)

LIVES, IS_READY = "/healthz", "/readyz"
PATHS = {LIVES, IS_READY}
DEADLINE = 0.25  # seconds
A_BLOCK = bytes(4096)

Answer = TypeVar("Answer")


class Health:
    """Answers at PATHS, whatever host was asked and by http too: a load balancer asks by address.

    `pages` are those that have to be there for the site to be of use without its database.
    """

    def __init__(self, store: PageStore, watch: Watch, pages: Sequence[Address]) -> None:
        self._store = store
        self._watch = watch
        self._pages = pages
        self._shipped = MigrationLoader(None).disk_migrations.keys()
        self._all_kept = Question(self._are_all_kept)
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
        """503 where visitors cannot be served, or not by this code: what else is wrong is only said."""
        answers = self._watch.age is not None and not self._watch.is_away
        all_kept, missing, disk = await asyncio.gather(
            self._all_kept.answer(),
            self._missing.answer() if answers else unknown(),
            self._disk.answer(),
        )
        is_ready = (answers or all_kept) and not missing
        return 200 if is_ready else 503, {
            "status": "ok" if is_ready else "unavailable",
            "revision": self._watch.revision,
            "revision_age_seconds": self._watch.age and round(self._watch.age, 3),
            "database": "answers" if answers else "away",
            "kept_pages": self._store.kept,
            "all_pages_kept": bool(all_kept),
            "missing_migrations": "unknown" if missing is None else missing,
            "disk": disk or "unknown",
        }

    def _are_all_kept(self) -> bool:
        now = unix_time()
        return all(self._store.last(address, now) for address in self._pages)

    def _missing_migrations(self) -> list[str] | None:
        try:
            applied = MigrationRecorder(connection).applied_migrations()
        except Error:
            return None
        finally:
            connection.close()
        return sorted(f"{app}.{name}" for app, name in self._shipped - applied.keys())


class Question(Generic[Answer]):
    """Something to be asked in a thread of its own. Nobody waits for the answer beyond the deadline,
    and as long as one is outstanding nobody asks again."""

    def __init__(self, ask: Callable[[], Answer]) -> None:
        self._ask = ask
        self._asked: Future[Answer | None] | None = None

    async def answer(self) -> Answer | None:
        """None if it is not known in time."""
        asked = self._asked
        if asked is None or asked.done():
            asked = self._asked = Future()
            # A daemon, unlike the threads of an executor: one that hangs does not keep us from ending.
            Thread(target=self._find_out, args=(asked,), name="health", daemon=True).start()
        await asyncio.wait([asyncio.wrap_future(asked)], timeout=DEADLINE)
        return asked.result() if asked.done() else None

    def _find_out(self, asked: Future[Answer | None]) -> None:
        try:
            asked.set_result(self._ask())
        except Exception:
            logger.exception("A question about the state of the site failed")
            asked.set_result(None)


async def unknown() -> None:
    """The answer to what is not asked."""


def state_of_the_disk() -> dict[str, Any]:
    """Of the folder of the kept pages, by writing to it: a disk can be full, or be there to read only."""
    folder = settings.KEPT_PAGES
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
