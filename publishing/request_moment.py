"""The moment that goes with a request, from the page cache or a preview to the view."""

from django.http import HttpRequest, QueryDict

from core.moment import Moment


def request_as_of(path: str, query: QueryDict, moment: Moment) -> HttpRequest:
    """Return a GET request whose page is to be rendered as of the moment."""
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = path
    request.GET = query  # type: ignore[assignment]
    vars(request)["moment"] = moment
    return request


def moment_of(request: HttpRequest) -> Moment:
    """Return the moment of a request, the same one at each call.

    It goes with the request because Django hands nothing else to middleware and to the 404 handler.
    """
    moment: Moment = vars(request).setdefault("moment", Moment.now())
    return moment
