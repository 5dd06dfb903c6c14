"""Rendering a response: Django is asked for a cache key and a moment, so that nothing of a visitor gets in."""

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
from django.http import HttpResponseBase, QueryDict
from django.urls import Resolver404, is_valid_path, resolve

from core.moment import Moment
from publishing.cached_response import (
    BEST,
    BROTLI,
    GZIP,
    IDENTITY,
    QUICK,
    CachedResponse,
    compressed,
)
from publishing.request_moment import RequestAsOf
from publishing.revision import content_revision

TRIES = 3  # to do some work while nobody edits
Result = TypeVar("Result")

# Browsers obey these on documents alone, of which an SVG is one.
FOR_DOCUMENTS = {
    "content-security-policy",
    "cross-origin-opener-policy",
    "permissions-policy",
    "x-frame-options",
}
# CachedResponse writes these, or its ETag makes them needless.
NOT_CACHED = {
    "content-length",
    "cache-control",
    "content-encoding",
    "etag",
    "last-modified",
    "vary",
}


class CacheKey(NamedTuple):
    """A path, and those of the page's own parameters that were given, in the order of their names."""

    path: str
    query: str = ""

    @property
    def is_static(self) -> bool:
        return self.path.startswith(settings.STATIC_URL)


REFUSED = CacheKey("/refused/")  # the page for a request that nothing here answers
UPLOAD_REFUSED = CacheKey("/upload/refused/")  # the same for too large a file in the admin
NOT_FOUND = CacheKey("/404")  # stands for all paths that lead nowhere: they have the same page


class CannotRenderError(Exception):
    """Rendering the page failed; the fault is in the log."""


def cache_key_of(path: str, query_string: str) -> CacheKey | None:
    """Return the cache key of the response to a request; unknown parameters have no part in it.

    Returns None where the response is not public, or depends on more than path and parameters.
    """
    try:
        view = resolve(path).func
    except Resolver404:
        if CacheKey(path).is_static and _is_collected(path):
            return CacheKey(path)
        return None if leads_to_a_slash(path) else NOT_FOUND
    parameters = getattr(view, "parameters", None)
    if parameters is None:
        return None
    try:
        query = QueryDict(query_string) if parameters and query_string else {}
    except TooManyFieldsSent:
        return None
    return CacheKey(path, urlencode([(name, query[name]) for name in parameters if name in query]))


def _is_collected(path: str) -> bool:
    """Return whether a collected file has this path. No path leads the disk elsewhere, and none is too long for it."""
    name = path.removeprefix(settings.STATIC_URL)
    if name.startswith("/") or ".." in name:
        return False
    try:
        return Path(settings.STATIC_ROOT, name).is_file()
    except OSError:  # a name of more than 255 bytes
        return False


def leads_to_a_slash(path: str) -> bool:
    """Return whether Django redirects from the path to the one that ends in a slash."""
    return not path.endswith("/") and bool(is_valid_path(f"{path}/"))


def render(key: CacheKey, moment: Moment) -> CachedResponse:
    """Return the response to the key as of the moment. Raises CannotRenderError."""
    response = _ask_django(key, moment)
    body = _body(response)
    content_type = response.headers["Content-Type"]
    # Everybody gets the same page, but each answer to a question is for few.
    quality = QUICK if key.query else BEST
    is_file = key.is_static and response.status_code == 200
    left_out = NOT_CACHED
    if is_file and not content_type.startswith("image/svg"):
        left_out = NOT_CACHED | FOR_DOCUMENTS
    return CachedResponse(
        status=response.status_code,
        headers=tuple(
            (name, value) for name, value in response.items() if name.lower() not in left_out
        ),
        bodies=(
            _collected(key, moment, body) if is_file else compressed(body, content_type, quality)
        ),
        rendered_for=moment.at.timestamp(),
        expires_at=moment.expires_at.timestamp() if moment.expires_at else inf,
        cache_control=response["Cache-Control"] if is_file or moment.pinned else "",
    )


def at_one_revision(work: Callable[[], Result]) -> tuple[str, Result]:
    """Do the work while nobody edits; return the content revision and the result.

    An edit meanwhile would make the result a mixture, so that the work is done again. Raises
    CannotRenderError after some tries.
    """
    for _ in range(TRIES):
        before = content_revision()
        result = work()
        if before == content_revision():
            return before, result
    raise CannotRenderError("the content changes all the time")


def _collected(key: CacheKey, moment: Moment, body: bytes) -> dict[str, bytes]:
    """Return a static file in the encodings in which it was collected."""
    bodies = {IDENTITY: body}
    for encoding in (GZIP, BROTLI):
        response = _ask_django(key, moment, HTTP_ACCEPT_ENCODING=encoding)
        if response.get("Content-Encoding") == encoding:
            bodies[encoding] = _body(response)
        response.close()
    return bodies


def _ask_django(key: CacheKey, moment: Moment, **headers: str) -> HttpResponseBase:
    site = urlsplit(settings.SITE_URL)
    request = RequestAsOf(key.path, QueryDict(key.query), moment)
    request.META = {
        "REQUEST_METHOD": "GET",
        "HTTP_HOST": site.netloc,
        "HTTP_X_FORWARDED_PROTO": site.scheme,
        **headers,
    }
    response = request_handler().get_response(request)
    if response.status_code >= 500:
        raise CannotRenderError(key.path)
    return response


def _body(response: HttpResponseBase) -> bytes:
    body = b"".join(response)
    if response.streaming:  # a file: closing any other response closes the database connection too
        response.close()
    return body


@cache
def request_handler() -> BaseHandler:
    """Return Django with its middleware, loaded once. WhiteNoise lists the static files when it loads."""
    handler = BaseHandler()
    handler.load_middleware()
    return handler
