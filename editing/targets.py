"""The places where an edit can be stored: so far the live content."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Protocol
from uuid import UUID, uuid4

import reversion
from django.apps import apps
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS
from reversion.models import Revision, Version

from core.clock import real_now
from editing.change_words import in_sentences
from editing.content_models import whole_models, whole_of
from editing.old_version import DELETED
from editing.record import changes_of_others, record_edit

if TYPE_CHECKING:
    from editing.saving import Trial


class Target(Protocol):
    """A place that stores edits. `save` calls it once the edit has passed all other steps."""

    keeps_edit: (
        bool  # whether the edit stays in the live content; otherwise it is rolled back before
    )

    def store(self, trial: Trial) -> None: ...


class LiveContent:
    """The content that visitors see: an edit is public as soon as its transaction ends.

    It gets a version, with which the history says who changed what, an entry in the record of changes, and a
    line in Django's log. What one object of this class stores is one step in the record.
    """

    keeps_edit = True

    def __init__(self) -> None:
        self.step: UUID = uuid4()

    def store(self, trial: Trial) -> None:
        """Keep a version of all changed objects.

        A deletion keeps the last version of what is gone, and one of the object to which a deleted part belonged;
        Django logs it itself.
        """
        if not trial.objects:
            self._store_without(trial)
            record_edit(trial, "", self.step)
            return
        edit = trial.edit
        noted = edit.says()
        LogEntry.objects.log_actions(
            user_id=edit.user.pk,
            queryset=trial.objects[:1],
            action_flag=CHANGE if edit.stored else ADDITION,
            change_message=noted,
        )
        says = in_sentences(noted)
        others = changes_of_others(trial)  # from their last versions: before there are new ones
        with reversion.create_revision():
            reversion.set_user(edit.user)
            reversion.set_comment(f"訂正の理由:{edit.reason}({says})" if edit.reason else says)
            for instance in trial.objects:
                reversion.add_to_revision(whole_of(instance))
        record_edit(trial, says, self.step, others)

    def _store_without(self, trial: Trial) -> None:
        _keep_last_version(trial)
        deleted = trial.instance
        if type(deleted) in whole_models():
            return
        with reversion.create_revision():
            reversion.set_user(trial.edit.user)
            reversion.set_comment(f"{deleted._meta.verbose_name}「{deleted}」を削除しました。")
            reversion.add_to_revision(whole_of(deleted))


def _keep_last_version(trial: Trial) -> None:
    """Keep what the deleted object held. django-reversion keeps versions of stored objects only."""
    revision = Revision.objects.create(
        date_created=real_now(), user=trial.edit.user, comment=DELETED
    )
    Version.objects.bulk_create(
        Version(
            revision=revision,
            content_type=ContentType.objects.get_for_model(apps.get_model(row["model"])),
            object_id=row["pk"],
            db=DEFAULT_DB_ALIAS,
            format="json",
            serialized_data=json.dumps([row], ensure_ascii=False),
            object_repr=str(trial.instance) if place == 0 else row["model"],
        )
        for place, row in enumerate(trial.before.values())
    )
