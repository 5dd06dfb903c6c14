"""What the secretariat does in the admin beside editing rows."""

from django.contrib.auth.decorators import permission_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe


@require_safe
@permission_required("products.view_document", raise_exception=True)
def stored_document(request: HttpRequest, name: str) -> FileResponse:
    """An uploaded file as it is stored, whether or not it is public: drafts and older versions."""
    try:
        file = default_storage.open(f"documents/{name}")
    except OSError:
        raise Http404 from None
    return FileResponse(file, content_type="application/pdf")
