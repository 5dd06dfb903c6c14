from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def browser_features_off(get_response: GetResponse) -> GetResponse:
    """Middleware: tell browsers that no page uses a camera, a position or a payment, and that no
    other site may embed our files. Neither Django nor django-csp sends these two headers."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response["Permissions-Policy"] = (
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    return middleware
