"""The moment that goes with a request, from the page cache or a preview to the view."""

from django.http import HttpRequest, QueryDict

from core.moment import Moment


class RequestAsOf(HttpRequest):
    """A GET request for a public page as of a moment.

    The moment is a part of it because Django hands nothing but the request to middleware and to the 404 handler.
    """

    def __init__(self, path: str, query: QueryDict, moment: Moment) -> None:
        super().__init__()
        self.method = "GET"
        self.path = self.path_info = path
        self.GET = query  # type: ignore[assignment]
        self.moment = moment


def moment_of(request: HttpRequest) -> Moment:
    """Return the moment of a request; a new one, of now, at each call for a visitor's own request."""
    return request.moment if isinstance(request, RequestAsOf) else Moment.now()
