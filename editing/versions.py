"""The pages of the admin on which versions are read, compared and brought back."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from reversion.admin import VersionAdmin
from reversion.models import Version
from reversion.revisions import is_active, set_comment

from core.fields import without_control_characters
from editing.history import fits, history, snapshot_of
from editing.snapshots import differences, snapshot


def reason_of(request: HttpRequest) -> str:
    """Why something is corrected that was public, as it was typed; "" for nothing."""
    return without_control_characters(request.POST.get("_reason", "")).strip()


class VersionedAdmin(VersionAdmin):
    """django-reversion's admin with old and new side by side, and with what it cannot do said."""

    object_history_template = "admin/content_history.html"
    revision_form_template = "admin/content_version.html"
    recover_form_template = "admin/content_version.html"
    recover_list_template = "admin/content_deleted.html"

    def create_revision(self, request: HttpRequest) -> AbstractContextManager[Any]:
        """For what changes content alone: to look at a form must not lock the database."""
        return super().create_revision(request) if request.method == "POST" else nullcontext()

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        context = {
            "entries": history(obj) if obj else [],
            "title": f"変更の記録:{obj}",
            "may_revert": super().has_change_permission(request, obj),
        }
        return super().history_view(request, object_id, context | (extra_context or {}))

    def revision_view(
        self,
        request: HttpRequest,
        object_id: str,
        version_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponseBase:
        version = self._version(version_id)
        obj = self.get_object(request, unquote(object_id))
        if obj is None or version.object_id != str(obj.pk):
            raise Http404
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        context = {
            "title": "前の内容に戻す",
            "version": version,
            "differences": differences(snapshot(obj), snapshot_of(version)),
        }
        unfit = self._form_of_version(request, version, context)
        if unfit:
            return unfit
        response = super().revision_view(
            request, object_id, version_id, context | (extra_context or {})
        )
        reason = reason_of(request)
        if response.status_code == 302 and reason:
            # The library has written a comment of its own, over that of the save.
            revision = Version.objects.get_for_object(obj).first().revision
            revision.comment = f"{revision.comment}訂正の理由:{reason}"
            revision.save()
        return response

    def recoverlist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"title": f"削除した{self.opts.verbose_name_plural}"}
        return super().recoverlist_view(request, context | (extra_context or {}))

    def recover_view(
        self, request: HttpRequest, version_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        version = self._version(version_id)
        context = {"title": "削除したものを元に戻す", "version": version}
        return self._form_of_version(request, version, context) or super().recover_view(
            request, version_id, context | (extra_context or {})
        )

    def _form_of_version(
        self, request: HttpRequest, version: Version, context: dict[str, Any]
    ) -> HttpResponse | None:
        """What is said where the version cannot be brought back; None where it can."""
        if fits(snapshot_of(version)):
            return None
        context |= {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, "admin/content_version_unfit.html", context)

    def _version(self, version_id: str) -> Version:
        """A version of an object of this model, and of no other: the library takes any."""
        return get_object_or_404(Version.objects.get_for_model(self.model), pk=version_id)

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        entry = super().log_change(request, obj, message)
        if (reason := reason_of(request)) and is_active():
            set_comment(f"訂正の理由:{reason}({entry.get_change_message()})")
        return entry
