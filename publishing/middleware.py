"""Middleware for every response, whatever answered."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from core.paths import ADMIN

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def browser_features_off(get_response: GetResponse) -> GetResponse:
    """Send two headers that neither Django nor django-csp sends.

    No page uses a camera, a position or a microphone, and no other site may embed our files.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    return middleware


def no_cookies_on_public_pages(get_response: GetResponse) -> GetResponse:
    """Drop the cookies of requests outside the admin.

    Django's own middleware would answer a broken one with a new cookie, and vary the page on it.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(ADMIN):
            request.META.pop("HTTP_COOKIE", None)
        return get_response(request)

    return middleware


def no_body_for_head(get_response: GetResponse) -> GetResponse:
    """Drop the body of a response to HEAD: gunicorn would log a warning for each body that it drops."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.method == "HEAD" and isinstance(response, HttpResponse):
            response.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response

    return middleware
