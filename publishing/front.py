"""The ASGI application that visitors meet: kept pages at once, from memory; Django, in a thread, for
all the rest."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache
from tempfile import SpooledTemporaryFile
from time import monotonic

from django.conf import settings
from django.db import Error, connection
from django.http.request import split_domain_port, validate_host

from core.asgi import App, Message, Receive, Send
from core.clock import unix_time
from core.moment import Moment
from publishing.access_log import traced
from publishing.ahead import KeepAhead
from publishing.finished import Finished, Headers
from publishing.health import PATHS, Health
from publishing.making import Address, CannotBeMadeError, address_of
from publishing.store import PageStore

logger = logging.getLogger(__name__)

MAKERS = 4  # pages made at a time
IN_DJANGO = 16  # requests at a time that no kept page answers: those of the admin
LARGEST_BODY = 32 * 2**20  # bytes of a request: a document of 20 MB and then some
IN_MEMORY = 2**16  # bytes of it at a time

# Seconds that a visitor waits for a page to be made: short where an older one is at hand.
PATIENCE, PATIENCE_WITH_NOTHING = 0.4, 8.0
STEP = 0.1  # seconds between two looks at whether the database went away meanwhile


class Front:
    """Answers from `store`; has the pages that are missing made, each once however many ask; hands
    over to `django` what is not public. `unavailable` is the address of the page for when there is
    no page, `plain` that page without any content."""

    def __init__(
        self,
        store: PageStore,
        ahead: KeepAhead,
        django: App,
        unavailable: Address,
        plain: str,
        health: Health,
    ) -> None:
        self._store = store
        self._ahead = ahead
        self._watch = ahead.watch
        self._django = django
        self._unavailable = unavailable
        self._plain = plain.encode()
        self._health = health
        self._being_made: dict[Address, asyncio.Future[Finished]] = {}
        self._makers = ThreadPoolExecutor(MAKERS, thread_name_prefix="page")
        self._readers = ThreadPoolExecutor(1, thread_name_prefix="static file")
        self._places = asyncio.Semaphore(IN_DJANGO)
        self._https = b"https" if settings.SITE_URL.startswith("https:") else None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        if scope["type"] == "websocket":
            await send({"type": "websocket.close"})
            return
        if scope["path"] in PATHS:
            await self._health(scope, send)
            return
        headers = dict(scope["headers"])
        address = self._address(scope, headers)
        if address is None:
            await traced(self._ask_django)(scope, receive, send)
            return
        now = unix_time()
        page = self._store.fresh(address, now)
        if page is None:
            page = await self._made(address)
            now = unix_time()
        if page is None:
            await self._say_unavailable(send, scope["method"])
            return
        status, head, body = reply(page, scope["method"], headers, now)
        await send({"type": "http.response.start", "status": status, "headers": head})
        await send({"type": "http.response.body", "body": body})

    def _address(self, scope: Message, headers: dict[bytes, bytes]) -> Address | None:
        """The public address that is asked for; None where Django has to look at the request."""
        if (
            scope["method"] not in ("GET", "HEAD")
            or not _is_our_host(headers.get(b"host", b""))
            or (self._https and headers.get(b"x-forwarded-proto") != self._https)
        ):
            return None
        return _address_of(scope["path"], scope["query_string"])

    async def _made(self, address: Address) -> Finished | None:
        """The page made afresh; the last one, where that takes too long or fails; None if there is
        no last one either."""
        last = self._store.last_in_memory(address, unix_time())
        deadline = monotonic() + (PATIENCE if last else PATIENCE_WITH_NOTHING)
        while monotonic() < deadline and (address.is_static or not self._watch.is_away):
            task = self._being_made.get(address) or self._start_making(address)
            await asyncio.wait([task], timeout=STEP)
            if task.done():
                if task.exception():
                    break
                page = task.result()
                if settings.SITE_CLOCK or page.is_good_at(unix_time()):
                    return page
        if settings.SITE_CLOCK:
            return None
        last = await asyncio.to_thread(self._store.last, address, unix_time())
        # Outdated, maybe: nobody may keep it.
        return replace(last, cache_control="no-cache") if last else None

    def _start_making(self, address: Address) -> asyncio.Future[Finished]:
        threads = self._readers if address.is_static else self._makers
        task = asyncio.get_running_loop().run_in_executor(threads, self._make, address)
        self._being_made[address] = task
        task.add_done_callback(lambda _: self._end_making(address, task))
        return task

    def _make(self, address: Address) -> Finished:
        """In a thread that keeps its connection, which may be of before a restart of the database, or
        to an SQLite file that is another by now."""
        try:
            return self._store.make(address, Moment.now())
        except Error:
            connection.close()
            return self._store.make(address, Moment.now())
        finally:
            if connection.vendor == "sqlite":
                connection.close()

    def _end_making(self, address: Address, task: asyncio.Future[Finished]) -> None:
        del self._being_made[address]
        error = task.exception()
        in_the_log_already = isinstance(error, CannotBeMadeError | Error)
        if error and not in_the_log_already:
            logger.error("%s could not be made", address.path, exc_info=error)

    async def _say_unavailable(self, send: Send, method: str) -> None:
        page = await asyncio.to_thread(self._store.last, self._unavailable, unix_time())
        headers: Headers = [(b"Content-Type", b"text/html; charset=utf-8")]
        if page:
            headers = [(name.encode(), value.encode("latin-1")) for name, value in page.headers]
        body = page.bodies[""] if page else self._plain
        headers += [
            (b"Content-Length", str(len(body)).encode()),
            (b"Cache-Control", b"no-store"),
            (b"Retry-After", b"30"),
        ]
        await send({"type": "http.response.start", "status": 503, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})

    async def _ask_django(self, scope: Message, receive: Receive, send: Send) -> None:
        """Have Django answer, in a thread, once all of the request is there: who sends it slowly takes
        no place from others, and what is too large is refused before it fills the disk."""
        with SpooledTemporaryFile(IN_MEMORY) as body:
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return
                body.write(message.get("body", b""))
                if body.tell() > LARGEST_BODY:
                    head = {"type": "http.response.start", "status": 413}
                    await send({**head, "headers": [(b"Connection", b"close")]})
                    await send({"type": "http.response.body"})
                    return
                if not message.get("more_body", False):
                    break
            size = body.tell()
            body.seek(0)
            is_read = False

            async def receive_again() -> Message:
                nonlocal is_read
                if is_read:
                    return await receive()  # that the visitor leaves
                chunk = body.read(IN_MEMORY)
                is_read = body.tell() == size
                return {"type": "http.request", "body": chunk, "more_body": not is_read}

            async with self._places:
                await self._django(scope, receive_again, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        """Start what looks at the database, which nobody waits for longer than a look may take."""
        await receive()
        self._ahead.start()
        await asyncio.to_thread(self._watch.first_look.wait, 0.5)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})


def reply(
    page: Finished, method: str, headers: dict[bytes, bytes], now: float
) -> tuple[int, Headers, bytes]:
    """Status, headers and body of the answer with this page to a request at an instant."""
    encoding = page.encoding_for(headers.get(b"accept-encoding", b"").decode("latin-1"))
    head = page.head(encoding, now)
    condition = headers.get(b"if-none-match")
    if condition and page.status == 200 and _matches(condition, dict(head)[b"ETag"]):
        return 304, [(name, value) for name, value in head if name in OF_304], b""
    return page.status, head, b"" if method == "HEAD" else page.bodies[encoding]


OF_304 = {b"Cache-Control", b"ETag", b"Vary"}


def _matches(condition: bytes, etag: bytes) -> bool:
    """Whether an If-None-Match header names the entity tag, by the weak comparison of RFC 9110."""
    return condition.strip() == b"*" or etag in [
        each.strip().removeprefix(b"W/") for each in condition.split(b",")
    ]


@lru_cache(maxsize=100)
def _is_our_host(host: bytes) -> bool:
    domain, _ = split_domain_port(host.decode("latin-1"))
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


@lru_cache(maxsize=2_000)
def _address_of(path: str, query_string: bytes) -> Address | None:
    return address_of(path, query_string.decode("latin-1"))
