"""The uploaded files as they are stored, for the secretariat.

Not in the package of the admin: the admin site uses this view, and registering needs the admin site."""

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
@permission_required("products.view_document", raise_exception=True)
def stored_document(request: HttpRequest, name: str) -> HttpResponse:
    """Send an uploaded file as it is stored, public or not: drafts and older versions."""
    try:
        with default_storage.open(f"documents/{name}") as file:
            pdf = file.read()
    except (OSError, ValueError, SuspiciousOperation):  # also for names that no file can have
        raise Http404 from None
    return HttpResponse(pdf, content_type="application/pdf")
