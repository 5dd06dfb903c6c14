"""The rows of a form as they were sent, put in the order in which a formset can take them."""

from __future__ import annotations

import re
from typing import cast

from django.db.models import Model
from django.forms import BaseInlineFormSet
from django.http import QueryDict

ORDER_CHANGED = "並び順を変えました。まだ保存していません。よければ「保存」を押してください。"
AT_THE_END = "この行は、これ以上動かせません。並び順は変わっていません。"
NEW_ROW = "新しい行は、保存した後に並べ替えてください。並び順は変わっていません。"
MOST_FORMS = 1_000  # of one formset; Django refuses more
_MOVE = re.compile(r"(.+)-(\d+)-order-(up|down)")


def rows_moved(data: QueryDict) -> tuple[QueryDict, str] | None:
    """Return what was sent with the row in its new place whose button was pressed, and a message; None without one.

    All rows are numbered anew, from 1. Stored and new rows do not change places with each other, because a
    formset takes the first rows for the stored ones: where nothing moves, all stays as it was sent.
    """
    match = next((match for name in data if (match := _MOVE.fullmatch(name))), None)
    if not match:
        return None
    prefix, row, way = match[1], int(match[2]), match[3]
    moved = data.copy()
    del moved[match[0]]
    total, stored = _counts(data, prefix)
    other = row + (1 if way == "down" else -1)
    if not (0 <= row < total and 0 <= other < total):
        return moved, AT_THE_END
    if (row < stored) != (other < stored):
        return moved, NEW_ROW
    rows = list(range(total))
    rows[row], rows[other] = other, row
    _renumber(moved, prefix, rows)
    for place in range(total):
        moved[f"{prefix}-{place}-order"] = str(place + 1)
    return moved, ORDER_CHANGED


def deleted_rows_as_new(data: QueryDict, formset: BaseInlineFormSet) -> QueryDict:
    """Return what was sent with rows that somebody deleted meanwhile as new ones, after the stored rows."""
    model, prefix = cast(type[Model], formset.model), str(formset.prefix)
    key, parent = model._meta.pk.name, formset.fk.name
    total, sent_as_stored = _counts(data, prefix)
    keys = [data.get(f"{prefix}-{row}-{key}", "") for row in range(sent_as_stored)]
    present = {str(row.pk) for row in formset.get_queryset()}
    missing = [each for each in keys if each not in present and each.isdecimal() and len(each) < 19]
    # Rows that belong to something else are not gone; the formset refuses them.
    elsewhere = (
        {str(pk) for pk in model._base_manager.filter(pk__in=missing).values_list("pk", flat=True)}
        if missing
        else set()
    )
    gone = [row for row, each in enumerate(keys) if each in missing and each not in elsewhere]
    parent_is_gone = formset.instance.pk is None and any(
        data.get(f"{prefix}-{row}-{parent}") for row in range(total)
    )
    if not gone and not parent_is_gone:
        return data
    kept = [row for row in range(sent_as_stored) if row not in gone]
    changed = data.copy()
    for row in gone:
        changed[f"{prefix}-{row}-{key}"] = ""
    for row in range(total):
        changed[f"{prefix}-{row}-{parent}"] = (
            ""  # the form knows the parent, which may be gone as well
        )
    _renumber(changed, prefix, [*kept, *gone, *range(sent_as_stored, total)])
    changed[f"{prefix}-INITIAL_FORMS"] = str(len(kept))
    return changed


def _counts(data: QueryDict, prefix: str) -> tuple[int, int]:
    """Return how many rows were sent, and how many of them as stored ones; none where that cannot be read."""
    try:
        total = min(int(str(data[f"{prefix}-TOTAL_FORMS"])), MOST_FORMS)
        stored = int(str(data[f"{prefix}-INITIAL_FORMS"]))
    except (KeyError, ValueError):
        return 0, 0
    return total, min(stored, total)


def _renumber(data: QueryDict, prefix: str, rows: list[int]) -> None:
    """Give the row rows[n] the number n."""
    of_a_row = re.compile(rf"{re.escape(prefix)}-(\d+)-(.+)")
    new_number = {row: number for number, row in enumerate(rows)}
    fields = [(match, data.pop(name)) for name in list(data) if (match := of_a_row.fullmatch(name))]
    for match, values in fields:
        row = int(match[1])
        data.setlist(f"{prefix}-{new_number.get(row, row)}-{match[2]}", values)
