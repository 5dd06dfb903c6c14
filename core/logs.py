"""The log: one JSON object a line, from Django, the site and gunicorn alike, with nothing personal in it.

It is the same on a terminal. The output of a command of manage.py is no log; it is printed for people.
"""

from __future__ import annotations

import json
import logging
import re
from contextvars import ContextVar
from datetime import datetime
from traceback import walk_tb
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError

from core.clock import TOKYO
from core.paths import PREVIEW

LONGEST_MESSAGE = 200  # characters of a message
MOST_FRAMES = 30  # frames of an exception, the innermost

# What visitors type into forms travels in query strings; whoever knows the link of a preview may see it.
QUERY_STRING = re.compile(r"\?\S+")
# Python and Django quote what they could not read, as in: Field 'id' expected a number but got '...'.
QUOTED = re.compile(r"""(['"]).*['"]""")
PREVIEW_LINK = re.compile(rf"(?<={PREVIEW})[^/\s]+")

request_id: ContextVar[str] = ContextVar("request_id", default="")


class JsonLines(logging.Formatter):
    """Formats a record as JSON in ASCII: what a visitor sends stays on its line, and does nothing to a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, TOKYO).isoformat(
                timespec="milliseconds"
            ),
            "level": record.levelname,
            "logger": record.name,
            "message": short(record.getMessage()),
        }
        if request_id.get():
            line["request_id"] = request_id.get()
        line |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[1] and not is_refusal(record):
            line["exception"] = described(record.exc_info[1])
        return json.dumps(line)


def is_refusal(record: logging.LogRecord) -> bool:
    """Return whether Django reports that it refused a request: no fault of ours, so that the frames do not matter."""
    return getattr(record, "status_code", 500) < 500


def no_missing_pages(record: logging.LogRecord) -> bool:
    """Filter out requests for missing pages: the access log of the proxy has them."""
    return getattr(record, "status_code", None) != 404


def short(text: str) -> str:
    """Return the first line without secrets. PostgreSQL's further lines carry values of rows."""
    first = next(iter(text.strip().splitlines()), "")
    return PREVIEW_LINK.sub("...", QUERY_STRING.sub("?...", first))[:LONGEST_MESSAGE]


def _without_values(exception: BaseException) -> str:
    """Return the message, without what was typed where the exception is about a value."""
    text = str(exception)
    is_about_a_value = isinstance(exception, (ValueError, DataError, ValidationError))
    return QUOTED.sub("...", text) if is_about_a_value else text


def described(exception: BaseException) -> dict[str, Any]:
    """Return the exception and its cause without values of variables."""
    frames = [
        f"{frame.f_code.co_filename}:{line} {frame.f_code.co_name}"
        for frame, line in walk_tb(exception.__traceback__)
    ]
    about: dict[str, Any] = {
        "type": f"{type(exception).__module__}.{type(exception).__qualname__}",
        "message": short(_without_values(exception)),
        "frames": frames[-MOST_FRAMES:],
    }
    hidden = exception.__suppress_context__
    cause = exception.__cause__ or (None if hidden else exception.__context__)
    return about | ({"cause": described(cause)} if cause else {})
