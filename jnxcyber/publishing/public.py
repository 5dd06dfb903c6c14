"""What makes an answer public: made from content and a moment alone, and good until the next one."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import brotli
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from jnxcyber.publishing.moment import Moment, moment_of

PageView = Callable[..., HttpResponseBase]
Response = TypeVar("Response", bound=HttpResponseBase)

# How long others may keep an answer at most, in seconds: an edit is to be seen soon.
LONGEST_LIFE = 60


WORTH_COMPRESSING = 200  # bytes; as in Django's gzip
BROTLI_QUALITY = 10  # the highest takes more than twice the time, for a percent or two
TAKES_BROTLI = re.compile(r"(?<![\w-])br\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))", re.IGNORECASE)


class GZip(GZipMiddleware):
    max_random_bytes = 0  # the same page is the same bytes


def limit_life(response: Response, moment: Moment) -> Response:
    """Say on the answer how long it may be kept: never beyond the instant at which it would read
    differently, and not at all under a pinned clock."""
    if moment.pinned:
        response["Cache-Control"] = "no-store"
        return response
    seconds = LONGEST_LIFE
    if moment.expires_at:
        seconds = min(seconds, int((moment.expires_at - moment.at).total_seconds()))
    response["Cache-Control"] = f"public, max-age={seconds}"
    return response


def public_page(view: PageView, *parameters: str) -> PageView:
    """A Django view that answers GET and HEAD with `view(moment, **parts_of_the_path)`, else with 405.

    The view never sees the request, so that no cookie, session or visitor can reach the page. A page
    that has parameters of its own gets `query` too, with those of them that were given.
    """

    @csrf_exempt  # nothing but GET and HEAD gets through: a POST is to meet 405, not a missing token
    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, **parts_of_the_path: Any) -> HttpResponseBase:
        moment = moment_of(request)
        if parameters:
            given = {name: request.GET[name] for name in parameters if name in request.GET}
            parts_of_the_path["query"] = given
        response = limit_life(view(moment, **parts_of_the_path), moment)
        return compress(request, response) if isinstance(response, HttpResponse) else response

    return answer


def compress(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """The answer in Brotli or gzip where the visitor's program takes it. For public pages alone: they
    hold no secret that the length of a compressed answer could give away."""
    patch_vary_headers(response, ["Accept-Encoding"])
    if len(response.content) < WORTH_COMPRESSING:
        return response
    if not TAKES_BROTLI.search(request.headers.get("Accept-Encoding", "")):
        return GZip(lambda request: response).process_response(request, response)
    response.content = brotli.compress(response.content, quality=BROTLI_QUALITY)
    response["Content-Encoding"] = "br"
    response["Content-Length"] = str(len(response.content))
    return response
