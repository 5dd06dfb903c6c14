"""Undoing a change of several objects that were saved in one step: each is as it was before, or none."""

from __future__ import annotations

from functools import cached_property, partial
from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from reversion.models import Revision, Version

from editing.content_models import whole_of
from editing.differences import Difference, differences
from editing.events import day_and_time
from editing.form_pages import FormPages
from editing.history import snapshot_of, versions_of_wholes
from editing.old_version import OldVersion
from editing.reasons import reason_is_given, reason_of
from editing.saving import Edit, SaveOutcome, save_together
from editing.snapshots import Snapshot, fingerprint, snapshot, without_removed_fields


class ChangedObject:
    """An object that the change left as `version` holds it."""

    def __init__(self, version: Version) -> None:
        self.version = version
        model = cast(type[models.Model], version.content_type.model_class())
        self.admin = cast(FormPages, admin.site.get_model_admin(model))
        self.stored = model._default_manager.filter(pk=version.object_id).first()
        self.key = (model._meta.label, version.object_id)

    @cached_property
    def before(self) -> OldVersion | None:
        """The version that the change replaced; None where the change added the object."""
        model, pk = self.version.content_type.model_class(), self.version.object_id
        same = Version.objects.get_for_object_reference(model, pk)
        found = same.filter(pk__lt=self.version.pk).order_by("-pk").first()
        return OldVersion(found) if found else None

    @cached_property
    def after(self) -> Snapshot:
        return snapshot_of(self.version)

    @cached_property
    def now(self) -> Snapshot:
        return snapshot(self.stored) if self.stored else {}

    @property
    def name(self) -> str:
        kind = self.version.content_type.name
        return f"{kind}「{self.stored or self.version.object_repr}」"

    @property
    def needs_reason(self) -> bool:
        return self.admin.needs_reason(self.stored)

    @property
    def differences(self) -> list[Difference]:
        """Return what undoing changes."""
        return (
            differences(self.now, without_removed_fields(self.before.content))
            if self.before
            else []
        )

    @property
    def why_not(self) -> str:
        """Return what keeps the change of this object from being undone; "" for nothing."""
        name = self.name
        if self.stored is None:
            return f"{name}は、その後に削除されました。"
        if self.before is None:
            return f"{name}は、この変更で追加されたものです。"
        if fingerprint(self.now) == fingerprint(self.before.content):
            return f"{name}は、すでに前の内容です。"
        if fingerprint(self.now) != fingerprint(self.after):
            return f"{name}は、その後に変更されました。"
        reason = self.before.why_not()
        return f"{name}:{reason}" if reason else ""


def undo_url(user: User, changed: models.Model) -> str:
    """Return where the user's last change of the object is undone, with all that was changed in the same step."""
    # A colleague may have saved the object since.
    own = Version.objects.get_for_object(whole_of(changed)).filter(revision__user=user)
    newest = own.order_by("-pk")[0]
    return reverse("admin:undo-change", args=[newest.revision_id])


def changed_objects(revision: Revision) -> list[ChangedObject]:
    """Return the objects that were saved in the revision."""
    changed = map(ChangedObject, versions_of_wholes(revision))
    return sorted(changed, key=lambda each: each.key)  # everybody locks them in the same order


def undo(
    request: HttpRequest, revision: Revision, changed: list[ChangedObject]
) -> list[SaveOutcome]:
    """Bring every object back as it was before, or none of them; return the outcome for each.

    Each has been looked at before: `why_not` says nothing. What somebody saves meanwhile is a conflict.
    """
    says = f"{day_and_time(revision.date_created)}の変更を元に戻しました({len(changed)}件)。"
    edits = [_edit(request, each, says) for each in changed]
    return save_together(edits, changed[0].admin.target(request))


def _edit(request: HttpRequest, changed: ChangedObject, says: str) -> Edit:
    before = cast(OldVersion, changed.before)
    return Edit(
        cast(User, request.user),
        changed.stored,
        make=partial(_restored, before),
        says=lambda: says,
        seen=fingerprint(changed.after),
        reason=reason_of(request),
        needs_reason=changed.needs_reason,
        rules=(reason_is_given, *changed.admin.rules),
        doubts=changed.admin.doubts,
        confirmed=request.POST.getlist("_confirmed"),
    )


def _restored(before: OldVersion) -> list[Any]:
    return [before.restore()]
