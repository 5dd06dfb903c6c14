"""What makes an answer public: made from content and a moment alone, and good until the next one."""

from collections.abc import Callable
from functools import wraps
from math import inf
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from core.moment import Moment, moment_of
from publishing.finished import life

PageView = Callable[..., HttpResponseBase]
Response = TypeVar("Response", bound=HttpResponseBase)


def limit_life(response: Response, moment: Moment) -> Response:
    """Say on the answer how long it may be kept: never beyond the instant at which it would read
    differently, and not at all under a pinned clock."""
    left = (moment.expires_at - moment.at).total_seconds() if moment.expires_at else inf
    response["Cache-Control"] = "no-store" if moment.pinned else life(left)
    return response


def public_page(view: PageView, *parameters: str) -> PageView:
    """A Django view that answers GET and HEAD with `view(moment, **parts_of_the_path)`, else with 405.

    The view never sees the request, so that no cookie, session or visitor can reach the page. A page
    that has parameters of its own gets `query` too, with those of them that were given. This mark,
    `parameters`, is what lets an answer into the page store.
    """

    @csrf_exempt  # nothing but GET and HEAD gets through: a POST is to meet 405, not a missing token
    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, **parts_of_the_path: Any) -> HttpResponseBase:
        moment = moment_of(request)
        if parameters:
            given = {name: request.GET[name] for name in parameters if name in request.GET}
            parts_of_the_path["query"] = given
        return limit_life(view(moment, **parts_of_the_path), moment)

    answer.parameters = tuple(sorted(parameters))  # type: ignore[attr-defined]
    return answer
