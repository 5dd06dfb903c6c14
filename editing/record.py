"""Writing edits into the record of changes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from editing.content_models import whole_models, whole_of
from editing.differences import differences
from editing.models import ChangeKind, RecordedChange

if TYPE_CHECKING:
    from editing.saving import Trial


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
