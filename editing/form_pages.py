"""The form of an object in the admin, and what is answered when it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any, ClassVar, cast

from django.contrib import messages
from django.contrib.admin.exceptions import DisallowedModelAdminToField
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.utils.html import format_html
from reversion.models import Version

from editing.form_drafts import drop_draft, tab_of
from editing.forms import days_in_words
from editing.links import add_url, history_url, list_url, way_back
from editing.preview import OWN_PAGE, page_with
from editing.reasons import told_at_reason
from editing.record import rows_deleted_with, who_deleted
from editing.row_names import row_name
from editing.saving import (
    CONFIRMED,
    Conflict,
    Doubts,
    InDoubt,
    Invalid,
    Refused,
    Rule,
    SavedBefore,
    Stored,
    Trial,
    save,
    try_out,
)
from editing.sent_form import SentForm
from editing.sent_rows import rows_moved
from editing.shown_form import ShownForm
from editing.targets import LiveContent, Target
from editing.typed_raw import typed_raw

NO_RIGHT = "この内容を変更する権限がありません。"
NOT_BY_ENTER = (
    "まだ保存していません。Enter キーでは保存しません。よければ「保存」を押してください。"
)
FILES_LOST = "選んだファイルは残せませんでした。もう一度選んでください。"
FILES_GONE = "選んだファイルは、時間がたったため残っていません。まだ保存していません。もう一度選んでください。"
ADD_AGAIN = "「保存」を押すと、新しく追加します。削除する前の内容は、変更の記録から元に戻せます。"
UNDERSTOOD = "日時は次のとおりに保存しました。"
ALREADY_SAVED = "この内容はすでに保存されています。二重には保存していません。"


class FormPages(ShownForm):
    """The form of an object, which is saved through the chain of `editing/saving.py`."""

    version_template = "admin/content_version.html"
    rules: ClassVar[tuple[Rule, ...]] = ()  # beside the rule that a correction has a reason
    doubts: ClassVar[tuple[Doubts, ...]] = ()  # what an editor has to confirm before it is stored

    def target(self, request: HttpRequest) -> Target:
        """Return what stores the edits that are made on the pages of this model."""
        return LiveContent()

    def received(self, field: models.FileField, file: UploadedFile) -> UploadedFile:
        """Return a file that was sent with a form, once it was looked at; no transaction is open yet."""
        return file

    def also_changed(self, form: Any) -> list[models.Model]:
        """Return the other objects that a save of the form has changed, for the record."""
        return []

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the form as Django does, or answer one that was sent."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        if not self.to_field_allowed(request, request.POST.get(TO_FIELD_VAR) or self.opts.pk.name):
            raise DisallowedModelAdminToField
        stored = self.get_object(request, unquote(object_id)) if object_id else None
        if object_id and stored is None:
            return self._answer_without_object(request, unquote(object_id))
        return self.answer(SentForm(self, request, stored))

    def answer(self, sent: SentForm) -> HttpResponse:
        """Do what the pressed button says, and tell the editor what came of it."""
        # Django's formsets obey _saveasnew although no form offers it.
        if "_saveasnew" in sent.request.POST:
            raise PermissionDenied
        if not self.may_edit(sent.request, sent.stored):
            return self._answer_without_right(sent.request)
        if not sent.take_files():
            messages.warning(sent.request, FILES_GONE)
            return self._form_again(sent, errors=None)
        moved = rows_moved(sent.request.POST)
        if moved is not None:
            data, says = moved
            messages.info(sent.request, says)
            return self._form_again(sent, data, errors=None)
        if "_enter" in sent.request.POST:
            messages.info(sent.request, NOT_BY_ENTER)
            return self._form_again(sent, errors=None)
        if "_preview" in sent.request.POST:
            return self._preview(sent)
        if "_draft" in sent.request.POST:
            return self._form_again(sent, errors=None)
        outcome = save(sent.edit(), self.target(sent.request))
        if isinstance(outcome, Stored | SavedBefore):
            user, path = cast(User, sent.request.user), sent.request.path
            drop_draft(user, path, tab_of(sent.request.POST))
        match outcome:
            case Stored(instance, doubts):
                if doubts:
                    messages.warning(sent.request, CONFIRMED + "".join(doubts))
                return self.after_saving(sent, instance)
            case SavedBefore():
                messages.info(sent.request, ALREADY_SAVED)
                return HttpResponseRedirect(list_url(self.model))
            case Invalid(is_outdated):
                told = {"conflict": [], **_last_revision(sent)} if is_outdated else {}
                return self._form_again(sent, **told)
            case Conflict(differences, theirs, seen):
                told = {"conflict": differences, "theirs": theirs, "seen": seen}
                return self._form_again(sent, errors=None, **told, **_last_revision(sent))
            case Refused(reasons):
                return self._form_again(sent, refused=reasons)
            case InDoubt(doubts, digest):
                return self._form_again(sent, errors=None, doubts=doubts, confirms=[digest])

    def _answer_without_object(self, request: HttpRequest, pk: str) -> HttpResponse:
        """Return what was typed into the form of an object that was deleted meanwhile.

        It is the form in which it can be added again, or, where nobody adds such objects, a page to copy it from.
        """
        if not self.may_correct(request):
            raise PermissionDenied
        says = who_deleted(self.model, pk)
        sent = SentForm(self, request, None)
        sent.take_files()
        if self.has_add_permission(request):
            messages.warning(request, f"{says}{ADD_AGAIN}")
            return self._form_again(sent, form_url=add_url(self.model), errors=None)
        sent.bind(request.POST)
        return self.own_page(
            request, "admin/typed_text.html", title="入力した内容", says=says, typed=sent.typed()
        )

    def _answer_without_right(self, request: HttpRequest) -> HttpResponse:
        """Return what was typed, to copy it from: the right may have been taken away meanwhile."""
        typed = typed_raw(request.POST, self.model)
        if not typed:
            raise PermissionDenied
        page = self.own_page(
            request, "admin/typed_text.html", title="入力した内容", says=NO_RIGHT, typed=typed
        )
        page.status_code = 403
        return page

    def _form_again(
        self,
        sent: SentForm,
        data: QueryDict | None = None,
        refused: Sequence[str] = (),
        form_url: str = "",
        **context: Any,
    ) -> HttpResponse:
        """Return the form with what was typed; nothing of it stays in the database."""
        try:
            sent.keep_files()
        except OSError:
            messages.warning(sent.request, FILES_LOST)
        with transaction.atomic():
            # Read this first: binding the form writes the version back.
            about_old = sent.old.page_context(sent.stored) if sent.old else {}
            sent.bind(sent.request.POST if data is None else data)
            # The field of the reason says itself what is wrong with it.
            is_asked = self.needs_reason(sent.stored)
            told = told_at_reason(sent.request, refused) if is_asked else ""
            if reasons := [each for each in refused if each != told]:
                sent.form.full_clean()
                sent.form.add_error(None, reasons)
            whole = sent.page_context() | about_old | context
            form = self.render_change_form(
                sent.request,
                whole,
                add=sent.is_new,
                change=not sent.is_new,
                form_url=form_url,
                obj=sent.obj,
            )
            response = cast(TemplateResponse, form)
            if sent.old:
                response.template_name = self.version_template
            response.render()
            transaction.set_rollback(True)
        return response

    def after_saving(self, sent: SentForm, instance: models.Model) -> HttpResponse:
        """Tell the editor what was saved, and lead to where it goes on."""
        days = days_in_words(sent.form)
        for form in chain.from_iterable(formset.kept_forms for formset in sent.formsets):
            days += days_in_words(form, of=f"{row_name(form.instance)}の")
        if days:
            messages.info(sent.request, UNDERSTOOD + "、".join(days))
        if sent.is_new:
            return self.response_add(sent.request, instance)
        if sent.old is None:
            self._tell_of_deleted_rows(sent.request, instance)
            return self.response_change(sent.request, instance)
        messages.success(sent.request, f"「{instance}」を、{sent.old.says}")
        return HttpResponseRedirect(list_url(self.model))

    def response_post_save_change(
        self, request: HttpRequest, obj: models.Model
    ) -> HttpResponseRedirect:
        """Return to the page from which the form was opened, if that is known, else to the list."""
        if back := way_back(request):
            return HttpResponseRedirect(back)
        return super().response_post_save_change(request, obj)

    def _tell_of_deleted_rows(self, request: HttpRequest, instance: models.Model) -> None:
        """Name the rows that were deleted with the save, and where they can be brought back."""
        if rows := rows_deleted_with(instance):
            says = '{}を削除しました。間違えたときは、<a href="{}">変更の記録</a>から前の内容に戻せます。'
            names = "".join(f"「{row}」" for row in rows)
            messages.warning(request, format_html(says, names, history_url(instance)))

    def _preview(self, sent: SentForm) -> HttpResponse:
        """Return the public page with what is typed, or what keeps it from being shown."""

        def look(trial: Trial) -> HttpResponse:
            path = sent.request.POST.get("_page", OWN_PAGE) or self.public_path(trial.instance)
            return cast(HttpResponse, page_with(trial.instance, path))

        shown = try_out(sent.edit(), look)
        if not isinstance(shown, Invalid | Refused):
            return shown
        context = sent.page_context() | {"title": "まだ確認できません"}
        return TemplateResponse(sent.request, "admin/no_preview.html", context)


def _last_revision(sent: SentForm) -> dict[str, Any]:
    """Return who saved last, for the page that asks about a conflict."""
    versions = Version.objects.get_for_object(sent.stored).select_related("revision__user")
    last = versions.first()
    return {"last_revision": last.revision if last else None}
