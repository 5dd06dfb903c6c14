"""The bare function: the least that Python can do behind gunicorn, under WSGI and under ASGI.

It returns the bytes of a cached page, so that all contenders send the same.
"""

import json
import os
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any

FOLDER = Path(os.environ["BENCH_ANSWER"])
BODY = (FOLDER / "body").read_bytes()
HEADERS = [(name, value) for name, value in json.loads((FOLDER / "headers.json").read_text())]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", list(HEADERS))  # a copy, as whoever adds to it would do to ours
    return [BODY]


ASGI_HEADERS = [(name.encode(), value.encode("latin-1")) for name, value in HEADERS]


async def asgi(
    scope: dict[str, Any], receive: object, send: Callable[[dict[str, Any]], Awaitable[None]]
) -> None:
    if scope["type"] != "http":
        raise NotImplementedError  # gunicorn then goes on without a lifespan
    await send({"type": "http.response.start", "status": 200, "headers": ASGI_HEADERS})
    await send({"type": "http.response.body", "body": BODY})
