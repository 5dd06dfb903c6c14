"""The admin of content models, for the apps that have some."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.utils.functional import lazy
from django.utils.html import format_html

from editing.deletions import DeletionPages
from editing.inputs import ContentFields
from editing.public_pages import public_pages
from editing.version_pages import VersionPages


def _place_link(says: str, name: str, part: str = "") -> str:
    """Return what a fieldset is about, with a link to the place on the public page where it is shown."""
    link = '{} <a href="{}{}" target="_blank" rel="noopener">公開ページのその場所を見る</a>'
    return format_html(link, says, public_pages()[name].path, part)


place_link = lazy(_place_link, str)  # URLs are known only after the start


class ContentAdmin(ContentFields, VersionPages, DeletionPages, ModelAdmin):
    """The admin of a content model: inputs that take what people write, versions, previews, conflicts.

    Every change goes through the chain of `editing/saving.py`.
    """

    change_list_template = "admin/content_list.html"
    view_on_site = False  # `shown_on` does that, and a draft is on no page yet

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {
            "title": f"{self.opts.verbose_name_plural}の一覧",
            "has_change_permission": self.has_change_permission(request),
        }
        context |= extra_context or {}
        return super().changelist_view(request, context)
