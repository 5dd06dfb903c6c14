"""The form of the admin in which the rows of a content model are edited: their own, or that of their owner."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin, InlineModelAdmin
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import DateTimeField, Model
from django.http import HttpRequest

from editing.content_models import content_models, owner_field, relations_to_parts
from editing.form_pages import FormPages
from editing.links import BACK, form_url


@dataclass(frozen=True)
class FormOfRows:
    """The form in which the rows of a model are edited.

    Where it is that of their owner, `owner` is the field by which they point to it, and `relation` its name for them.
    """

    model: type[Model]
    admin: FormPages
    owner: str = ""
    relation: str = ""

    def edits(self, row: Model) -> Model:
        """Return the object that is edited in the form with this row: the row itself, or its owner."""
        edited: Model = getattr(row, self.owner) if self.owner else row
        return edited

    def url(self, row: Model, name: str, number: int, back: str = "") -> str:
        """Return the URL of a field's input in the form, of the row that is the `number`th of its owner, from 0.

        A form that closes what was public is opened: closed, it has no inputs. Once saved, it leads to `back`.
        """
        query = {"correct": "1"} if self.admin.closes_when_public else {}
        if back:
            query[BACK] = back
        queried = f"?{urlencode(query)}" if query else ""
        return f"{form_url(self.edits(row))}{queried}#{self._input(name, number)}"

    def _input(self, name: str, number: int) -> str:
        """Return the id of the field's input, the first of two for day and hour."""
        has_two = isinstance(self.model._meta.get_field(name), DateTimeField)
        of_row = f"{self.relation}-{number}-" if self.owner else ""
        return f"id_{of_row}{name}_0" if has_two else f"id_{of_row}{name}"

    def numbers(self) -> dict[Any, int]:
        """Return the number of each row among those of its owner, from 0, by key. One query."""
        rows = self.model._default_manager.order_by(*(self.model._meta.ordering or ()), "pk")
        counted: Counter[Any] = Counter()
        numbers = {}
        for pk, owner in rows.values_list("pk", self.owner or "pk"):
            numbers[pk] = counted[owner]
            counted[owner] += 1
        return numbers

    def may_view(self, request: HttpRequest) -> bool:
        """Return whether the user may view rows of the model."""
        if not self.admin.has_view_permission(request):
            return False
        return not self.owner or self.inline(request) is not None

    def inline(self, request: HttpRequest, obj: Model | None = None) -> InlineModelAdmin | None:
        """Return what edits the rows in the form of their owner; None where the user may not view them."""
        for each in self.admin.get_inline_instances(request, obj):
            if each.model is self.model and each.has_view_permission(request, obj):
                return each
        return None

    def editor(self, request: HttpRequest, row: Model) -> BaseModelAdmin | None:
        """Return what edits the row in the form; None where the user may not change it."""
        obj = self.edits(row)
        if not self.admin.may_correct(request, obj):
            return None
        if not self.owner:
            return self.admin
        inline = self.inline(request, obj)
        return inline if inline and inline.has_change_permission(request, obj) else None


def offered_fields(editor: BaseModelAdmin, request: HttpRequest, obj: Model) -> set[str]:
    """Return the names of the fields that may be changed in the form of the object."""
    shown = flatten_fieldsets(editor.get_fieldsets(request, obj))
    return {*shown} - {*editor.get_readonly_fields(request, obj)}


def form_of_rows(model: type[Model]) -> FormOfRows | None:
    """Return the form in which rows of the model are edited; None where there is none."""
    if admin.site.is_registered(model):
        return FormOfRows(model, _admin_of(model))
    for owner in content_models():
        for name, part in relations_to_parts(owner):
            if part is model and admin.site.is_registered(owner):
                return FormOfRows(model, _admin_of(owner), owner_field(owner, name), name)
    return None


def _admin_of(model: type[Model]) -> FormPages:
    return cast(FormPages, admin.site.get_model_admin(model))
