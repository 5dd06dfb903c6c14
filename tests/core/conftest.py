"""The fixture that reads the log."""

import io
import json
import logging
from collections.abc import Callable, Iterator

import pytest

from core.logs import JsonLines

Log = Callable[[], list[dict]]


def handler_of(logger: str | None) -> logging.StreamHandler:
    """Return our handler, among those that pytest adds."""
    handlers = logging.getLogger(logger).handlers
    (ours,) = (each for each in handlers if isinstance(each.formatter, JsonLines))
    return ours


@pytest.fixture
def log() -> Iterator[Log]:
    """Return the lines that the handler writes to the standard error output."""
    handler = handler_of("django")
    assert handler is handler_of(None)
    stream = io.StringIO()
    before = handler.setStream(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    handler.setStream(before)
