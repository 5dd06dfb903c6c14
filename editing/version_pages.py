"""The pages of the admin on which versions are read, compared and brought back."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from reversion.models import Version

from editing.form_pages import FormPages
from editing.history import history_page
from editing.old_version import OldVersion
from editing.sent_form import SentForm
from editing.snapshots import fingerprint, snapshot


class VersionPages(FormPages):
    """The history of an object, its older versions, and deleted objects."""

    object_history_template = "admin/content_history.html"

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("recover/", wrap(self.recoverlist_view), name=f"{name}_recoverlist"),
            path("recover/<int:version_id>/", wrap(self.recover_view), name=f"{name}_recover"),
            path(
                "<path:object_id>/history/<int:version_id>/",
                wrap(self.revision_view),
                name=f"{name}_revision",
            ),
            *super().get_urls(),
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show who changed what and when."""
        obj = self.get_object(request, unquote(object_id))
        context: dict[str, Any] = {"title": f"変更の記録:{obj}"}
        if obj:
            context |= {
                "saves": history_page(obj, request.GET.get("p", 1)),
                "may_revert": self.may_correct(request, obj),
            }
        return super().history_view(request, object_id, context | (extra_context or {}))

    def revision_view(
        self, request: HttpRequest, object_id: str, version_id: int
    ) -> HttpResponseBase:
        """Show an older version in the form of the object, to be brought back."""
        old = self._old_version(version_id)
        stored = self.get_object(request, unquote(object_id))
        if stored is None or old.version.object_id != str(stored.pk):
            raise Http404
        if not self.has_change_permission(request, stored):
            raise PermissionDenied
        return self._bring_back(request, old, stored)

    def recoverlist_view(self, request: HttpRequest) -> HttpResponse:
        """Show the objects that were deleted."""
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        deleted = Version.objects.get_deleted(self.model).select_related("revision")
        return self.own_page(
            request,
            "admin/content_deleted.html",
            title=f"削除した{self.opts.verbose_name_plural}",
            deleted=deleted.order_by("-pk"),
        )

    def recover_view(self, request: HttpRequest, version_id: int) -> HttpResponseBase:
        """Show the last version of something deleted, to be brought back."""
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        old = self._old_version(version_id)
        stored = self.get_object(request, old.version.object_id)
        if stored:  # it was brought back meanwhile
            raise Http404
        return self._bring_back(request, old, None)

    def _bring_back(
        self, request: HttpRequest, old: OldVersion, stored: models.Model | None
    ) -> HttpResponseBase:
        """Show the form with the content of the version, or answer it when it is sent."""
        if why_not := old.why_not():
            unfit = {"title": "元に戻せない版", "why_not": why_not}
            return self.own_page(request, "admin/content_version_unfit.html", **unfit)
        if request.method == "POST":
            return self.answer(SentForm(self, request, stored, old))
        context = old.page_context(stored)
        if stored:
            context["seen"] = fingerprint(snapshot(stored))
        with transaction.atomic():
            restored = old.restore()
            form = self.changeform_view(request, quote(str(restored.pk)), extra_context=context)
            response = cast(TemplateResponse, form)
            response.template_name = self.version_template
            response.render()
            transaction.set_rollback(True)
        return response

    def _old_version(self, version_id: int) -> OldVersion:
        """Return a version of an object of this model, and of no other."""
        return OldVersion(
            get_object_or_404(Version.objects.get_for_model(self.model), pk=version_id)
        )
