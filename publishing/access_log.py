"""The access log of requests that Django answers, and the request id by which their lines are found.

Responses from the page cache have neither: they are the same for all, and the proxy logs them.
"""

from __future__ import annotations

import logging
import re
from time import monotonic
from uuid import uuid4

from core.asgi_types import App, Message, Receive, Send
from core.logs import request_id, short

logger = logging.getLogger("jnxcyber.access")

HEADER = b"x-request-id"
VALID_ID = re.compile(rb"[0-9A-Za-z-]{8,64}")


def with_access_log(app: App) -> App:
    """Return the application with a request id in the log and the response, and a log line a request."""

    async def logged(scope: Message, receive: Receive, send: Send) -> None:
        began = monotonic()
        status: int | None = None  # stays None where nothing was answered
        identifier = _request_id(scope)

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = [*message.get("headers", ()), (b"X-Request-ID", identifier.encode())]
                message = {**message, "headers": headers}
            await send(message)

        token = request_id.set(identifier)
        try:
            await app(scope, receive, send_with_id)
        finally:
            facts = {
                "method": scope["method"],
                "path": short(scope["path"]),
                "status": status,
                "duration_ms": round((monotonic() - began) * 1000),
            }
            logger.info("Answered", extra={"facts": facts})
            request_id.reset(token)

    return logged


def _request_id(scope: Message) -> str:
    """Return the id that the proxy gave the request, else a new one."""
    given: bytes = dict(scope["headers"]).get(HEADER, b"")
    return given.decode() if VALID_ID.fullmatch(given) else uuid4().hex
