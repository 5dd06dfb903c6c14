"""Requests to the admin that no browser sends from its pages: answered with 400, before they cost time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.admin.exceptions import DisallowedModelAdminLookup, DisallowedModelAdminToField
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import TO_FIELD_VAR
from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponseBase, QueryDict

LONGEST_KEY = 18  # digits; a larger one fits into no column
_COUNT = re.compile(r"(.+)-(?:TOTAL|INITIAL)_FORMS")
_OF_A_ROW = re.compile(r"(.+?)-([0-9]+)-")
_KEY = re.compile(rf"[0-9]{{1,{LONGEST_KEY}}}")

GetResponse = Callable[[HttpRequest], HttpResponseBase]
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def refusing_tampered(view: View) -> View:
    """Return the view of the admin, which answers 400 to what no page of it sends.

    The database itself finds numbers that are too large for any column: as an OverflowError (SQLite) or a
    DataError (PostgreSQL). What a person can type is refused by the form, at its field, and does not come to it.
    Nothing that was sent is in the message, which goes into the log.
    """

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST":
            _look_at(request)
        if "" in (*request.GET.getlist(TO_FIELD_VAR), *request.POST.getlist(TO_FIELD_VAR)):
            raise BadRequest("An empty name of a field")
        try:
            return view(request, *args, **kwargs)
        except (DisallowedModelAdminLookup, DisallowedModelAdminToField):
            raise BadRequest("A field that may not be asked about") from None
        except (OverflowError, DataError):
            raise BadRequest("A value that fits into no column") from None

    return cast(View, inner)


def only_utf_8(get_response: GetResponse) -> GetResponse:
    """Middleware that refuses forms in another character set before anything reads them.

    No browser sends one; some decode to what no database takes, and some are no character set at all.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if (request.encoding or "utf-8").lower() not in ("utf-8", "utf8"):
            raise BadRequest("A form that is not in UTF-8")
        return get_response(request)

    return middleware


def _look_at(request: HttpRequest) -> None:
    """Raise BadRequest where the form cannot come from a page of the admin."""
    data = request.POST
    if any(not _KEY.fullmatch(key) for key in data.getlist(ACTION_CHECKBOX_NAME)):
        raise BadRequest("A chosen row that is no key")
    rows = _rows(data)
    for name in data:
        match = _COUNT.fullmatch(name)
        if match and not 0 <= _count(data[name]) <= len(rows[match[1]]):
            raise BadRequest("More rows than were sent")


def _count(text: str) -> int:
    """Return the number; -1 for anything else."""
    return int(text) if re.fullmatch("[0-9]{1,4}", text) else -1


def _rows(data: QueryDict) -> dict[str, set[str]]:
    """Return the numbers of the rows that were sent, by the prefix of their formset.

    Each row has a hidden key at least, so that the work is bounded by what is sent.
    """
    rows: defaultdict[str, set[str]] = defaultdict(set)
    for name in data:
        if match := _OF_A_ROW.match(name):
            rows[match[1]].add(match[2])
    return rows
