"""What was changed when and by whom, read from the versions that django-reversion keeps."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db import models
from reversion.models import Version

from core.japanese import person
from editing.content_models import parts_of
from editing.snapshots import (
    Difference,
    Row,
    Snapshot,
    differences,
    fingerprint,
    of_rows,
)

FIRST = "記録の始まり"


@dataclass(frozen=True)
class Entry:
    """One save of an object. `differences` are those to the save before; `fits` is False where the
    version was kept before the fields of its model were changed, and cannot be brought back."""

    version: Version
    saved_at: datetime
    by: str
    comment: str
    differences: list[Difference]
    fits: bool


def history(instance: models.Model) -> list[Entry]:
    """Every save of the object and its parts, the newest first."""
    entries: list[Entry] = []
    before: Snapshot | None = None
    for version in versions(instance):
        content = snapshot_of(version)
        user = version.revision.user
        entries.append(
            Entry(
                version=version,
                saved_at=version.revision.date_created,
                by=person(user) if user else "",
                comment=version.revision.comment or ("" if before else FIRST),
                differences=[] if before is None else differences(before, content),
                fits=fits(content),
            )
        )
        before = content
    return entries[::-1]


def versions(instance: models.Model) -> Iterator[Version]:
    """The versions of the object, the oldest first."""
    found = Version.objects.get_for_object(instance).select_related("revision__user")
    return found.order_by("pk").prefetch_related("revision__version_set").iterator(100)


def snapshot_of(version: Version) -> Snapshot:
    """What the object and its parts held when the version was kept."""
    rows = [
        row
        for each in version.revision.version_set.all()
        for row in json.loads(each.serialized_data)
    ]
    (own,) = json.loads(version.serialized_data)
    return of_rows(_with_parts(own, rows))


def content_with(
    instance: models.Model, wanted: str, leave_out: Collection[str] = ()
) -> Snapshot | None:
    """The newest content of the object that had this fingerprint; None where no version has it."""
    contents = (snapshot_of(version) for version in reversed(list(versions(instance))))
    return next((each for each in contents if fingerprint(each, leave_out) == wanted), None)


def fits(content: Snapshot) -> bool:
    """Whether the rows have just the fields that their models have today."""
    return all(_fields_of_today(row["model"]) == row["fields"].keys() for row in content.values())


def _with_parts(row: Row, rows: list[Row]) -> Iterator[Row]:
    yield row
    try:
        model = apps.get_model(row["model"])
    except LookupError:
        return
    for name in parts_of(model):
        relation = getattr(model, name).rel
        for part in rows:
            is_part = part["model"] == relation.related_model._meta.label_lower
            if is_part and part["fields"].get(relation.field.name) == row["pk"]:
                yield from _with_parts(part, rows)


def _fields_of_today(label: str) -> set[str]:
    try:
        options = apps.get_model(label)._meta
    except LookupError:
        return set()
    return {
        field.name
        for field in (*options.concrete_fields, *options.many_to_many)
        if not field.primary_key and field.serialize
    }
