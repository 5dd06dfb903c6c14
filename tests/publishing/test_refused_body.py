"""The rest of a request that is too large is received, within limits, before it is answered."""

import asyncio

import pytest

from publishing import refused_body
from publishing.refused_body import drop_rest

MORE = {"type": "http.request", "body": b"1234", "more_body": True}
LAST = {"type": "http.request", "body": b"1234", "more_body": False}
GONE = {"type": "http.disconnect"}


def left(*messages: dict) -> int:
    """Return how many of the messages that follow the first one are not received; more than there are never come."""
    _, *waiting = messages

    async def receive() -> dict:
        return waiting.pop(0) if waiting else await asyncio.Event().wait()

    async def drop() -> None:
        await asyncio.wait_for(drop_rest(messages[0], receive), 20)

    asyncio.run(drop())
    return len(waiting)


@pytest.mark.parametrize(
    ("messages", "not_received"),
    [((LAST, MORE), 1), ((MORE, MORE, LAST, MORE), 1), ((MORE, GONE, MORE), 1)],
    ids=["complete", "more to come", "sender gone"],
)
def test_no_more_is_received_than_comes(messages, not_received):
    assert left(*messages) == not_received


def test_the_rest_has_a_largest_size(monkeypatch):
    monkeypatch.setattr(refused_body, "LARGEST_REST", 8)
    assert left(MORE, MORE, MORE, MORE, LAST) == 2


def test_nobody_is_waited_for_without_end(monkeypatch):
    monkeypatch.setattr(refused_body, "SECONDS", 0.01)
    assert left(MORE) == 0
