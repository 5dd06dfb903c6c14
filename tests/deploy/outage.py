"""The site without any instance: what was there before, and what the mirror has to answer like."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from tests.deploy.installation import ask
from tests.deploy.nginx import Nginx
from tests.deploy.processes import stop, wait_for
from tests.deploy.stack import Stack
from tests.patience import limit

AS_OF = re.compile("これは20[0-9]{2}年[0-9]+月[0-9]+日.{4,12}の時点で作られた控えのページです。")
SHORT_NOTICE = "短いお知らせ".encode()
WITH_HEADERS = (
    "/", "/sitemap.xml", "/site.webmanifest", "/robots.txt", "/news/feed.atom",
    "/insurance/terms/2025/deadlines.ics",
)  # fmt: skip
OF_THE_TRANSPORT = {
    "Date", "Server", "Connection", "Content-Length", "Transfer-Encoding", "Last-Modified", "ETag",
    "Cache-Control", "Vary", "Accept-Ranges", "Content-Disposition",
}  # fmt: skip


def says_when_it_was_rendered(body: bytes) -> bool:
    return bool(AS_OF.search(re.sub("<.*?>", "", body.decode())))


@dataclass
class Before:
    """The responses from before the instances were stopped."""

    nginx: Nginx
    contact: bytes
    headers: dict[str, dict[str, set[str]]]
    style_sheet: str


@contextmanager
def outage(stack: Stack) -> Iterator[Before]:
    """Stop all instances; nothing is cached but the contact page, and the home page with a notice that has ended.

    In the end the instances run again.
    """
    nginx = stack.nginx
    ports = [instance.port for instance in stack.instances]

    def the_contact_page_stays_for_a_minute() -> bool:
        cache_control = ask(ports[0], "/contact/")[0].headers["Cache-Control"]
        return int(re.search(r"stale-if-error=(\d+)", cache_control)[1]) > 60

    wait_for(the_contact_page_stays_for_a_minute, seconds=150)
    headers = headers_of_the_site(ports[0])
    nginx.forget()
    contact = nginx.get("/contact/")[1]  # before the notice, for whose end no page would be cached
    until = datetime.now(UTC) + timedelta(seconds=limit(8))
    stack.database.execute(
        "INSERT INTO products_notice (uid, title, text, important, public_from, public_until)"
        " VALUES (%s, '短いお知らせ', '本文', false, %s, %s)",
        uuid4(), datetime(2025, 1, 1, tzinfo=UTC), until,
    )  # fmt: skip
    for port in ports:
        wait_for(lambda port=port: all_workers_show(port, SHORT_NOTICE), seconds=4)
    home = nginx.get("/")[1]
    assert SHORT_NOTICE in home
    (style_sheet,) = re.findall(r'href="(/static/css/.*?)"', home.decode())
    stop(*stack.instances)
    try:
        # `until` lies further away on a busy machine than a plain wait lasts.
        wait_for(lambda: datetime.now(UTC) > until, (until - datetime.now(UTC)).total_seconds() + 5)
        wait_for(lambda: nginx.cache_status("/contact/") != "HIT")
        yield Before(nginx, contact, headers, style_sheet)
    finally:
        stack.start_those_that_stand_still()


def all_workers_show(port: int, words: bytes) -> bool:
    """Return whether many answers of the home page in a row have the words: each worker finds them by itself."""
    return all(words in ask(port, "/")[1] for _ in range(20))


def headers_of_the_site(port: int) -> dict[str, dict[str, set[str]]]:
    """Return the headers of some paths, as sets: each process has the directives of the policy in its own order."""
    return {
        path: {
            name: {part.strip() for part in value.split(";")}
            for name, value in ask(port, path)[0].headers.items()
            if name not in OF_THE_TRANSPORT
        }
        for path in WITH_HEADERS
    }
