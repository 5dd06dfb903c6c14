"""The places of rows in their list, as people type them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from django import forms
from django.db.models import QuerySet

from core.forms import CountField

NO_PLACE = "1から{}までの番号を入力してください。"
PLACE_OF_ROW = "並びの何番目かです。新しい番号を入力すると、その番号の場所に移ります。空欄で追加すると、最後に並びます。"
TAKEN_PLACE = "{}番は、ほかの行にも入力されています。別の番号を入力してください。"

Row = TypeVar("Row")


class PlaceField(CountField):
    """A place from 1 to `last`."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "size": 4, "autocomplete": "off"})

    def __init__(self, *, last: int, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=last, **kwargs)
        messages = ("required", "invalid", "min_value", "max_value")
        self.error_messages |= dict.fromkeys(messages, NO_PLACE.format(last))


class PlacedForm(forms.ModelForm):
    """The form of a row of an ordered list, in which its number is its place in the list.

    The form sends the place that it was opened with as well: a row that others moved meanwhile stays where it is,
    unless another place was typed.
    """

    within: ClassVar[tuple[str, ...]] = ()  # fields that part the list into several
    moved: Sequence[Any] = ()  # other rows that got another number because of this one

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("order"):
            field.required, field.show_hidden_initial = False, True
            field.help_text = PLACE_OF_ROW
            self.initial["order"] = self._place()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_new = self.instance.pk is None
        comes_last = is_new and cleaned.get("order") is None
        if "order" in cleaned and "order" in self.changed_data and not comes_last:
            last = self._rows().count() + is_new
            if not 1 <= (cleaned["order"] or 0) <= last:
                self.add_error("order", NO_PLACE.format(last))
        return cleaned

    @property
    def typed_place(self) -> int | None:
        """The place from 1 that was typed; None where the row stays where it is, or a new one comes last."""
        return self.cleaned_data.get("order") if "order" in self.changed_data else None

    def _place(self) -> int | None:
        """Return the place of the row from 1; None for a new row."""
        keys = list(self._rows().values_list("pk", flat=True)) if self.instance.pk else []
        return keys.index(self.instance.pk) + 1 if self.instance.pk in keys else None

    def _rows(self) -> QuerySet[Any]:
        cleaned = getattr(self, "cleaned_data", {})
        same = {name: cleaned.get(name, getattr(self.instance, name)) for name in self.within}
        return self._meta.model._default_manager.filter(**same).order_by("order", "pk")


def placed(rows: Sequence[Row], typed: Mapping[int, int]) -> list[Row]:
    """Return the rows in their new order: some at their typed places, the others between them as they were.

    `typed` has the places, from 1, by the index of the row; no two are the same, none is beyond the rows.
    """
    at = {place: rows[index] for index, place in typed.items()}
    others = iter([row for index, row in enumerate(rows) if index not in typed])
    return [at[place] if place in at else next(others) for place in range(1, len(rows) + 1)]


def taken_twice(typed: Mapping[int, int]) -> dict[int, str]:
    """Return messages, by index, for the rows whose typed place is that of another row as well."""
    places = list(typed.values())
    return {
        index: TAKEN_PLACE.format(place)
        for index, place in typed.items()
        if places.count(place) > 1
    }
