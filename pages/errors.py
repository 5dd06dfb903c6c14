"""The pages for faults."""

import errno
import sys
from dataclasses import replace

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import OperationalError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
)
from django.template.loader import render_to_string

from core.japanese import megabytes
from core.moment import Moment
from core.paths import ADMIN
from editing.kept_input import not_saved, too_large
from pages.page_context import PageContext, to_html
from products.pdf import MOST_PDF_BYTES
from publishing.page_cache import body_on_disk
from publishing.public import limit_life
from publishing.rendering import REFUSED, CacheKey, leads_to_a_slash
from publishing.request_moment import moment_of

UNAVAILABLE = CacheKey("/unavailable/")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Redirect from a path of before, or say that there is no page, and which term is offered."""
    moment = moment_of(request)
    if leads_to_a_slash(request.path_info) and not moment.pinned:  # in a preview nobody redirects
        return HttpResponse(status=404)  # CommonMiddleware turns it into a redirect
    page_context = PageContext.at(moment)
    target = page_context.content.redirects.get(request.path_info.rstrip("/"))
    if target and not moment.preview:  # which a redirect would lead out of
        return limit_life(HttpResponsePermanentRedirect(target), moment)
    offered = page_context.content.terms.offered_at(moment)
    context = page_context.variables | {
        "title": "ページが見つかりません",
        "description": "",
        "term": offered,
        "page": None,
        "section": None,
        "here": None,
        "trail": [],
        "canonical": None,
    }
    return limit_life(HttpResponse(to_html("404.html", context), status=404), moment)


def unavailable(moment: Moment) -> HttpResponse:
    """Return the page that stands in for one that cannot be rendered: the telephone numbers, with their conditions.

    It is cached like any page and reads the same at any moment; in a mirror it says when it was rendered.
    """
    return _self_contained("500.html", moment)


def refused(moment: Moment) -> HttpResponse:
    """Return the page for refused requests, with the telephone numbers; cached like `unavailable`."""
    return _self_contained("400.html", moment)


def upload_refused(moment: Moment) -> HttpResponse:
    """Return the page for a form of the admin that is too large as a whole, as with a file of 40 MB."""
    return _self_contained("admin/file_too_large.html", moment, most=megabytes(MOST_PDF_BYTES))


def _self_contained(template: str, moment: Moment, **context: str) -> HttpResponse:
    context = PageContext.at(replace(moment)).variables | {
        "moment": moment if moment.mirror else None,
        **context,
    }
    return HttpResponse(render_to_string(template, context))


def plain_page() -> str:
    """Return the same page without content, for a site on which it was never cached."""
    return render_to_string("500.html")


def server_error(request: HttpRequest) -> HttpResponseBase:
    if request.path.startswith(ADMIN) and _is_of_storage(sys.exc_info()[1]):
        return not_saved(request)
    html = body_on_disk(settings.PAGE_CACHE_DIR, UNAVAILABLE) or plain_page()
    return HttpResponse(html, status=500, headers={"Cache-Control": "no-store"})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Return the page for it; in the admin that for a form that is too large.

    Django takes a session that could not be stored for one that ended meanwhile.
    """
    error: BaseException | None = exception
    while error and not isinstance(error, OperationalError):
        error = error.__context__
    if error:
        return not_saved(request)
    if request.path.startswith(ADMIN) and isinstance(
        exception, (TooManyFieldsSent, RequestDataTooBig)
    ):
        return too_large(request)
    html = body_on_disk(settings.PAGE_CACHE_DIR, REFUSED) or render_to_string("400.html")
    return HttpResponse(html, status=400, headers={"Cache-Control": "no-store"})


def _is_of_storage(error: BaseException | None) -> bool:
    """Return whether the error says that the database does not answer or the disk takes nothing."""
    return isinstance(error, OperationalError) or (
        isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
    )
