"""Making the answer at an address afresh: the address in its canonical form, and Django asked for it
with nothing but that, so that nothing of a visitor can get in."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import inf
from pathlib import Path
from typing import NamedTuple, TypeVar
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.urls import Resolver404, is_valid_path, resolve

from core.moment import Moment
from publishing.finished import BROTLI, GZIP, IDENTITY, Finished, compressed
from publishing.revision import content_revision

TRIES = 3  # to make something while nobody edits
Result = TypeVar("Result")

# What browsers heed on documents alone, of which an SVG is one.
FOR_DOCUMENTS = {
    "content-security-policy",
    "cross-origin-opener-policy",
    "permissions-policy",
    "x-frame-options",
}
# Written by `Finished`, or of no use beside its ETag.
NOT_KEPT = {"content-length", "cache-control", "content-encoding", "etag", "last-modified", "vary"}


class Address(NamedTuple):
    """A path, and those of the page's own parameters that were given, in the order of their names."""

    path: str
    query: str = ""

    @property
    def is_static(self) -> bool:
        return self.path.startswith(settings.STATIC_URL)


NOT_FOUND = Address("/404")  # stands for all paths that lead nowhere: they have the same page


class CannotBeMadeError(Exception):
    """The page met a fault, which is in the log."""


def address_of(path: str, query_string: str) -> Address | None:
    """The address under which the answer to this request is kept: unknown parameters have no part in
    it. None where the answer is not public, or depends on more."""
    try:
        view = resolve(path).func
    except Resolver404:
        if Address(path).is_static and _is_collected(path):
            return Address(path)
        return None if leads_to_a_slash(path) else NOT_FOUND
    parameters = getattr(view, "parameters", None)
    if parameters is None:
        return None
    try:
        query = QueryDict(query_string) if parameters and query_string else {}
    except TooManyFieldsSent:
        return None
    return Address(path, urlencode([(name, query[name]) for name in parameters if name in query]))


def _is_collected(path: str) -> bool:
    name = path.removeprefix(settings.STATIC_URL)
    return ".." not in name and Path(settings.STATIC_ROOT, name).is_file()


def leads_to_a_slash(path: str) -> bool:
    """Whether Django redirects from this path to the one that ends in a slash, with the query string."""
    return not path.endswith("/") and bool(is_valid_path(f"{path}/"))


def make(address: Address, moment: Moment) -> Finished:
    """The answer at the address as of the moment, made afresh. Raises CannotBeMadeError."""
    response = _ask(address, moment)
    body = _body(response)
    content_type = response.headers["Content-Type"]
    static = address.is_static and response.status_code == 200
    left_out = NOT_KEPT
    if static and not content_type.startswith("image/svg"):
        left_out = NOT_KEPT | FOR_DOCUMENTS
    return Finished(
        status=response.status_code,
        headers=tuple(
            (name, value) for name, value in response.items() if name.lower() not in left_out
        ),
        bodies=_collected(address, moment, body) if static else compressed(body, content_type),
        made_for=moment.at.timestamp(),
        expires_at=moment.expires_at.timestamp() if moment.expires_at else inf,
        cache_control=response["Cache-Control"] if static or moment.pinned else "",
    )


def undisturbed(work: Callable[[], Result]) -> tuple[str, Result]:
    """The content revision of which the work was done, and its result. It is done again where somebody
    edits meanwhile: it would be a mixture. Raises CannotBeMadeError after some tries."""
    for _ in range(TRIES):
        before = content_revision()
        result = work()
        if before == content_revision():
            return before, result
    raise CannotBeMadeError("the content changes all the time")


def _collected(address: Address, moment: Moment, body: bytes) -> dict[str, bytes]:
    """A static file in the encodings in which it was collected."""
    bodies = {IDENTITY: body}
    for encoding in (GZIP, BROTLI):
        response = _ask(address, moment, HTTP_ACCEPT_ENCODING=encoding)
        if response.get("Content-Encoding") == encoding:
            bodies[encoding] = _body(response)
        response.close()
    return bodies


def _ask(address: Address, moment: Moment, **headers: str) -> HttpResponseBase:
    site = urlsplit(settings.SITE_URL)
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = address.path
    request.GET = QueryDict(address.query)
    request.META = {
        "REQUEST_METHOD": "GET",
        "HTTP_HOST": site.netloc,
        "HTTP_X_FORWARDED_PROTO": site.scheme,
        **headers,
    }
    vars(request)["moment"] = moment
    response = _handler().get_response(request)
    if response.status_code >= 500:
        raise CannotBeMadeError(address.path)
    return response


def _body(response: HttpResponseBase) -> bytes:
    body = b"".join(response)
    if response.streaming:  # a file: to close another answer closes the database as well
        response.close()
    return body


@cache
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler
