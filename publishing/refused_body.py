"""The rest of a request that is too large."""

import asyncio
from contextlib import suppress

from core.asgi_types import Message, Receive

LARGEST_REST = 2**28  # bytes
SECONDS = 30.0


async def drop_rest(message: Message, receive: Receive) -> None:
    """Receive what follows the message of a body, within limits, and drop it.

    Browsers read an answer only once they have sent everything. Neither the last message nor a disconnection
    tells of more.
    """
    with suppress(TimeoutError):
        async with asyncio.timeout(SECONDS):
            rest = 0
            while message.get("more_body", False) and rest < LARGEST_REST:
                message = await receive()
                rest += len(message.get("body", b""))
