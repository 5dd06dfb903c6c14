"""Public pages: rendered from content and a moment alone, with the headers that say how long they are good."""

from collections.abc import Callable
from functools import wraps
from math import inf
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.utils.log import log_response
from django.views.decorators.csrf import csrf_exempt

from core.moment import Moment
from publishing.cached_response import life
from publishing.page_cache import body_on_disk
from publishing.rendering import REFUSED
from publishing.request_moment import moment_of

SAFE = ("GET", "HEAD")
PageView = Callable[..., HttpResponseBase]
Response = TypeVar("Response", bound=HttpResponseBase)


def limit_life(response: Response, moment: Moment) -> Response:
    """Set Cache-Control: no cache may use the response beyond the instant at which it reads differently.

    Under a pinned clock nobody may cache it.
    """
    left = (moment.expires_at - moment.at).total_seconds() if moment.expires_at else inf
    response["Cache-Control"] = "no-store" if moment.pinned else life(left)
    return response


def public_page(view: PageView, *parameters: str) -> PageView:
    """Return a Django view that answers GET and HEAD with `view(moment, **path_arguments)`, else with 405.

    The view never sees the request, so that no cookie, session or visitor can reach the page. A page with
    parameters of its own gets `query` too, with those of them that were given. The attribute `parameters`
    of the returned view admits its responses to the page cache.
    """

    @csrf_exempt  # nothing but GET and HEAD gets through: a POST is to meet 405, not a missing token
    @wraps(view)
    def answer(request: HttpRequest, **path_arguments: Any) -> HttpResponseBase:
        if request.method not in SAFE:
            return _not_allowed(request)
        moment = moment_of(request)
        if parameters:
            given = {name: request.GET[name] for name in parameters if name in request.GET}
            path_arguments["query"] = given
        return limit_life(view(moment, **path_arguments), moment)

    answer.parameters = tuple(sorted(parameters))  # type: ignore[attr-defined]
    return answer


def _not_allowed(request: HttpRequest) -> HttpResponseBase:
    """Return 405 with the page for refused requests; logged as Django's own `require_safe` logs it."""
    html = body_on_disk(settings.PAGE_CACHE_DIR, REFUSED) or b""
    response = HttpResponseNotAllowed(SAFE, html)
    log_response(
        "Method Not Allowed (%s): %s",
        request.method,
        request.path,
        response=response,
        request=request,
    )
    return response
