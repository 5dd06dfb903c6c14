"""The forms in which the secretariat edits content: what they all do beside Django's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import time
from functools import partial
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    QueryDict,
)
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from reversion.admin import VersionAdmin
from reversion.models import Version
from reversion.revisions import is_active, set_comment

from jnxcyber.editing import forms as content_forms
from jnxcyber.editing.history import fits, history, snapshot_of
from jnxcyber.editing.models import SavedForm
from jnxcyber.editing.preview import NOT_SAVED, public_places
from jnxcyber.editing.snapshots import differences, fingerprint, snapshot
from jnxcyber.fields import without_control_characters
from jnxcyber.pages.site_map import PAGES
from jnxcyber.publishing.moment import Moment
from jnxcyber.publishing.preview import page_as_of

MOVE_ROW = re.compile(r"move-(\d+)-(up|down)")
Look = Callable[[Any], Any]  # of the saved object
ORDER_CHANGED = "並び順を変えました。まだ保存していません。よければ「保存」を押してください。"
REASON_MISSING = "公開した内容を訂正する理由を入力してください。変更の記録に残ります。"
ALREADY_SAVED = "この内容はすでに保存されています。"


def _place(says: str, name: str, part: str = "") -> str:
    link = '{} <a href="{}{}" target="_blank" rel="noopener">公開ページのその場所を見る</a>'
    return format_html(link, says, PAGES[name].path, part)


place = lazy(_place, str)  # addresses are known only after the start


class OnlyTriedError(Exception):
    """Takes back a save that was only tried; carries what was looked at."""

    def __init__(self, result: Any) -> None:
        self.result = result


class SavedBeforeError(Exception):
    """The same form was saved a moment ago: somebody pressed the button twice."""


class ContentFields(admin.options.BaseModelAdmin):
    """Fields that take what people write, and inputs that say their names."""

    usual_hour = time(9)  # where a day is given without an hour

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        return super().formfield_for_dbfield(
            db_field, request, **kwargs | self._form_class(db_field)
        )

    def _form_class(self, db_field: models.Field) -> dict[str, Any]:
        if content_forms.is_yen(db_field):
            return {"form_class": content_forms.YenField}
        if isinstance(db_field, models.DateTimeField):
            usual = partial(content_forms.TokyoMomentField, usual_hour=self.usual_hour)
            return {"form_class": usual}
        if isinstance(db_field, models.DateField):
            return {"form_class": content_forms.DayField}
        if isinstance(db_field, models.TimeField):
            return {"form_class": content_forms.HourField}
        if isinstance(db_field, models.URLField):
            return {"assume_scheme": "https"}
        return {}


class ContentInline(ContentFields, admin.options.InlineModelAdmin):
    extra = 0

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name == "order":
            kwargs["widget"] = content_forms.OrderInput
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class StackedContentInline(ContentInline, admin.StackedInline):
    pass


class TabularContentInline(ContentInline, admin.TabularInline):
    """The inputs of a table carry the name of their column."""

    template = "admin/content_table.html"

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.widget.attrs["aria-label"] = str(field.label)
        return field


class ContentAdmin(ContentFields, VersionAdmin):
    """Keeps versions, shows an edit before it is saved, and never saves over what somebody else saved
    meanwhile without asking."""

    form = content_forms.ContentForm
    change_form_template = "admin/content_form.html"
    change_list_template = "admin/content_list.html"
    object_history_template = "admin/content_history.html"
    revision_form_template = "admin/content_version.html"
    recover_form_template = "admin/content_version.html"
    recover_list_template = "admin/content_deleted.html"
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
            return HttpResponseRedirect(self._list_address())

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponseBase:
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
            if self.needs_reason(stored) and not self._reason(request):
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
        if (token := _uuid(request.POST.get("_form", ""))) and not SavedForm.note(token):
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
            moment = publish_for_preview(obj)
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
        if not found:
            messages.info(request, ALREADY_SAVED)
            return HttpResponseRedirect(self._list_address())
        self._keep_back(request, "ほかの人が先に保存しました。")
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

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: models.Model | None = None,
    ) -> HttpResponse:
        if vars(request).get("kept_back") == ORDER_CHANGED:
            context["errors"] = None
        if obj and "seen" not in context:
            context["seen"] = request.POST.get("_seen") or fingerprint(snapshot(obj))
        context |= {
            "form_token": request.POST.get("_form") or uuid4(),
            "shown_on": [PAGES[name] for name in self.shown_on],
            "preview_places": public_places(self.public_path(obj) if obj else None),
            "needs_reason": self.needs_reason(obj),
            "reason": self._reason(request),
            "may_correct": super().has_change_permission(request, obj),
            "can_preview": self.has_change_permission(request, obj)
            if obj
            else self.has_add_permission(request),
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def public_path(self, obj: models.Model) -> str | None:
        """Where visitors see the object first."""
        return PAGES[self.shown_on[0]].path if self.shown_on else None

    # What was public

    def needs_reason(self, obj: models.Model | None) -> bool:
        """Whether the object is changed on purpose alone: an explicit step, with a reason."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and ("correct" in request.GET or not self.needs_reason(obj))

    # History

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
        reason = self._reason(request)
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
        if (reason := self._reason(request)) and is_active():
            set_comment(f"訂正の理由:{reason}({entry.get_change_message()})")
        return entry

    def _reason(self, request: HttpRequest) -> str:
        return without_control_characters(request.POST.get("_reason", "")).strip()

    def _list_address(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")


class OrderedContentAdmin(ContentAdmin):
    """For a list whose order the secretariat decides, with buttons that exchange neighbours."""

    order_within: ClassVar[tuple[str, ...]] = ()  # fields that part the list into several

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        shown = list(super().get_list_display(request))
        return [*shown, "place"] if self.has_change_permission(request) else shown

    @admin.display(description="並び順")
    def place(self, row: models.Model) -> str:
        return render_to_string("admin/place.html", {"row": row})

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        match = next((match for name in request.POST if (match := MOVE_ROW.fullmatch(name))), None)
        if match is None:
            return super().changelist_view(request, extra_context)
        row = get_object_or_404(self.model, pk=match[1])
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        with self.create_revision(request):
            self._move(row, -1 if match[2] == "up" else 1)
            set_comment("並び順を変えました。")
        messages.success(request, f"「{row}」の並び順を変えました。")
        return HttpResponseRedirect(request.get_full_path())

    def _move(self, row: models.Model, step: int) -> None:
        same = {name: getattr(row, name) for name in self.order_within}
        rows = list(self.model._default_manager.filter(**same).order_by("order", "pk"))
        place = rows.index(row)
        if 0 <= place + step < len(rows):
            rows[place], rows[place + step] = rows[place + step], rows[place]
        for number, each in enumerate(rows, start=1):
            if each.order != number:
                each.order = number
                each.save()


def publish_for_preview(obj: models.Model) -> Moment:
    """The moment as of which an edit is looked at: now, or when it becomes public. A draft, or what
    hangs on one, is public in this transaction, which the caller takes back."""
    moment = Moment.now()
    at = moment.at
    for row in _with_parent(obj):
        if not hasattr(row, "public_from"):
            continue
        if row.public_from is None:
            type(row)._default_manager.filter(pk=row.pk).update(public_from=at)
        else:
            at = max(at, row.public_from)
    return Moment(at.astimezone(moment.at.tzinfo), pinned=True, preview=NOT_SAVED)


def _with_parent(obj: models.Model) -> Iterator[Any]:
    yield obj
    term = getattr(obj, "term", None)
    if term:
        yield term


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
