"""The site as its server sees it: one ASGI application that is asked, without a server."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from django.db import OperationalError, connection

from core.moment import Moment
from jnxcyber.asgi import create_application
from publishing.rendering import CacheKey

OUR_HOST = {"Host": "cyber.jnx.test", "X-Forwarded-Proto": "https"}


class Application:
    """The application that gunicorn runs, with copies on disk in `folder`; no thread of it runs.

    The options are those of `create_application`.
    """

    def __init__(self, folder: Path, **options: Any) -> None:
        self.front = create_application(folder, **options)
        self.cache = self.front.cache
        self.poller = self.front.poller

    def cache_page(self, path: str, moment: Moment) -> None:
        """Cache the page as of the moment."""
        in_a_thread(lambda: self.cache.render(CacheKey(path), moment))

    def poll_in_vain(self) -> None:
        """Poll a database that is away."""

        def away(*arguments: Any) -> None:
            raise OperationalError("the database is away")

        def poll() -> None:
            with connection.execute_wrapper(away):
                self.poller.poll()

        in_a_thread(poll)
        assert self.poller.is_away

    def ask(
        self, path: str, method: str = "GET", query: str = "", body: bytes = b"", **headers: str
    ) -> "Answer":
        return asyncio.run(self.answer(path, method, query, body, **headers))

    async def answer(
        self, path: str, method: str, query: str, body: bytes = b"", **headers: str
    ) -> "Answer":
        sent: list[Any] = []
        received = [{"type": "http.request", "body": body, "more_body": False}]
        given = OUR_HOST | {name.replace("_", "-"): value for name, value in headers.items()}
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "headers": [
                (name.lower().encode(), value.encode("latin-1")) for name, value in given.items()
            ],
        }

        async def receive() -> Any:
            if received:
                return received.pop()
            return await asyncio.Event().wait()  # the visitor stays

        async def send(message: Any) -> None:
            sent.append(message)

        await self.front(scope, receive, send)
        start, *bodies = sent
        headers = {name.decode(): value.decode("latin-1") for name, value in start["headers"]}
        return Answer(start["status"], headers, b"".join(part.get("body", b"") for part in bodies))


def in_a_thread(work: Callable[[], Any]) -> None:
    """As the site does what needs the database: with a connection of its own, which is closed then."""

    def with_connection() -> None:
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(with_connection).result()


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes
