"""A form of the admin as an editor sent it: the form of an object with the formsets of its parts."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from copy import copy
from typing import TYPE_CHECKING, Any, cast

from django.contrib.admin import helpers
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.forms import BoundField, Form, all_valid
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext

from editing import chosen_files
from editing.chosen_files import KeptFile
from editing.forms import FileInput
from editing.old_version import OldVersion
from editing.reasons import reason_is_given, reason_of
from editing.saving import Edit
from editing.sent_rows import deleted_rows_as_new

if TYPE_CHECKING:
    from editing.form_pages import FormPages


class SentForm:
    """The form of an object as an editor sent it.

    `stored` is the object as it is, None where there is none. `old` is the version that the form brings back.
    """

    def __init__(
        self,
        model_admin: FormPages,
        request: HttpRequest,
        stored: models.Model | None,
        old: OldVersion | None = None,
    ) -> None:
        self.model_admin = model_admin
        self.request = request
        self.stored = stored
        self.old = old
        self.is_new = stored is None and old is None
        self.sent_files: list[Any] = []  # FieldFiles
        self.kept: dict[str, KeptFile] = {}  # by field: the files that the form comes with
        self._offered: list[KeptFile] = []  # with which it was sent, also those that were replaced

    def edit(self) -> Edit:
        """Return the edit. The form shows its errors only after the edit was made."""
        return Edit(
            user=cast(User, self.request.user),
            stored=self.stored,
            make=self._make,
            says=self._says,
            seen=self.request.POST.get("_seen", "") if self.stored else None,
            reason=reason_of(self.request),
            needs_reason=self.model_admin.needs_reason(self.stored),
            digest=self._digest() if self.is_new else "",
            rules=(reason_is_given, *self.model_admin.rules),
            doubts=self.model_admin.doubts,
            confirmed=self.request.POST.getlist("_confirmed"),
            new_files=lambda: [file for file in self.sent_files if file._committed],
        )

    def take_files(self) -> bool:
        """Look at the files that were sent; return whether all are there that the form came with.

        Call it once, before the transaction of the save: it may take seconds.
        """
        user, post, files = cast(User, self.request.user), self.request.POST, self.request.FILES
        for field in self._file_fields():
            name, token = field.name, post.get(f"_kept-{field.name}")
            if token:
                is_replaced = name in files or f"_drop-{name}" in post
                if kept := chosen_files.find(user, field, token):
                    self._offered.append(kept)
                    if not is_replaced:
                        self.kept[name] = kept
                        files[name] = kept.open()
                elif not is_replaced:
                    return False
            if name in files:
                files[name] = self.model_admin.received(field, cast(UploadedFile, files[name]))
        return True

    def keep_files(self) -> None:
        """Keep the files that were sent for the form that comes back, except those that are refused. Raises OSError."""
        user, files = cast(User, self.request.user), self.request.FILES
        for field in self._file_fields():
            file = files.get(field.name)
            if file and field.name not in self.kept:
                with suppress(ValidationError):
                    field.run_validators(file)
                    self.kept[field.name] = chosen_files.keep(user, field, file)
        for each in self._offered:
            if each not in self.kept.values():
                each.discard()

    def _file_fields(self) -> list[models.FileField]:
        fields = self.model_admin.opts.concrete_fields
        return [field for field in fields if isinstance(field, models.FileField)]

    def bind(self, data: QueryDict) -> None:
        """Build the form and its formsets with the data, on the object that the form was opened with."""
        self.obj = self._restored() if self.old else self.stored
        fieldsets = self.model_admin.get_fieldsets(self.request, self.obj)
        form_class = self.model_admin.get_form(
            self.request, self.obj, change=not self.is_new, fields=flatten_fieldsets(fieldsets)
        )
        # The form writes what was typed into a copy: what may be edited depends on what is stored.
        self.form = form_class(data, self.request.FILES, instance=copy(self.obj))
        for name, kept in self.kept.items():
            widget = self.form.fields[name].widget if name in self.form.fields else None
            if isinstance(widget, FileInput):
                widget.kept, widget.notes = kept, getattr(self.request.FILES[name], "notes", ())
        # Django's own view calls this private method, which handles inlines that may only be looked at.
        create = self.model_admin._create_formsets  # type: ignore[attr-defined]
        self.formsets, self.inlines = create(
            self.request, self.form.instance, change=not self.is_new
        )
        for formset in self.formsets:
            # Not request.POST, in which rows stand where they were.
            formset.data = deleted_rows_as_new(data, formset)
        self.rows_as_new = [
            str(formset.model._meta.verbose_name)
            for formset in self.formsets
            if formset.data is not data
        ]

    def _restored(self) -> models.Model:
        """Write the version back, except the fields that an editor may no longer change; return the object."""
        restored = cast(OldVersion, self.old).restore()
        if self.stored is None:
            return restored
        read_only = self.model_admin.get_readonly_fields(self.request, self.stored)
        kept = {
            field.name: getattr(self.stored, field.name)
            for field in restored._meta.concrete_fields
            if field.name in read_only
        }
        for name, value in kept.items():
            setattr(restored, name, value)
        restored.save(update_fields=kept)
        return restored

    def _make(self) -> list[models.Model] | None:
        if self.stored:
            with suppress(ObjectDoesNotExist):  # a deletion meanwhile is a conflict
                self.stored.refresh_from_db()  # it was read before it was locked
        self.bind(self.request.POST)
        form_is_valid = self.form.is_valid()
        if not all_valid(self.formsets) or not form_is_valid:
            return None
        change = not self.is_new
        instance = self.model_admin.save_form(self.request, self.form, change)
        self.sent_files = [
            getattr(instance, field.name)
            for field in self._file_fields()
            if field.name in self.form.files
        ]
        self.model_admin.save_model(self.request, instance, self.form, change)
        self.model_admin.save_related(self.request, self.form, self.formsets, change)
        return [instance, *self.model_admin.also_changed(self.form)]

    def _says(self) -> Any:
        if self.old:
            return self.old.says
        return self.model_admin.construct_change_message(
            self.request, cast(Form, self.form), self.formsets, self.is_new
        )

    def _digest(self) -> str:
        """Return a hash of who sent what to where, except tokens and buttons."""
        content = [
            [name, values]
            for name, values in sorted(self.request.POST.lists())
            if name != "csrfmiddlewaretoken" and not name.startswith("_")
        ]
        files = [
            [name, str(file), getattr(file, "size", 0)] for name, file in self.request.FILES.items()
        ]
        text = json.dumps([self.request.path, self.request.user.pk, content, files])
        return hashlib.sha256(text.encode()).hexdigest()

    def typed(self) -> list[tuple[str, str]]:
        """Return what the fields hold that were bound, each with its label; nothing of empty ones."""
        forms = [self.form, *(form for formset in self.formsets for form in formset.forms)]
        fields = [field for form in forms for field in form if not field.is_hidden]
        return [(field.label, _as_shown(field)) for field in fields if field.value()]

    def page_context(self) -> dict[str, Any]:
        """Return what Django's template of a form needs, for the form as it was bound last."""
        model_admin, request = self.model_admin, self.request
        admin_form = helpers.AdminForm(
            self.form,
            cast(Any, model_admin.get_fieldsets(request, self.obj)),
            model_admin.get_prepopulated_fields(request, self.obj),
            model_admin.get_readonly_fields(request, self.obj),
            model_admin=model_admin,
        )
        inline_formsets = model_admin.get_inline_formsets(
            request, self.formsets, self.inlines, self.obj
        )
        media = model_admin.media + admin_form.media
        for inline_formset in inline_formsets:
            media += inline_formset.media
        title = gettext("Add %s") if self.is_new else gettext("Change %s")
        return {
            **model_admin.admin_site.each_context(request),
            "title": title % model_admin.opts.verbose_name,
            "subtitle": str(self.obj) if self.obj else None,
            "adminform": admin_form,
            "inline_admin_formsets": inline_formsets,
            "errors": helpers.AdminErrorList(self.form, self.formsets),
            "media": media,
            "object_id": str(self.stored.pk) if self.stored else None,
            "original": self.obj,
            "rows_as_new": self.rows_as_new,
            "is_popup": IS_POPUP_VAR in request.POST or IS_POPUP_VAR in request.GET,
            "to_field": request.POST.get(TO_FIELD_VAR, request.GET.get(TO_FIELD_VAR)),
            "preserved_filters": model_admin.get_preserved_filters(request),
        }


def _as_shown(field: BoundField) -> str:
    """Return what the field holds as people see it: the label of a choice, はい for a tick."""
    value, choices = field.value(), getattr(field.field, "choices", ())
    if value is True:
        return "はい"
    values = map(str, value if isinstance(value, list) else [value])
    labels = {str(key): str(label) for key, label in choices}
    return ("、" if choices else " ").join(labels.get(each, each) for each in values if each)
