"""Writing edits into the record of changes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Model

from editing.content_models import whole_models, whole_of
from editing.differences import NONE, differences
from editing.models import ChangeKind, RecordedChange, key_of

if TYPE_CHECKING:
    from editing.saving import Trial


def rows_deleted_with(row: Model) -> list[str]:
    """Return the names of the rows that the last edit of the row deleted from it."""
    last = RecordedChange.objects.filter(key=key_of(row)).first()
    found = last.differences if last and last.kind == ChangeKind.CHANGED else []
    return [each["row"] for each in found if not each["field"] and each["new"] == NONE]


def record_edit(trial: Trial, says: str, step: UUID) -> None:
    """Add an entry about the edited object. What else changed with it is named in the entry."""
    edit, row = trial.edit, trial.instance
    kind = ChangeKind.CHANGED if edit.stored else ChangeKind.ADDED
    others = "、".join(str(each) for each in trial.objects[1:])
    RecordedChange.write(
        edit.user,
        kind if trial.objects else ChangeKind.DELETED,
        row,
        whole=None if type(row) in whole_models() else whole_of(row),
        differences=differences(trial.before, trial.after),
        says=f"{says}あわせて変わったもの:{others}" if others else says,
        reason=edit.reason,
        step=step,
    )
