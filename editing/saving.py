"""A save: what happens between 「保存」 and the message.

Every change of the content is an Edit and goes through one chain:

    sent -> seen before? -> what it would be -> conflict? -> refused by a rule? -> in doubt? -> target -> stored

`make` writes an edit to the database in a transaction, which is rolled back unless the live content is the
target. Rules, conflicts, previews and targets therefore read the content as the edit would leave it. The forms
of the admin, moving rows, going back to a version and deleting are edits, and so is what apps add to them. A new rule is
a function of a Trial in the `rules` of its edit; a new target is a class beside LiveContent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar, cast

import reversion
from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models, transaction

from core.moment import Moment
from editing.content_models import whole_of
from editing.differences import Difference, differences
from editing.history import content_with
from editing.models import SavedForm, key_of
from editing.snapshots import Snapshot, fingerprint, snapshot
from editing.targets import Target

UNCHANGED = "(変えていません)"
CONFIRMED = "次のことを確認のうえで保存しました。"
CHECK_THE_YEAR = "年の入力に間違いがないか、確かめてください。"  # for doubts about dates

Result = TypeVar("Result")


@dataclass(frozen=True)
class Edit:
    """A change of the content by one editor, not made yet.

    `make` makes it in the database and returns the objects that changed, the edited one first; none where it was
    deleted, None where what was sent is not valid. It may raise ValidationError. `says` returns the message for
    Django's log, `new_files` the files that `make` has put in; call them after it. `rules` may refuse the edit,
    `doubts` have it confirmed.
    """

    user: User
    stored: models.Model | None  # the object as it was found; None where one is added
    make: Callable[[], list[models.Model] | None]
    says: Callable[[], Any]  # text, or a list as ModelAdmin.construct_change_message returns
    seen: str | None = None  # fingerprint of the content that the editor started from; None: any
    reason: str = ""  # why something is corrected that was public
    needs_reason: bool = False
    digest: str = ""  # of what was sent to add something; "" where it may be sent twice
    rules: tuple[Rule, ...] = ()
    doubts: tuple[Doubts, ...] = ()
    confirmed: Collection[str] = ()  # hashes of the doubts that the editor has read
    new_files: Callable[[], list[Any]] = list  # FieldFiles that are on the disk
    moment: Moment = field(default_factory=Moment.now)  # at which it is made, for the rules


@dataclass(frozen=True)
class Trial:
    """An edit that was made in a transaction which may still be rolled back."""

    edit: Edit
    objects: list[models.Model]  # that changed, the edited one first; empty if it was deleted
    before: Snapshot  # empty where the object is new

    @property
    def instance(self) -> models.Model:
        """The edited object, which has no primary key any more where it was deleted."""
        return self.objects[0] if self.objects else cast(models.Model, self.edit.stored)

    @cached_property
    def after(self) -> Snapshot:
        """The edited object with its parts, as it would be stored."""
        return snapshot(self.objects[0]) if self.objects else {}

    def was(self, row: models.Model) -> dict[str, Any]:
        """Return the fields of the object or a part of it before the edit, as serialized; none where it is new."""
        fields: dict[str, Any] = self.before.get(key_of(row), {}).get("fields", {})
        return fields

    def changes(self, row: models.Model) -> set[str]:
        """Return the names of the fields of the object or a part of it that the edit changes."""
        before, after = self.was(row), self.after.get(key_of(row), {}).get("fields", {})
        return {name for name, value in after.items() if before.get(name) != value}

    @cached_property
    def doubts(self) -> list[str]:
        """Return what the editor has to confirm, in sentences."""
        return [doubt for doubts in self.edit.doubts for doubt in doubts(self)]


Rule = Callable[[Trial], str]  # says why an edit must not be stored, "" where it may be
Doubts = Callable[[Trial], list[str]]


@dataclass(frozen=True)
class Stored:
    """The target has stored the edit, with the doubts that were confirmed."""

    instance: models.Model
    doubts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class SavedBefore:
    """The same was stored before: somebody pressed the button twice."""


@dataclass(frozen=True)
class Invalid:
    """The form has errors, which it shows itself; `is_outdated` if somebody else saved meanwhile."""

    is_outdated: bool = False


@dataclass(frozen=True)
class Conflict:
    """Somebody else saved meanwhile: how what is stored differs from the edit.

    `theirs` has all that the others changed since the form was opened, also what it does not show: saving it may
    vouch for the whole, as an approval does. It is None where no version has the content as it was opened.
    """

    differences: list[Difference]
    theirs: list[Difference] | None
    seen: str  # the fingerprint of what is stored


@dataclass(frozen=True)
class Refused:
    """Rules do not let the edit be stored."""

    reasons: list[str]


@dataclass(frozen=True)
class InDoubt:
    """The editor has to confirm something first. `digest` is their hash, for `confirmed` of the edit."""

    doubts: list[str]
    digest: str


def to_confirm(trial: Trial) -> InDoubt | None:
    """Return what the editor confirms with this edit; None where nothing is in doubt."""
    if not trial.doubts:
        return None
    return InDoubt(trial.doubts, hashlib.sha256("\n".join(trial.doubts).encode()).hexdigest())


SaveOutcome = Stored | SavedBefore | Invalid | Conflict | Refused | InDoubt


def save(edit: Edit, target: Target) -> SaveOutcome:
    """Make the edit and have the target store it; or return what keeps it from being stored."""
    with transaction.atomic():
        if _was_saved_before(edit):
            return SavedBefore()
        result = try_out(
            edit,
            lambda trial: (
                _conflict(trial) or _refusal(trial) or _doubt(trial) or _accept(trial, target)
            ),
        )
        return _store(result, target) if isinstance(result, Trial) else result


def save_together(edits: Iterable[Edit], target: Target) -> list[SaveOutcome]:
    """Store the edits in one revision, or none of them; return the outcome of each.

    Every edit goes through the whole chain, so that one that is refused does not hide what is wrong with the next.
    """
    outcomes: list[SaveOutcome] = []
    # The revisions of the edits become part of this one.
    with suppress(_NotAllStoredError), reversion.create_revision():
        outcomes += [save(edit, target) for edit in edits]
        if not all(isinstance(outcome, Stored) for outcome in outcomes):
            raise _NotAllStoredError
    return outcomes


class _NotAllStoredError(Exception):
    """Takes back what was stored."""


def try_out(edit: Edit, look: Callable[[Trial], Result]) -> Result | Invalid | Refused:
    """Make the edit, and return what `look` returns of it; or Invalid or Refused where it cannot be made.

    It is rolled back unless `look` returns that it is stored. Its new files are deleted unless it is stored, or
    will be.
    """
    keeps_files = False
    try:
        with transaction.atomic():
            made = _make(edit)
            result = look(made) if isinstance(made, Trial) else made
            keeps_files = isinstance(result, Stored | Trial)
            if not isinstance(result, Stored):
                transaction.set_rollback(True)
        return result
    finally:
        if not keeps_files:
            for file in edit.new_files():
                file.storage.delete(file.name)


# The steps


def _was_saved_before(edit: Edit) -> bool:
    return bool(edit.digest) and not SavedForm.claim(edit.digest)


def _make(edit: Edit) -> Trial | Invalid | Refused:
    before = _lock(edit.stored)
    try:
        objects = edit.make()
    except ValidationError as error:
        return Refused(error.messages)
    if objects is None:
        return Invalid(is_outdated=_is_outdated(edit, before))
    return Trial(edit, objects, before)


def _lock(stored: models.Model | None) -> Snapshot:
    """Return what is stored, which nobody else changes until the end of the transaction.

    It is empty where somebody deleted the object meanwhile.
    """
    if stored is None:
        return {}
    try:
        whole = whole_of(stored)
        type(whole)._default_manager.select_for_update().get(pk=whole.pk)
        return snapshot(stored)
    except ObjectDoesNotExist:
        return {}


def _is_outdated(edit: Edit, before: Snapshot) -> bool:
    return edit.seen is not None and edit.seen != fingerprint(before)


def _conflict(trial: Trial) -> Conflict | SavedBefore | None:
    """Return the differences if somebody saved since the editor opened the form.

    A difference from the edit is marked where the editor left the value as the form came with it.
    """
    stored, seen = trial.edit.stored, trial.edit.seen
    if stored is None or seen is None or not _is_outdated(trial.edit, trial.before):
        return None
    found = differences(trial.before, trial.after)
    if not found:
        return SavedBefore()
    opened = content_with(stored, seen)
    untouched = set(differences(trial.before, opened)) if opened else set()
    marked = [
        replace(each, new=f"{each.new}{UNCHANGED}") if each in untouched else each for each in found
    ]
    theirs = differences(opened, trial.before) if opened else None
    return Conflict(marked, theirs, fingerprint(trial.before))


def _refusal(trial: Trial) -> Refused | None:
    reasons = [reason for rule in trial.edit.rules if (reason := rule(trial))]
    return Refused(reasons) if reasons else None


def _doubt(trial: Trial) -> InDoubt | None:
    asked = to_confirm(trial)
    return None if asked is None or asked.digest in trial.edit.confirmed else asked


def _accept(trial: Trial, target: Target) -> Stored | Trial:
    """Store the edit at once if it stays; otherwise return it, to be stored once it is rolled back."""
    if target.keeps_edit:
        return _store(trial, target)
    _ = trial.after  # read it while it is there
    return trial


def _store(trial: Trial, target: Target) -> Stored:
    target.store(trial)
    if trial.edit.digest:
        SavedForm.note_result(trial.edit.digest, trial.instance)
    return Stored(trial.instance, trial.doubts)
