"""Each request that Django answers gets a name, by which its lines in the log are found, and a line that
says how it was answered. Kept pages have neither: they are the same for all, and the proxy logs them."""

from __future__ import annotations

import logging
import re
from time import monotonic
from uuid import uuid4

from core.asgi import App, Message, Receive, Send
from core.logs import request_id, short

logger = logging.getLogger("jnxcyber.access")

HEADER = b"x-request-id"
GIVEN = re.compile(rb"[0-9A-Za-z-]{8,64}")


def traced(app: App) -> App:
    async def inner(scope: Message, receive: Receive, send: Send) -> None:
        began = monotonic()
        status: int | None = None  # stays None where nothing was answered
        name = _name(scope)

        async def send_with_name(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = [*message.get("headers", ()), (b"X-Request-ID", name.encode())]
                message = {**message, "headers": headers}
            await send(message)

        token = request_id.set(name)
        try:
            await app(scope, receive, send_with_name)
        finally:
            facts = {
                "method": scope["method"],
                "path": short(scope["path"]),
                "status": status,
                "duration_ms": round((monotonic() - began) * 1000),
            }
            logger.info("Answered", extra={"facts": facts})
            request_id.reset(token)

    return inner


def _name(scope: Message) -> str:
    """As the proxy named it, else a new one."""
    given: bytes = dict(scope["headers"]).get(HEADER, b"")
    return given.decode() if GIVEN.fullmatch(given) else uuid4().hex
