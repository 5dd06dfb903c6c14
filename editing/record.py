"""Writing edits into the record of changes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Model
from reversion.models import Version

from core.japanese import person
from editing.content_models import (
    content_models,
    owner_field,
    relations_to_parts,
    whole_models,
    whole_of,
)
from editing.differences import NONE, Difference, differences
from editing.history import snapshot_of
from editing.models import ChangeKind, RecordedChange, key_of
from editing.snapshots import snapshot

if TYPE_CHECKING:
    from editing.saving import Trial


OBJECT_DELETED = "この画面を開いた後に、{}がこの{}を削除しました。入力した内容は残っています。"


def rows_deleted_with(row: Model) -> list[str]:
    """Return the names of the rows that the last edit of the row deleted from it."""
    last = RecordedChange.objects.filter(key=key_of(row)).first()
    found = last.differences if last and last.kind == ChangeKind.CHANGED else []
    return [each["row"] for each in found if not each["field"] and each["new"] == NONE]


def who_deleted(model: type[Model], pk: str) -> str:
    """Return who deleted the object with this key, as a sentence for who still types into its form."""
    by = _deleted_by(model, pk)
    return OBJECT_DELETED.format(f"{by}さん" if by else "ほかの人", model._meta.verbose_name)


def _deleted_by(model: type[Model], pk: Any) -> str:
    """Return who deleted the object, or what it was a part of; "" where that is not known."""
    entries = RecordedChange.objects.filter(key=key_of(model(pk=pk)), kind=ChangeKind.DELETED)
    if entry := entries.first():
        return entry.by
    last = Version.objects.get_for_object_reference(model, pk).first()
    owner = _owner_of_deleted(model, last) if last else None
    if last is None or owner is None:
        return ""
    # The record knows a part that was deleted in the form of its owner by its name alone.
    saves = Version.objects.get_for_object_reference(*owner).order_by("pk")
    without = saves.filter(revision__gt=last.revision_id).select_related("revision__user").first()
    if without is None:
        return _deleted_by(*owner)
    return person(without.revision.user) if without.revision.user else ""


def _owner_of_deleted(model: type[Model], last: Version) -> tuple[type[Model], Any] | None:
    """Return model and key of what the object was a part of when its last version was kept."""
    for owner in content_models():
        for name, part in relations_to_parts(owner):
            if part is model:
                fields = json.loads(last.serialized_data)[0]["fields"]
                return owner, fields[owner_field(owner, name)]
    return None


def changes_of_others(trial: Trial) -> list[Difference]:
    """Return how the objects that changed with the edited one differ from their last versions."""
    found = []
    for each in trial.objects[1:]:
        whole = whole_of(each)
        last = Version.objects.get_for_object(whole).first()
        found += differences(snapshot_of(last), snapshot(whole)) if last else []
    return found


def record_edit(trial: Trial, says: str, step: UUID, others: Sequence[Difference] = ()) -> None:
    """Add an entry about the edited object, with the differences of the others that changed with it."""
    edit, row = trial.edit, trial.instance
    kind = ChangeKind.CHANGED if edit.stored else ChangeKind.ADDED
    RecordedChange.write(
        edit.user,
        kind if trial.objects else ChangeKind.DELETED,
        row,
        whole=None if type(row) in whole_models() else whole_of(row),
        differences=[*differences(trial.before, trial.after), *others],
        says=says,
        reason=edit.reason,
        step=step,
    )
