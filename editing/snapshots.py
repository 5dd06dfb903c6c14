"""What an object and its rows hold at one time, as plain data; and how two of these differ, in the
words of the editor. History, conflicts, approvals, pasting and the yearly roll-over all ask this."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import zip_longest
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from core.clock import TOKYO
from core.fields import MoneyField, ProseField, WordsField
from core.japanese import day, day_and_hour, hour, yen
from editing.content_models import parts_of

Row = dict[str, Any]  # as Django serializes it: model, pk, fields
Snapshot = dict[str, Row]  # each row under its model and primary key


@dataclass(frozen=True)
class Difference:
    """One field of one row that differs, or a whole row (`field` is "") that was added or is gone."""

    row: str
    field: str
    old: str
    new: str


def snapshot(instance: models.Model) -> Snapshot:
    """The stored object with its rows and theirs, read anew from the database."""
    return of_rows(json.loads(serializers.serialize("json", _with_parts(instance))))


def of_rows(rows: Iterable[Row]) -> Snapshot:
    """The rows, each moment in UTC: Django serializes one in the zone in which it was typed."""
    return {f"{row['model']} {row['pk']}": row | {"fields": _in_utc(row)} for row in rows}


def _in_utc(row: Row) -> dict[str, Any]:
    moments = {
        field.name: field.to_python(row["fields"][field.name]).astimezone(UTC).isoformat()
        for field in _shown_fields(row["model"])
        if isinstance(field, models.DateTimeField) and row["fields"].get(field.name)
    }
    return row["fields"] | moments


def fingerprint(content: Snapshot, leave_out: Collection[str] = ()) -> str:
    """Return a hash over all fields except `leave_out`.

    It does not depend on primary keys, so that it stays when the content is exported and loaded.
    """
    rows = sorted(
        json.dumps([row["model"], _own_fields(row, leave_out)], sort_keys=True)
        for row in content.values()
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def differences(old: Snapshot, new: Snapshot, leave_out: Collection[str] = ()) -> list[Difference]:
    """Every field that is another one in `new`, in the order in which the admin shows them."""
    found: list[Difference] = []
    for each in old.keys() | new.keys():
        if each not in new:
            found.append(Difference(_name(old[each]), "", in_short(old[each]), "(なし)"))
        elif each not in old:
            found.append(Difference(_name(new[each]), "", "(なし)", in_short(new[each])))
        else:
            found += _changed_fields(old[each], new[each], leave_out)
    order = {_name(row): place for place, row in enumerate([*old.values(), *new.values()])}
    return sorted(found, key=lambda difference: order[difference.row])


def _changed_fields(old: Row, new: Row, leave_out: Collection[str]) -> Iterator[Difference]:
    for field in _shown_fields(new["model"]):
        before, after = old["fields"].get(field.name), new["fields"].get(field.name)
        if before != after and field.name not in leave_out:
            yield Difference(
                _name(new), str(field.verbose_name), in_words(field, before), in_words(field, after)
            )


def in_short(row: Row) -> str:
    """All that a row holds, in one text of a line for each field."""
    lines = (
        (str(field.verbose_name), in_words(field, row["fields"].get(field.name)))
        for field in _shown_fields(row["model"])
    )
    return "\n".join(f"{label}:{text}" for label, text in lines if text)


def in_words(field: Any, value: Any) -> str:
    """A serialized value of a field as the editor knows it: with commas, in Tokyo time, in Japanese."""
    if value is None or value == "":
        return ""
    if isinstance(field, models.ManyToManyField):
        return "、".join(_related(field, each) for each in value)
    if isinstance(field, models.ForeignKey):
        return _related(field, value)
    if isinstance(field, models.BooleanField):
        return "はい" if value else "いいえ"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    value = field.to_python(value)
    if isinstance(value, datetime):
        return day_and_hour(value.astimezone(TOKYO))
    if isinstance(value, date):
        return day(value)
    if isinstance(value, time):
        return hour(value)
    if isinstance(field, MoneyField):
        return yen(value)
    return str(value)


def _related(field: Any, pk: Any) -> str:
    try:
        return str(field.remote_field.model._default_manager.get(pk=pk))
    except ObjectDoesNotExist:
        return "(削除されたもの)"


def _own_fields(row: Row, leave_out: Collection[str]) -> dict[str, Any]:
    names = {field.name for field in _shown_fields(row["model"])} - set(leave_out)
    return {name: value for name, value in row["fields"].items() if name in names}


def _shown_fields(label: str) -> list[Any]:
    """The fields of a row that an editor sees: not its number, and not what it is a part of."""
    options = apps.get_model(label)._meta
    return [
        field
        for field in (*options.fields, *options.many_to_many)
        if field.editable
        and not field.primary_key
        and getattr(field.remote_field, "on_delete", None) is not models.CASCADE
    ]


def _name(row: Row) -> str:
    """What the admin calls the row: 「保険料の例 No.1 売上高10億円」."""
    instance = unsaved(row)
    try:
        return f"{instance._meta.verbose_name} {instance}"
    except ObjectDoesNotExist:  # its name is that of something deleted
        return str(instance._meta.verbose_name)


def unsaved(row: Row) -> models.Model:
    """The row as an object of its model."""
    model = apps.get_model(row["model"])
    values = {
        field.attname: field.to_python(row["fields"][field.name])
        for field in model._meta.fields
        if field.name in row["fields"]
    }
    return model(pk=row["pk"], **values)


def _with_parts(instance: models.Model) -> Iterator[models.Model]:
    yield instance._meta.model._default_manager.get(pk=instance.pk)
    for name in parts_of(type(instance)):
        for part in getattr(instance, name).order_by(*_display_order(instance, name)):
            yield from _with_parts(part)


def _display_order(instance: models.Model, name: str) -> list[str]:
    return [*(getattr(instance, name).model._meta.ordering or ()), "pk"]


@dataclass(frozen=True)
class Pair:
    """One field of a row of one object beside that of the row in the same place of another."""

    model: type[models.Model]
    row: str
    field: str
    is_text: bool
    old: str
    new: str


def side_by_side(old: Snapshot, new: Snapshot, leave_out: Collection[str] = ()) -> list[Pair]:
    """Every field of two objects, whose rows are told by their places: of one that was prepared from
    the other."""
    pairs: list[Pair] = []
    for label in dict.fromkeys(row["model"] for row in new.values()):
        rows = [[row for row in each.values() if row["model"] == label] for each in (old, new)]
        for before, after in zip_longest(*rows):
            for field in _shown_fields(label):
                if field.name in leave_out:
                    continue
                words = [
                    in_words(field, row["fields"].get(field.name)) if row else ""
                    for row in (before, after)
                ]
                pairs.append(
                    Pair(
                        model=apps.get_model(label),
                        row=_name(after or before),
                        field=str(field.verbose_name),
                        is_text=isinstance(field, (WordsField, ProseField)),
                        old=words[0],
                        new=words[1],
                    )
                )
    return pairs
