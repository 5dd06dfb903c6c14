"""The differences of two snapshots, in the words of the editor.

Rows are matched by their identity, model and primary key, whatever they are called.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import zip_longest
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.files.storage import default_storage
from django.db import models

from core.clock import TOKYO
from core.fields import MoneyField, ProseField, WordsField
from core.japanese import day, day_and_hour, hour, yen
from editing.schema import RemovedField
from editing.snapshots import Row, Snapshot, fields_of, value_in

REMOVED = "いまはない項目"
NAMELESS_FILE = "名前の記録がないファイル"
NONE = "(なし)"  # instead of a row that is not there
# `str(row)` fails where it reads a deleted row, or a field that was added or changed its type after the version
# was kept.
NAMELESS = (ObjectDoesNotExist, ValidationError, AttributeError, TypeError, ValueError)


@dataclass(frozen=True)
class StoredFile:
    """A file that a version names: files are never deleted with what named them, but can be lost."""

    path: str  # in the storage

    @property
    def url(self) -> str:
        return default_storage.url(self.path)

    @property
    def is_there(self) -> bool:
        return default_storage.exists(self.path)


@dataclass(frozen=True)
class Difference:
    """One field of one row that differs, or a whole row (`field` is "") that was added or is gone.

    Two differences are equal if they are of the same field of the same row and say the same, even
    where the row is called by different names.
    """

    key: str  # of the row in its snapshot
    name: str  # of the field in the model
    row: str = field(compare=False)  # as the admin calls it
    field: str = field(compare=False)  # its label
    old: str
    new: str
    old_file: StoredFile | None = None
    new_file: StoredFile | None = None


def differences(old: Snapshot, new: Snapshot, leave_out: Collection[str] = ()) -> list[Difference]:
    """Return every field that differs in `new`, in the order in which the admin shows them."""
    found: list[Difference] = []
    for key in [*(key for key in old if key not in new), *new]:
        before, after = old.get(key), new.get(key)
        if before and after:
            if before["fields"] != after["fields"]:
                found += _changed_fields(key, before, after, leave_out)
        elif before:
            found.append(Difference(key, "", row_name(before), "", in_short(before), NONE))
        elif after:
            found.append(Difference(key, "", row_name(after), "", NONE, in_short(after)))
    return found


def _changed_fields(
    key: str, old: Row, new: Row, leave_out: Collection[str]
) -> Iterator[Difference]:
    for each in fields_of(old, new):
        if value_in(old, each) != value_in(new, each) and each.name not in leave_out:
            words = words_of(old, each), words_of(new, each)
            files = stored_file(old, each), stored_file(new, each)
            yield Difference(key, each.name, row_name(new), label_of(each), *words, *files)


def label_of(each: Any) -> str:
    """Return what an editor calls the field."""
    label = str(each.verbose_name)
    return f"{label}({REMOVED})" if isinstance(each, RemovedField) else label


def in_short(row: Row) -> str:
    """Return all that a row holds, a line for each field."""
    lines = ((label_of(each), words_of(row, each)) for each in fields_of(row))
    return "\n".join(f"{label}:{text}" for label, text in lines if text)


def words_of(row: Row, each: Any) -> str:
    """Return what the row holds in the field as the editor knows it; of a file, the name with which it was chosen."""
    if stored_file(row, each):
        return row["fields"].get(f"{each.name}_name") or NAMELESS_FILE
    return in_words(each, value_in(row, each))


def stored_file(row: Row, each: Any) -> StoredFile | None:
    """Return the file that the row names in the field; None where it names none."""
    path = value_in(row, each)
    return StoredFile(path) if isinstance(each, models.FileField) and path else None


def missing_files(content: Snapshot) -> list[str]:
    """Return the names of the files that the content names and that are not there any more."""
    return [
        words_of(row, each)
        for row in content.values()
        for each in fields_of(row)
        if (file := stored_file(row, each)) and not file.is_there
    ]


def in_words(each: Any, value: Any) -> str:
    """Return a serialized value of a field as the editor knows it: with commas, in Tokyo time, in Japanese."""
    if value is None or value == "":
        return ""
    if isinstance(each, RemovedField):
        return "、".join(map(str, value)) if isinstance(value, list) else str(value)
    if isinstance(each, models.ManyToManyField):
        return "、".join(_related(each, pk) for pk in listed(value))
    if isinstance(each, models.ForeignKey):
        return _related(each, value)
    if isinstance(each, models.BooleanField):
        return "はい" if value else "いいえ"
    if each.choices:
        return str(dict(each.flatchoices).get(value, value))
    try:
        value = each.to_python(value)
    except (TypeError, ValidationError):  # the field had a different type when the version was kept
        return str(value)
    if isinstance(value, datetime):
        return day_and_hour(value.astimezone(TOKYO))
    if isinstance(value, date):
        return day(value)
    if isinstance(value, time):
        return hour(value)
    if isinstance(each, MoneyField):
        return yen(value)
    return str(value)


def _related(each: Any, pk: Any) -> str:
    try:
        return str(each.remote_field.model._default_manager.get(pk=pk))
    except ObjectDoesNotExist:
        return "(削除されたもの)"
    except (TypeError, ValueError, ValidationError):  # the field was no relation then
        return str(pk)


def listed(value: Any) -> list[Any]:
    """Return the value of a many-to-many field, which had a different type when the version was kept."""
    return value if isinstance(value, list) else [value]


def row_name(row: Row) -> str:
    """Return what the admin calls the row: the name of its model, then its own."""
    kind = str(apps.get_model(row["model"])._meta.verbose_name)
    try:
        return f"{kind} {unsaved(row)}"
    except NAMELESS:
        return kind


def unsaved(row: Row) -> models.Model:
    """Return the row as an object of its model, with the default where it lacks a field."""
    model = apps.get_model(row["model"])
    values = {
        each.attname: each.to_python(row["fields"][each.name])
        for each in model._meta.fields
        if each.name in row["fields"]
    }
    return model(pk=row["pk"], **values)


@dataclass(frozen=True)
class Pair:
    """One field of a row of one object beside that of the row in the same place of a second object."""

    model: type[models.Model]
    row: str
    field: str
    is_text: bool
    old: str
    new: str


def side_by_side(old: Snapshot, new: Snapshot, leave_out: Collection[str] = ()) -> list[Pair]:
    """Return every field of two different objects, one of which was prepared from the other.

    Their rows are matched by their places.
    """
    pairs: list[Pair] = []
    for label in dict.fromkeys(row["model"] for row in new.values()):
        rows = [[row for row in each.values() if row["model"] == label] for each in (old, new)]
        for before, after in zip_longest(*rows):
            pairs += _pairs_of(before, after, leave_out)
    return pairs


def _pairs_of(old: Row | None, new: Row | None, leave_out: Collection[str]) -> Iterator[Pair]:
    rows = [row for row in (new, old) if row]
    for each in fields_of(*rows):
        if each.name not in leave_out:
            yield Pair(
                model=apps.get_model(rows[0]["model"]),
                row=row_name(rows[0]),
                field=str(each.verbose_name),
                is_text=isinstance(each, (WordsField, ProseField)),
                old=words_of(old, each) if old else "",
                new=words_of(new, each) if new else "",
            )
