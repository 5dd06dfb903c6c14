"""The places of rows in their list, as people type them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError

from core.japanese import changed_digit, plain

NO_PLACE = "1から{}までの番号を入力してください。"
TAKEN_PLACE = "{}番は、ほかの行にも入力されています。別の番号を入力してください。"

Row = TypeVar("Row")


class PlaceField(forms.Field):
    """A place from 1 to `last`, in digits of either width."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "size": 4, "autocomplete": "off"})

    def __init__(self, *, last: int, **kwargs: Any) -> None:
        self.last = last
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Any) -> int:
        text = str(value or "")
        read = re.fullmatch(r"[0-9]{1,5}", plain(text))
        if not read or changed_digit(text) or not 1 <= int(read[0]) <= self.last:
            raise ValidationError(NO_PLACE.format(self.last))
        return int(read[0])


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
