"""The URLs of the toolkit's own pages in the admin."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from editing.bringing_back import bring_back_view
from editing.form_drafts import keep_draft
from editing.handbook import handbook
from editing.marked_site import marked_site
from editing.preview import preview_view
from editing.record_page import record_view
from editing.replace_page import replace_page
from editing.search_page import search_page
from editing.undo_page import undo_page
from editing.views import accept_finding, take_acceptance_back

AdminView = Callable[..., HttpResponseBase]


def admin_urls(admin_view: Callable[[AdminView], AdminView]) -> list[URLPattern]:
    """Return the URLs; `admin_view` is that of the admin site."""
    return [
        path("handbook/", admin_view(handbook), name="handbook"),
        path("preview/", admin_view(preview_view), name="preview"),
        path("record/", admin_view(record_view), name="record"),
        path("record/bring-back/", admin_view(bring_back_view), name="bring-back"),
        path("site/<str:shown>/", admin_view(marked_site), {"path": ""}, name="site"),
        path("site/<str:shown>/<path:path>", admin_view(marked_site)),
        path("search/", admin_view(search_page), name="search"),
        path("replace/", admin_view(replace_page), name="replace"),
        path("changes/<int:pk>/undo/", admin_view(undo_page), name="undo-change"),
        path("draft/", admin_view(keep_draft), name="keep-draft"),
        path("findings/accept/", admin_view(accept_finding), name="accept-finding"),
        path("findings/take-back/", admin_view(take_acceptance_back), name="take-acceptance-back"),
    ]
