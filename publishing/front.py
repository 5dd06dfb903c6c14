"""The ASGI application that visitors meet: the page cache answers from memory, Django answers the rest.

Django renders missing pages, and answers what is not public, in threads.
"""

from __future__ import annotations

import asyncio
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache
from tempfile import SpooledTemporaryFile
from time import monotonic

from django.conf import settings
from django.db import Error, connection
from django.http.request import split_domain_port, validate_host
from django.utils.encoding import iri_to_uri

from core.asgi_types import App, Message, Receive, Send
from core.clock import unix_time
from core.moment import Moment
from core.paths import ADMIN
from publishing.access_log import with_access_log
from publishing.byte_ranges import part_of
from publishing.cached_response import CachedResponse, Headers
from publishing.health import HEALTH_PATHS, Health
from publishing.page_cache import PageCache
from publishing.prewarming import Prewarmer
from publishing.refused_body import drop_rest
from publishing.rendering import (
    NOT_FOUND,
    REFUSED,
    UPLOAD_REFUSED,
    CacheKey,
    CannotRenderError,
    cache_key_of,
)

logger = logging.getLogger(__name__)

RENDER_THREADS = 4
DJANGO_REQUESTS = 16  # at a time, of those that the page cache does not answer: mostly the admin's
LARGEST_BODY = 32 * 2**20  # bytes of a request: an uploaded file, and then some
BODY_IN_MEMORY = 2**16  # bytes of it at a time

# Seconds that a visitor waits for a page to be rendered: short where an older one is cached.
RENDER_TIMEOUT, RENDER_TIMEOUT_WITHOUT_COPY = 0.4, 8.0
STEP = 0.1  # seconds between two checks whether the database went away meanwhile


class Front:
    """Answers from `cache`; renders a missing page once, however many ask for it; else asks `django`.

    `unavailable` is the cache key of the page for when there is no page, `plain_page` that page without any content,
    `redirects` that of the JSON object of all redirects, by path without the last slash. Django answers `django_requests` at a time, of `largest_body` bytes at most.
    """

    def __init__(
        self,
        cache: PageCache,
        prewarmer: Prewarmer,
        health: Health,
        django: App,
        unavailable: CacheKey,
        plain_page: str,
        redirects: CacheKey,
        *,
        django_requests: int = DJANGO_REQUESTS,
        largest_body: int = LARGEST_BODY,
    ) -> None:
        self.cache = cache
        self.prewarmer = prewarmer
        self.poller = prewarmer.poller
        self.health = health
        self._django = django
        self._unavailable = unavailable
        self._plain_page = plain_page.encode()
        self._redirects = redirects
        self._in_progress: dict[CacheKey, asyncio.Future[CachedResponse]] = {}
        self._renderers = ThreadPoolExecutor(RENDER_THREADS, thread_name_prefix="page")
        self._readers = ThreadPoolExecutor(1, thread_name_prefix="static file")
        self._places = asyncio.Semaphore(django_requests)
        self._largest_body = largest_body
        self._https = b"https" if settings.SITE_URL.startswith("https:") else None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._run_lifespan(receive, send)
            return
        if scope["type"] == "websocket":
            await send({"type": "websocket.close"})
            return
        if scope["path"] in HEALTH_PATHS:
            await self.health(scope, send)
            return
        headers = dict(scope["headers"])
        key = self._cache_key(scope, headers)
        if key is None:
            await with_access_log(self._ask_django)(scope, receive, send)
            return
        if key == NOT_FOUND and (target := await self._redirect_from(scope["path"])):
            await _send_redirect(send, target)
            return
        response = await self._response(key)
        now = unix_time()
        if response is None:
            await self._send_unavailable(send, scope["method"])
            return
        status, head, body = reply(response, scope["method"], headers, now)
        await send({"type": "http.response.start", "status": status, "headers": head})
        await send({"type": "http.response.body", "body": body})

    def _cache_key(self, scope: Message, headers: dict[bytes, bytes]) -> CacheKey | None:
        """Return the cache key of the request; None where Django has to answer it."""
        if (
            scope["method"] not in ("GET", "HEAD")
            or not _is_our_host(headers.get(b"host", b""))
            or (self._https and headers.get(b"x-forwarded-proto") != self._https)
        ):
            return None
        return _cache_key_of(scope["path"], scope["query_string"])

    async def _response(self, key: CacheKey) -> CachedResponse | None:
        return self.cache.fresh(key, unix_time()) or await self._rendered(key)

    async def _redirect_from(self, path: str) -> str | None:
        """Return where the path of before leads now; None where it leads nowhere."""
        response = await self._response(self._redirects)
        return _targets(response.bodies[""]).get(path.rstrip("/")) if response else None

    async def _rendered(self, key: CacheKey) -> CachedResponse | None:
        """Return the response rendered now, or the last one where that fails or takes too long.

        Returns None where there is no last one either.
        """
        last = self.cache.last_in_memory(key, unix_time())
        deadline = monotonic() + (RENDER_TIMEOUT if last else RENDER_TIMEOUT_WITHOUT_COPY)
        while monotonic() < deadline and (key.is_static or not self.poller.is_away):
            task = self._in_progress.get(key) or self._start_rendering(key)
            await asyncio.wait([task], timeout=STEP)
            if task.done():
                if task.exception():
                    break
                response = task.result()
                if settings.SITE_CLOCK or response.is_good_at(unix_time()):
                    return response
        if settings.SITE_CLOCK:
            return None
        last = await asyncio.to_thread(self.cache.last, key, unix_time())
        # It may be outdated, so that nobody else may cache it.
        return replace(last, cache_control="no-cache") if last else None

    def _start_rendering(self, key: CacheKey) -> asyncio.Future[CachedResponse]:
        threads = self._readers if key.is_static else self._renderers
        task = asyncio.get_running_loop().run_in_executor(threads, self._render, key)
        self._in_progress[key] = task
        task.add_done_callback(lambda _: self._end_rendering(key, task))
        return task

    def _render(self, key: CacheKey) -> CachedResponse:
        """Render in a thread that keeps its database connection.

        The connection may be older than a restart of the database, or than the SQLite file.
        """
        try:
            return self.cache.render(key, Moment.now())
        except Error:
            connection.close()
            return self.cache.render(key, Moment.now())
        finally:
            if connection.vendor == "sqlite":
                connection.close()

    def _end_rendering(self, key: CacheKey, task: asyncio.Future[CachedResponse]) -> None:
        del self._in_progress[key]
        error = task.exception()
        is_in_the_log = isinstance(error, CannotRenderError | Error)
        if error and not is_in_the_log:
            logger.error("%s could not be rendered", key.path, exc_info=error)

    async def _send_unavailable(self, send: Send, method: str) -> None:
        await self._send_page_of(self._unavailable, send, 503, (b"Retry-After", b"30"), method)

    async def _send_page_of(
        self, key: CacheKey, send: Send, status: int, header: tuple[bytes, bytes], method: str
    ) -> None:
        """Send a page about a fault as it was cached last."""
        response = await asyncio.to_thread(self.cache.last, key, unix_time())
        headers: Headers = [(b"Content-Type", b"text/html; charset=utf-8")]
        if response:
            headers = [(name.encode(), value.encode("latin-1")) for name, value in response.headers]
        plain_page = self._plain_page if key == self._unavailable else b""
        body = response.bodies[""] if response else plain_page
        headers += [
            (b"Content-Length", str(len(body)).encode()),
            (b"Cache-Control", b"no-store"),
            header,
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})

    async def _ask_django(self, scope: Message, receive: Receive, send: Send) -> None:
        """Have Django answer, in a thread, once the whole request has arrived.

        A slow sender takes no place from others, and a body that is too large is refused before it fills
        the disk.
        """
        with SpooledTemporaryFile(BODY_IN_MEMORY) as body:
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return
                body.write(message.get("body", b""))
                if body.tell() > self._largest_body:
                    await drop_rest(message, receive)
                    page = UPLOAD_REFUSED if scope["path"].startswith(ADMIN) else REFUSED
                    close = (b"Connection", b"close")
                    await self._send_page_of(page, send, 413, close, scope["method"])
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
                chunk = body.read(BODY_IN_MEMORY)
                is_read = body.tell() == size
                return {"type": "http.request", "body": chunk, "more_body": not is_read}

            async with self._places:
                await self._django(scope, receive_again, send)

    async def _run_lifespan(self, receive: Receive, send: Send) -> None:
        """Start the threads; wait no longer for the first poll of the database than a poll may take."""
        await receive()
        self.prewarmer.start()
        await asyncio.to_thread(self.poller.first_poll.wait, 0.5)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})


@lru_cache(maxsize=2)
def _targets(body: bytes) -> dict[str, str]:
    targets: dict[str, str] = json.loads(body)
    return targets


async def _send_redirect(send: Send, target: str) -> None:
    headers = [
        (b"Location", iri_to_uri(target).encode()),  # quotes what could end the header
        (b"Content-Length", b"0"),
        (b"Cache-Control", b"max-age=60"),  # an editor may lead it elsewhere
    ]
    await send({"type": "http.response.start", "status": 301, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def reply(
    response: CachedResponse, method: str, headers: dict[bytes, bytes], now: float
) -> tuple[int, Headers, bytes]:
    """Return status, headers and body that answer a request with this cached response at an instant."""
    encoding = response.encoding_for(headers.get(b"accept-encoding", b"").decode("latin-1"))
    head = response.head(encoding, now)
    condition = headers.get(b"if-none-match")
    if condition and response.status == 200 and _matches(condition, dict(head)[b"ETag"]):
        return 304, [(name, value) for name, value in head if name in HEADERS_OF_304], b""
    body = response.bodies[encoding]
    if method == "HEAD":
        return response.status, head, b""
    return part_of(head, body, headers) or (response.status, head, body)


HEADERS_OF_304 = {b"Cache-Control", b"ETag", b"Vary"}


def _matches(condition: bytes, etag: bytes) -> bool:
    """Return whether an If-None-Match header names the ETag, by the weak comparison of RFC 9110."""
    return condition.strip() == b"*" or etag in [
        each.strip().removeprefix(b"W/") for each in condition.split(b",")
    ]


@lru_cache(maxsize=100)
def _is_our_host(host: bytes) -> bool:
    domain, _ = split_domain_port(host.decode("latin-1"))
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


@lru_cache(maxsize=2_000)
def _cache_key_of(path: str, query_string: bytes) -> CacheKey | None:
    return cache_key_of(path, query_string.decode("latin-1"))
