"""The page of an ordered list on which many rows get new places in one step."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from itertools import groupby
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string

from editing.admin import ContentAdmin
from editing.links import list_url
from editing.positions import PlaceField, placed, taken_twice
from editing.saving import Edit, SaveOutcome, Stored, save_together
from editing.undoing import undo_url

ORDER_SAVED = "並び順を変えました。"
SAME_ORDER = "並び順は変わっていません。"
CHANGED_MEANWHILE = (
    "この画面を開いた後に、ほかの人が並び順を変えたか、行を追加または削除しました。まだ保存していません。"
    "いまの並びを表示しています。入力した番号は残っています。確かめてから、もう一度保存してください。"
)


class PartForm(forms.Form):
    """The rows of a part of the list in their order, each with an input for its place."""

    def __init__(self, title: str, rows: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = title
        self.rows = rows
        for place, row in enumerate(rows, start=1):
            self.fields[_name(row)] = PlaceField(last=len(rows), label=str(row), initial=place)

    @property
    def places(self) -> list[tuple[Any, int]]:
        """Return the field of each row and the place of the row now."""
        return [(self[_name(row)], place) for place, row in enumerate(self.rows, start=1)]

    def clean(self) -> None:
        for index, says in taken_twice(self.typed).items():
            self.add_error(_name(self.rows[index]), says)

    @property
    def typed(self) -> dict[int, int]:
        """Return the places that are not those of now, by the index of the row."""
        read = [self.cleaned_data.get(_name(row)) for row in self.rows]
        return {
            index: place
            for index, place in enumerate(read)
            if place is not None and place != index + 1
        }

    @cached_property
    def ordered(self) -> list[Any]:
        """The rows as they are to stand."""
        return placed(self.rows, self.typed)


class OrderPage:
    """The page, as it is asked for or sent; `parting` are the fields that part the list."""

    def __init__(
        self, model_admin: ContentAdmin, request: HttpRequest, parting: Sequence[str]
    ) -> None:
        self.admin = model_admin
        self.request = request
        self.parting = parting

    def answer(self) -> HttpResponse:
        """Show the list, or store the places that were sent, all or none."""
        if not self.admin.has_change_permission(self.request):
            raise PermissionDenied
        if self.request.method != "POST":
            return self._page(self._parts())
        parts = self._parts(self.request.POST)
        if _seen(parts) != self.request.POST.getlist("seen"):
            return self._page_anew()
        if [part for part in parts if not part.is_valid()]:  # each one, for its errors
            return self._page(parts)
        moved = [part for part in parts if part.ordered != part.rows]
        if not moved:
            messages.info(self.request, SAME_ORDER)
            return HttpResponseRedirect(list_url(self.admin.model))
        outcomes = save_together(map(self._edit, moved), self.admin.target(self.request))
        return self._told(outcomes) or self._page_anew()

    def _told(self, outcomes: list[SaveOutcome]) -> HttpResponse | None:
        """Tell that all is stored, with a button to undo it; None where it is not."""
        stored = [each.instance for each in outcomes if isinstance(each, Stored)]
        if len(stored) < len(outcomes):
            return None
        user = cast(User, self.request.user)
        context = {"says": ORDER_SAVED, "undo_url": undo_url(user, stored[0])}
        messages.success(self.request, render_to_string("admin/_done.html", context, self.request))
        return HttpResponseRedirect(list_url(self.admin.model))

    def _edit(self, part: PartForm) -> Edit:
        first = part.rows[next(iter(part.typed))]
        make = partial(self._reordered, part, first)
        return Edit(cast(User, self.request.user), first, make, says=lambda: ORDER_SAVED)

    def _reordered(self, part: PartForm, first: Model) -> list[Model]:
        """Number the rows of the part anew; raise ValidationError where they are not as they were shown."""
        same = {name: getattr(first, name) for name in self.parting}
        rows = rows_in_order(self.admin.model, **same)
        if rows != part.rows:
            raise ValidationError(CHANGED_MEANWHILE)
        fresh = {row.pk: row for row in rows}
        return numbered([fresh[row.pk] for row in part.ordered], fresh[first.pk])

    def _parts(self, data: Any = None) -> list[PartForm]:
        rows = self.admin.model._default_manager.order_by(*self.parting, "order", "pk")
        parts = groupby(rows, key=lambda row: [_display(row, name) for name in self.parting])
        return [PartForm("、".join(key), list(group), data) for key, group in parts]

    def _page_anew(self) -> HttpResponse:
        """Return the list as it is now, with the places that were typed for its rows."""
        data = self.request.POST
        places = (each.rpartition(" ") for each in data.getlist("seen"))
        seen = {f"place-{pk}": place for pk, _, place in places}
        parts = self._parts()
        for part in parts:
            part.initial = {
                name: data[name]
                for name in part.fields
                if name in data and data[name] != seen.get(name)
            }
        messages.warning(self.request, CHANGED_MEANWHILE)
        return self._page(parts)

    def _page(self, parts: list[PartForm]) -> HttpResponse:
        context = {"title": "並び順を変える", "parts": parts, "seen": _seen(parts)}
        return self.admin.own_page(self.request, "admin/order.html", **context)


def rows_in_order(model: type[Model], **same: Any) -> list[Any]:
    """Return the rows in their order, which nobody else changes until the end of the transaction."""
    rows = model._default_manager.filter(**same).order_by("order", "pk")
    return list(rows.select_for_update())


def numbered(rows: Sequence[Any], first: Model) -> list[Model]:
    """Number the rows from 1 and store it; return `first`, then the others that got another number."""
    others = []
    for number, row in enumerate(rows, start=1):
        if row.order != number:
            row.order = number
            row.save(update_fields=["order"])  # nothing that a colleague changed meanwhile
            others += [row] if row != first else []
    return [first, *others]


def _name(row: Model) -> str:
    return f"place-{row.pk}"


def _display(row: Model, name: str) -> str:
    shown = getattr(row, f"get_{name}_display", None)
    return str(shown() if shown else getattr(row, name))


def _seen(parts: list[PartForm]) -> list[str]:
    """Return key and place of each row, which the page sends back."""
    return [f"{row.pk} {place}" for part in parts for place, row in enumerate(part.rows, start=1)]
