"""A snapshot: what an object and its parts hold at one time, as plain data.

History and conflicts compare snapshots, and so may apps. Rows carry the names that
the fields have today, whatever they were called when a version was kept; `editing/schema.py` tells them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from datetime import UTC
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from editing.content_models import parts_of
from editing.schema import (
    RemovedField,
    RemovedModel,
    default_when_added,
    identity,
    model_identity,
    removed_field,
    removed_model,
    shown_fields,
    todays_label,
    todays_name,
)

Row = dict[str, Any]  # as Django serializes it: model, pk, fields
Snapshot = dict[str, Row]  # each row by its model and primary key, the object itself first


def snapshot(instance: models.Model) -> Snapshot:
    """Return the stored object with its parts and theirs, read anew from the database."""
    stored = instance._meta.model._default_manager.get(pk=instance.pk)
    return of_rows(json.loads(serializers.serialize("json", _with_parts(stored))))


def of_rows(rows: Iterable[Row]) -> Snapshot:
    """Return serialized rows as a snapshot, under today's names, each datetime in UTC.

    Rows of removed models are left out: see `removed_rows`. Django serializes a datetime in the zone in which it
    was typed.
    """
    return {
        f"{label} {row['pk']}": row | {"model": label, "fields": _fields(label, row)}
        for row in rows
        if (label := todays_label(row["model"]))
    }


def removed_rows(rows: Iterable[Row], content: Snapshot) -> list[tuple[RemovedModel, Row]]:
    """Return the rows of removed models that belonged to a row of the content, or to such a row.

    Their fields go by their identities.
    """
    removed = []
    for row in rows:
        if model := removed_model(row["model"]):
            named = {identity(row["model"], name): value for name, value in row["fields"].items()}
            removed.append((model, row | {"fields": named}))
    keys, owned = set(content), []
    while found := [each for each in removed if each not in owned and _owner_keys(*each) & keys]:
        keys |= {f"{row['model']} {row['pk']}" for _, row in found}
        owned += found
    return owned


def fingerprint(content: Snapshot, leave_out: Collection[str] = ()) -> str:
    """Return a hash over all fields except `leave_out` that hold something.

    A part counts with the part that it belongs to. The hash ignores the keys of the rows themselves, so that it
    stays when the content is exported and loaded, and fields that were added, renamed, or removed while they
    held nothing.
    """
    rows = sorted(
        json.dumps(
            [
                [model_identity(each["model"]), _content(each, leave_out)]
                for each in _with_owners(row, content)
            ],
            sort_keys=True,
        )
        for row in content.values()
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def fields_of(*rows: Row) -> list[Any]:
    """Return the fields of the rows, which are of one model: today's, then removed ones that a row holds."""
    return [*shown_fields(rows[0]["model"]), *removed_fields_of(*rows)]


def removed_fields_of(*rows: Row) -> list[RemovedField]:
    """Return the removed fields that the rows, which are of one model, still hold."""
    label = rows[0]["model"]
    names = dict.fromkeys(name for row in rows for name in row["fields"])
    return [*filter(None, (removed_field(label, name) for name in names))]


def value_in(row: Row, field: Any) -> Any:
    """Return the serialized value of a field; what it holds by default where the row lacks it."""
    return row["fields"][field.name] if field.name in row["fields"] else nothing_in(field)


def nothing_in(field: Any) -> Any:
    """Return the serialized value of a field in rows from before it was added, which is no content."""
    if isinstance(field, RemovedField):
        return ""
    if isinstance(field, models.ManyToManyField):
        return []
    return json.loads(json.dumps(default_when_added(field), cls=DjangoJSONEncoder))


def without_removed_fields(content: Snapshot) -> Snapshot:
    """Return the snapshot with today's fields only."""
    return {
        key: row
        | {
            "fields": {
                name: value
                for name, value in row["fields"].items()
                if removed_field(row["model"], name) is None
            }
        }
        for key, row in content.items()
    }


def _with_owners(row: Row, content: Snapshot) -> Iterator[Row]:
    """Yield the row, then the part that it belongs to, and so on; not the object itself, which owns all."""
    yield row
    for field in apps.get_model(row["model"])._meta.fields:
        key = _owner_key(row, field.name, field)
        if key in content and content[key] is not next(iter(content.values())):
            yield from _with_owners(content[key], content)


def _owner_keys(model: RemovedModel, row: Row) -> set[str]:
    return {_owner_key(row, *each) for each in model.fields.items()}


def _owner_key(row: Row, name: str, field: Any) -> str:
    """Return the key of the row that owns this one by the field; "" where the field does not name an owner."""
    if getattr(field.remote_field, "on_delete", None) is not models.CASCADE:
        return ""
    owner = field.remote_field.model
    label = (
        owner if isinstance(owner, str) else owner._meta.label
    ).lower()  # migrations have the text
    return f"{todays_label(label) or label} {row['fields'].get(name)}"


def _fields(label: str, row: Row) -> dict[str, Any]:
    fields = {todays_name(label, name): value for name, value in row["fields"].items()}
    for field in shown_fields(label):
        if isinstance(field, models.DateTimeField) and fields.get(field.name):
            # The field had a different type when the version was kept.
            with suppress(TypeError, ValidationError):
                at = field.to_python(fields[field.name])
                fields[field.name] = at.astimezone(UTC).isoformat()
    return fields


def _content(row: Row, leave_out: Collection[str]) -> dict[str, Any]:
    """Return what the fields hold, by their identities."""
    return {
        identity(row["model"], field.name): value
        for field in fields_of(row)
        if field.name not in leave_out
        and (value := value_in(row, field)) not in (None, "", [], nothing_in(field))
    }


def _with_parts(instance: models.Model) -> Iterator[models.Model]:
    yield instance
    for name in parts_of(type(instance)):
        parts = getattr(instance, name)
        for part in parts.order_by(*(parts.model._meta.ordering or ()), "pk"):
            yield from _with_parts(part)
