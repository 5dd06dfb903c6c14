"""The form of an object in the admin as it is shown: what stands around it, and who may change what."""

from __future__ import annotations

from typing import Any, ClassVar, cast
from uuid import uuid4

from django.contrib import admin
from django.contrib.auth.models import User
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from core.moment import Moment
from editing.form_drafts import colleagues_at, drafts_of, is_form, tab_of
from editing.placeholders import placeholders_of
from editing.preview import public_places
from editing.public_pages import PublicPage, public_pages
from editing.reasons import error_of_reason, reason_of
from editing.snapshots import fingerprint, snapshot
from editing.visitor_sentences import show_sentences


class ShownForm(admin.ModelAdmin):
    """The form of an object, with the pages on which visitors see it, and its draft."""

    change_form_template = "admin/content_form.html"
    shown_on: ClassVar[tuple[str, ...]] = ()  # the names of the public pages on which it appears
    closes_when_public: ClassVar[bool] = False  # whether `needs_reason` is ever true

    def needs_reason(self, obj: models.Model | None) -> bool:
        """Return whether the object has been public; it can then be changed only by an explicit step, with a reason."""
        return False

    def public_path(self, obj: models.Model) -> str:
        """Return where visitors see the object first; it is stored, or would be."""
        return public_pages()[self.shown_on[0]].path if self.shown_on else "/"

    def pages_of(self, obj: models.Model | None) -> list[PublicPage]:
        """Return the public pages on which the object appears."""
        if self.shown_on:
            return [public_pages()[name] for name in self.shown_on]
        path = self.public_path(obj) if obj else None
        return [page for page in public_pages().values() if page.path == path]

    def state(self, row: Any) -> str:
        """Return in words whether visitors see the row now; they do where it has no state of its own."""
        return "公開中"

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: models.Model | None = None,
    ) -> HttpResponse:
        needs_reason = self.needs_reason(obj)
        if request.method == "POST" and needs_reason:
            context["reason_error"] = error_of_reason(reason_of(request))
        if obj and "seen" not in context:
            context["seen"] = request.POST.get("_seen") or fingerprint(snapshot(obj))
        context |= {
            "shown_on": self.pages_of(obj),
            "preview_places": public_places(),
            "needs_reason": needs_reason,
            "reason": reason_of(request),
            "may_correct": self.may_correct(request, obj),
            "can_preview": self.may_edit(request, obj),
            "placeholders": placeholders_of(self.model),
            "is_unsaved": request.method == "POST",
            "keeps_draft": self.may_edit(request, obj) and is_form(request.path),
            "tab": tab_of(request.POST) or uuid4().hex,
        }
        if request.method == "GET" and context["may_correct" if obj else "can_preview"]:
            user = cast(User, request.user)
            context["drafts"] = drafts_of(user, request.path)
            context["colleagues"] = colleagues_at(user, request.path)
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        show_sentences(context["adminform"].form, formsets, Moment.now())
        return super().render_change_form(request, context, add, change, form_url, obj)

    def may_edit(self, request: HttpRequest, stored: models.Model | None) -> bool:
        """Return whether the user may save the form of the object, or, where it is None, of a new one."""
        if stored is None:
            return self.has_add_permission(request)
        return self.has_change_permission(request, stored)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Let no URL fill in a field, as Django would."""
        return {}

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Close what was public until it is opened on purpose.

        A form that is sent is taken all the same, for the object may have become public while somebody typed. It
        needs the reason, as any correction.
        """
        view = request.resolver_match.url_name if request.resolver_match else ""
        is_sent = request.method == "POST" and str(view).endswith("_change")
        is_open = is_sent or "correct" in request.GET or not self.needs_reason(obj)
        return self.may_correct(request, obj) and is_open

    def may_correct(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Return whether the user may open what was public, and change it."""
        return super().has_change_permission(request, obj)

    def own_page(self, request: HttpRequest, template: str, **context: Any) -> TemplateResponse:
        """Return a page of this model that Django's admin does not have."""
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, shared | context)
