"""The cost of each page in this process, rendered and cached: CPU time and queries, as JSON.

To be run in a prepared checkout: `python -m bench.probe PASSES`, with 0 for the paths alone.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from time import process_time, thread_time
from typing import Any

# Pages of which there are many: so many of each are measured, spread over all.
FAMILIES = (re.compile(r"/news/\d+/"), re.compile(r"/insurance/terms/[^/]+/"))
OF_EACH = 10
CACHED_CALLS = 200  # of a cached page: one is too short for the clock


def main(passes: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jnxcyber.settings")
    # The application sets Django up; nothing of it runs before a server has it start.
    from core.moment import Moment
    from jnxcyber.asgi import create_application
    from pages.site_map import paths as paths_at
    from publishing.cached_response import CachedResponse, compressed
    from publishing.rendering import CacheKey, render
    from publishing.revision import content_revision

    application = create_application()
    application.cache.set_revision(content_revision())
    everything = [*paths_at(Moment.now())]
    paths = sample(everything) if passes else []
    pages: dict[str, dict[str, Any]] = {
        path: {"rendered": [], "compressing": [], "queries": 0, "cached": [], "cached_queries": 0}
        for path in paths
    }
    for path in paths:  # once before, for the templates
        render(CacheKey(path), Moment.now())
        application.cache.render(CacheKey(path), Moment.now())
    for _ in range(passes):
        for path, page in pages.items():
            with counted_queries() as count:
                began = thread_time()
                response: CachedResponse = render(CacheKey(path), Moment.now())
                page["rendered"].append(thread_time() - began)
            page["queries"] = count()
            content_type = dict(response.headers)["Content-Type"]
            began = thread_time()
            compressed(response.bodies[""], content_type)
            page["compressing"].append(thread_time() - began)
    with counted_queries() as count:
        for path, page in pages.items():
            before = count()
            page["cached"].append(asyncio.run(time_cached(application, path)))
            page["cached_queries"] = (count() - before) / CACHED_CALLS
    for page in pages.values():
        page.update({name: median(page[name]) for name in ("rendered", "compressing", "cached")})
    json.dump({"paths": everything, "pages": pages}, sys.stdout)


def sample(paths: list[str]) -> list[str]:
    chosen = [path for path in paths if not family(path)]
    for each in FAMILIES:
        members = [path for path in paths if each.fullmatch(path)]
        step = max(1, len(members) // OF_EACH)
        chosen += members[::step][:OF_EACH]
    return chosen


def family(path: str) -> re.Pattern[str] | None:
    return next((each for each in FAMILIES if each.fullmatch(path)), None)


@contextmanager
def counted_queries() -> Iterator[Callable[[], int]]:
    """Count the queries of all threads, which connection.execute_wrapper would not do.

    A cached page that is missing after all would be rendered in a thread.
    """
    from django.db.backends.utils import CursorWrapper

    counter: Counter[str] = Counter()
    execute = CursorWrapper.execute

    def counting(self: CursorWrapper, *arguments: Any, **named: Any) -> Any:
        counter["queries"] += 1
        return execute(self, *arguments, **named)

    CursorWrapper.execute = counting  # type: ignore[method-assign]
    try:
        yield lambda: counter["queries"]
    finally:
        CursorWrapper.execute = execute  # type: ignore[method-assign]


async def time_cached(application: Callable[..., Any], path: str) -> float:
    """Return the seconds of CPU for each cached response, without the server's part: HTTP and the socket."""
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": [
            (b"host", b"127.0.0.1"),
            (b"user-agent", b"probe"),
            (b"accept-encoding", b"gzip, deflate, br"),
        ],
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: dict[str, Any]) -> None:
        if message.get("status", 200) >= 500:
            raise RuntimeError(f"{path} could not be answered")

    await application(scope, receive, send)
    began = process_time()
    for _ in range(CACHED_CALLS):
        await application(scope, receive, send)
    return (process_time() - began) / CACHED_CALLS


if __name__ == "__main__":
    main(int(sys.argv[1]))
