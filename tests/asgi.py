"""The site as its server sees it: one ASGI application that is asked, without a server."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from django.core.asgi import get_asgi_application
from django.db import connection

from core.moment import Moment
from pages.errors import UNAVAILABLE, plain_page
from pages.site_map import whole_site
from publishing.ahead import KeepAhead
from publishing.front import Front
from publishing.health import Health
from publishing.making import Address, make
from publishing.store import PageStore

OUR_HOST = {"Host": "cyber.jnx.test", "X-Forwarded-Proto": "https"}


class Site:
    """What asgi.py puts together, with an empty store in `folder`; no thread of it runs."""

    def __init__(self, folder: Path, *needed: str) -> None:
        self.store = PageStore(folder, make, "edition")
        ahead = KeepAhead(self.store, whole_site)
        self.watch = ahead.watch
        self.health = Health(self.store, self.watch, [Address(path) for path in needed])
        django = get_asgi_application()
        self.front = Front(self.store, ahead, django, UNAVAILABLE, plain_page(), self.health)

    def keep(self, path: str, moment: Moment) -> None:
        in_a_thread(lambda: self.store.make(Address(path), moment))

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
