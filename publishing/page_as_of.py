"""Public pages for a preview: as of a pinned moment or with unsaved content, marked and never cached."""

from __future__ import annotations

import re

from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.urls import get_resolver, resolve

from core.moment import Moment
from core.paths import ADMIN, PREVIEW
from publishing.request_moment import RequestAsOf

LINK = re.compile(rb'((?:href|action)=")/(?!static/)')


def page_as_of(path: str, query: QueryDict, moment: Moment) -> HttpResponseBase:
    """Return the public page at this path as of a pinned moment, or the page that says that there is none."""
    request = RequestAsOf(path, query, moment)
    try:
        if path.startswith((ADMIN, PREVIEW)):
            raise Http404
        view, _, parts = resolve(path)
        response = view(request, **parts)
    except Http404 as error:  # Resolver404 is one
        response = get_resolver().resolve_error_handler(404)(request, exception=error)  # type: ignore[call-arg]
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def keep_links_within(response: HttpResponseBase, prefix: str) -> HttpResponseBase:
    """Make the links and forms of a page lead to the same preview of other pages, under `prefix`."""
    if isinstance(response, HttpResponse) and response.headers["Content-Type"].startswith(
        "text/html"
    ):
        response.content = LINK.sub(rb"\g<1>" + prefix.encode(), response.content)
        response["Content-Length"] = str(len(response.content))
    return response
