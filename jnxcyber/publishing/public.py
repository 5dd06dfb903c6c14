"""What makes an answer public: made from content and a moment alone."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from jnxcyber.publishing.moment import moment_of

PageView = Callable[..., HttpResponseBase]


def public_page(view: PageView) -> PageView:
    """A Django view that answers GET and HEAD with `view(moment, **parts_of_the_path)`, else with 405.

    The view never sees the request, so that no cookie, session or visitor can reach the page.
    """

    @csrf_exempt  # nothing but GET and HEAD gets through: a POST is to meet 405, not a missing token
    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, **parts_of_the_path: Any) -> HttpResponseBase:
        return view(moment_of(request), **parts_of_the_path)

    return answer
