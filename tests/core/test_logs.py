"""Tests of the lines of the log: one form for all, and no values of persons in it."""

import json
import logging
import re

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError

from core.logs import JsonLines

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["publishing.page_cache", "django.request", "asyncio"])
def test_a_line_says_when_how_grave_and_from_where_in_tokyo_time(log, set_clock, name):
    set_clock("2025-10-03T10:00")
    logging.getLogger(name).error("It happened: %s", "this")
    assert log() == [
        {
            "time": "2025-10-03T10:00:00.000+09:00",
            "level": "ERROR",
            "logger": name,
            "message": "It happened: this",
        }
    ]


@pytest.mark.parametrize("app", settings.OWN_APPS)
def test_what_our_apps_tell_is_logged_and_others_warn_only(log, app):
    """Levels go by the beginning of a logger's name, which is that of its app."""
    for name in (f"{app}.something", f"elsewhere.{app}"):
        for level in (logging.DEBUG, logging.INFO, logging.WARNING):
            logging.getLogger(name).log(level, "It happened")
    assert [(line["logger"], line["level"]) for line in log()] == [
        (f"{app}.something", "INFO"),
        (f"{app}.something", "WARNING"),
        (f"elsewhere.{app}", "WARNING"),
    ]


MESSAGES = {
    "No copy of /news/ was written": "No copy of /news/ was written",
    "日本語": "日本語",
    "": "",
    "\n  first\nsecond": "first",
    "first\u2028second": "first",
    "first\rsecond": "first",
    "\x1b[2J\x9b2J": "\x1b[2J\x9b2J",  # as it is, but escaped: see the test
    "x" * 300: "x" * 200,
    "Error handling GET /?own=1&name=hanako now": "Error handling GET /?... now",
    "Not good: /preview/eyJhdCI6:1tq:Yx_-k/news/": "Not good: /preview/.../news/",
    'duplicate key value violates unique constraint "u"\nDETAIL:  Key (username)=(hanako) exists.': (
        'duplicate key value violates unique constraint "u"'
    ),
}


@pytest.mark.parametrize(("text", "said"), MESSAGES.items())
def test_a_message_is_one_short_line_without_what_visitors_asked(log, text, said):
    logging.getLogger("jnxcyber").error("%s", text)
    try:
        raise IntegrityError(text)
    except IntegrityError:
        logging.getLogger("jnxcyber").exception("It failed")
    first, second = log()
    assert first["message"] == said
    assert second["exception"]["type"] == "django.db.utils.IntegrityError"
    assert second["exception"]["message"] == said


def test_a_line_does_nothing_to_a_terminal():
    record = logging.makeLogRecord({"msg": "\x1b[2J\x9b2J\u202e日本"})
    assert re.fullmatch("[ -~]+", JsonLines().format(record))


@pytest.mark.parametrize(
    "fault",
    [
        ValueError("Field 'id' expected a number but got 'it's typed'."),
        ValueError('invalid literal for int() with base 10: "it\'s typed"'),
        DataError('invalid input syntax for type bigint: "typed"'),
        ValidationError("“%(value)s” is no date.", params={"value": "typed"}),
    ],
)
def test_an_exception_about_a_value_says_nothing_of_what_was_typed(log, fault):
    try:
        raise fault
    except (ValueError, DataError, ValidationError):
        logging.getLogger("jnxcyber").exception("It failed")
    (line,) = log()
    assert "typed" not in line["exception"]["message"]


def test_an_exception_shows_where_and_why_but_no_values(log):
    def inner(password):
        int("")

    def outer():
        try:
            inner("nobody may read this")
        except ValueError as error:
            raise RuntimeError("no number\nnobody may read this") from error

    try:
        outer()
    except RuntimeError:
        logging.getLogger("jnxcyber").exception("It failed")
    (line,) = log()
    exception, cause = line["exception"], line["exception"]["cause"]
    assert exception["type"] == "builtins.RuntimeError"
    assert exception["message"] == "no number"
    assert cause["type"] == "builtins.ValueError"
    assert re.fullmatch(r".*/test_logs\.py:\d+ inner", cause["frames"][-1])
    assert re.fullmatch(r".*/test_logs\.py:\d+ outer", exception["frames"][-1])
    assert "nobody may read this" not in json.dumps(line)
