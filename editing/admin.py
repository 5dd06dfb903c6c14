"""The forms in which the secretariat edits content: what they all do beside Django's own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    QueryDict,
)
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from reversion.models import Version

from core.clock import TOKYO
from core.moment import Moment
from editing import forms as content_forms
from editing.content_models import publish_for_preview
from editing.history import content_with
from editing.inputs import ContentFields
from editing.models import SavedForm
from editing.preview import NOT_SAVED, public_places
from editing.public_pages import public_pages
from editing.snapshots import differences, fingerprint, snapshot
from editing.versions import VersionedAdmin, reason_of
from publishing.page_as_of import page_as_of

Look = Callable[[Any], Any]  # of the saved object
ORDER_CHANGED = "並び順を変えました。まだ保存していません。よければ「保存」を押してください。"
CONFLICT = "ほかの人が先に保存しました。"
FILES_LOST = "選んだファイルは残りません。もう一度選んでください。"
REASON_MISSING = "公開した内容を訂正する理由を入力してください。変更の記録に残ります。"
ALREADY_SAVED = "この内容はすでに保存されています。二重には保存していません。"


def _place(says: str, name: str, part: str = "") -> str:
    link = '{} <a href="{}{}" target="_blank" rel="noopener">公開ページのその場所を見る</a>'
    return format_html(link, says, public_pages()[name].path, part)


place = lazy(_place, str)  # URLs are known only after the start


class OnlyTriedError(Exception):
    """Takes back a save that was only tried; carries what was looked at."""

    def __init__(self, result: Any) -> None:
        self.result = result


class SavedBeforeError(Exception):
    """The same form was saved a moment ago: somebody pressed the button twice."""


class ContentAdmin(ContentFields, VersionedAdmin):
    """Keeps versions, shows an edit before it is saved, and never saves over what somebody else saved
    meanwhile without asking."""

    form = content_forms.ContentForm
    change_form_template = "admin/content_form.html"
    change_list_template = "admin/content_list.html"
    view_on_site = False  # `shown_on` does that, and a draft is on no page yet
    shown_on: ClassVar[tuple[str, ...]] = ()  # the names of the public pages on which it appears

    # What is asked before a save

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        if "_preview" in request.POST:
            return self._preview(request, None)
        self._object_to(request, None)
        try:
            return super().add_view(request, form_url, extra_context)
        except SavedBeforeError:
            messages.info(request, ALREADY_SAVED)
            return HttpResponseRedirect(self._list_url())

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponseBase:
        if "_saveasnew" in request.POST:  # Django takes it although no form offers it
            raise PermissionDenied
        if "_preview" in request.POST:
            return self._preview(request, object_id)
        stored = self.get_object(request, unquote(object_id)) if request.method == "POST" else None
        if stored and request.POST.get("_seen", "") != fingerprint(snapshot(stored)):
            answer = self._ask_about_conflict(request, stored, object_id)
            if answer:
                return answer
        self._object_to(request, object_id)
        return super().change_view(request, object_id, form_url, extra_context)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponseBase:
        moved = content_forms.rows_moved(request.POST)
        if moved is not None:
            request.POST = moved  # type: ignore[assignment]
            self._keep_back(request, ORDER_CHANGED)
            messages.info(request, ORDER_CHANGED)
        elif request.method == "POST" and object_id:
            stored = self.get_object(request, unquote(object_id))
            if self.needs_reason(stored) and not reason_of(request):
                self._keep_back(request, REASON_MISSING)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def objection(self) -> Look | None:
        """What says why an object must not be saved as it would be, "" where it may; None where there
        is nothing to ask."""
        return None

    def _object_to(self, request: HttpRequest, object_id: str | None) -> None:
        look = self.objection()
        if request.method == "POST" and look:
            reason = self.try_out(request, object_id, look)
            if isinstance(reason, str) and reason:
                self._keep_back(request, reason)

    def try_out(self, request: HttpRequest, object_id: str | None, look: Look) -> Any:
        """What `look` returns of the object as it would be saved, or the form with its messages where
        it cannot be saved. Nothing of it stays in the database or among the files."""
        files: list[tuple[Any, str]] = []

        def look_and_note_files(saved: models.Model) -> Any:
            for name in request.FILES:
                file = getattr(saved, name)
                files.append((file.storage, file.name))
            return look(saved)

        vars(request)["look"] = look_and_note_files
        try:
            # In a transaction of its own, which the exception takes back; and without a revision: what
            # is only tried must not become a version.
            return admin.ModelAdmin.changeform_view(self, request, object_id)
        except OnlyTriedError as tried:
            return tried.result
        finally:
            del vars(request)["look"]
            for storage, name in files:
                storage.delete(name)

    def response_add(
        self, request: HttpRequest, obj: models.Model, post_url_continue: str | None = None
    ) -> HttpResponse:
        self._stop_if_tried(request, obj)
        if not SavedForm.note(_digest(request)):
            raise SavedBeforeError
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: models.Model) -> HttpResponse:
        self._stop_if_tried(request, obj)
        return super().response_change(request, obj)

    def _stop_if_tried(self, request: HttpRequest, obj: models.Model) -> None:
        look: Look | None = vars(request).get("look")
        if look:
            raise OnlyTriedError(look(obj))

    def _preview(self, request: HttpRequest, object_id: str | None) -> HttpResponseBase:
        """The public page with what is typed, or what keeps it from being shown."""

        def look(obj: models.Model) -> HttpResponseBase:
            own = self.public_path(obj)
            path = request.POST.get("_page") or own or "/"
            moment = moment_of_preview(obj)
            return page_as_of(path, QueryDict(), moment)

        answer = self.try_out(request, object_id, look)
        if isinstance(answer, TemplateResponse) and answer.context_data:
            context = {
                **self.admin_site.each_context(request),
                "title": "まだ確認できません",
                "adminform": answer.context_data["adminform"],
                "inline_admin_formsets": answer.context_data["inline_admin_formsets"],
            }
            return TemplateResponse(request, "admin/no_preview.html", context)
        return answer

    def _ask_about_conflict(
        self, request: HttpRequest, stored: models.Model, object_id: str
    ) -> HttpResponseBase | None:
        """The form again with both contents side by side; None where only rows are to be moved."""
        if content_forms.rows_moved(request.POST) is not None:
            return None
        theirs = snapshot(stored)
        last = Version.objects.get_for_object(stored).select_related("revision__user").first()
        context = {"last_revision": last.revision if last else None}
        mine = self.try_out(request, object_id, snapshot)
        if isinstance(mine, HttpResponseBase):  # it has other faults, which come first
            if isinstance(mine, TemplateResponse) and mine.context_data:
                mine.context_data |= context | {"conflict": []}
            return mine
        found = differences(theirs, mine)
        opened = content_with(stored, request.POST.get("_seen", ""))
        untouched = set(differences(theirs, opened)) if opened else set()
        if not found:
            messages.info(request, ALREADY_SAVED)
            return HttpResponseRedirect(self._list_url())
        self._keep_back(request, CONFLICT)
        found = [
            replace(each, new=f"{each.new}(変えていません)") if each in untouched else each
            for each in found
        ]
        context |= {"conflict": found, "seen": fingerprint(theirs)}
        return self.changeform_view(request, object_id, extra_context=context)

    def _keep_back(self, request: HttpRequest, reason: str) -> None:
        vars(request)["kept_back"] = reason

    # The form

    def get_form(
        self,
        request: HttpRequest,
        obj: models.Model | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change, **kwargs)
        form.kept_back = vars(request).get("kept_back", "")
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A URL may fill in the term of a document, and nothing else."""
        return {name: value for name, value in request.GET.items() if name == "term"}

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: models.Model | None = None,
    ) -> HttpResponse:
        kept_back = vars(request).get("kept_back")
        if kept_back in (ORDER_CHANGED, CONFLICT):
            context["errors"] = None  # the form itself is in order
        elif kept_back == REASON_MISSING:
            context["reason_missing"] = REASON_MISSING
            if len(context["errors"]) == 1:
                context["errors"] = None
        if request.FILES and context["errors"]:
            messages.warning(request, FILES_LOST)
        if obj and "seen" not in context:
            context["seen"] = request.POST.get("_seen") or fingerprint(snapshot(obj))
        context |= {
            "shown_on": [public_pages()[name] for name in self.shown_on],
            "preview_places": public_places(self.public_path(obj) if obj else None),
            "needs_reason": self.needs_reason(obj),
            "reason": reason_of(request),
            "may_correct": super().has_change_permission(request, obj),
            "can_preview": self.has_change_permission(request, obj)
            if obj
            else self.has_add_permission(request),
        }
        if form_url:  # django-reversion's: without the query, which opens what is closed
            form_url = request.get_full_path()
        return super().render_change_form(request, context, add, change, form_url, obj)

    def public_path(self, obj: models.Model) -> str | None:
        """Where visitors see the object first."""
        return public_pages()[self.shown_on[0]].path if self.shown_on else None

    # What was public

    def needs_reason(self, obj: models.Model | None) -> bool:
        """Whether the object is changed on purpose alone: an explicit step, with a reason."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and ("correct" in request.GET or not self.needs_reason(obj))

    # The list

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        context = {"title": f"{self.opts.verbose_name_plural}の一覧"} | (extra_context or {})
        return super().changelist_view(request, context)

    def _list_url(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")


def moment_of_preview(obj: models.Model) -> Moment:
    """Make the object public, in a transaction that the caller takes back.

    Returns the moment as of which an edit is shown: now, or when the object becomes public.
    """
    at = publish_for_preview(obj, Moment.now().at)
    return Moment(at.astimezone(TOKYO), pinned=True, preview=NOT_SAVED)


def _digest(request: HttpRequest) -> str:
    """A short text for who sent what to where, tokens and buttons aside."""
    content = [
        [name, values]
        for name, values in sorted(request.POST.lists())
        if name != "csrfmiddlewaretoken" and not name.startswith("_")
    ]
    files = [[name, str(file), getattr(file, "size", 0)] for name, file in request.FILES.items()]
    text = json.dumps([request.path, request.user.pk, content, files])
    return hashlib.sha256(text.encode()).hexdigest()
