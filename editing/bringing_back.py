"""Bringing back several deleted objects at once: all or none, through the chain of a save."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

import reversion
from django.apps import apps
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from reversion.models import Version

from editing.differences import row_name
from editing.links import content_admins, list_url
from editing.models import ChangeKind, RecordedChange
from editing.old_version import BROUGHT_BACK, OldVersion
from editing.saving import Edit, Refused, save
from editing.views import posted

GONE = "元に戻すものが見つかりません。元に戻すものを選んで、もう一度押してください。"
NOT_DELETED = "「{}」は、すでに元に戻されています。"
NEEDS_REASON = "「{}」は、公開した保険期間などの一部のため、ここからは元に戻せません。"
KEY = re.compile(r"[\w.]+ \d{1,18}")


class CannotBringBackError(Exception):
    """Nothing was brought back; the arguments say why, in messages for the editor."""


@posted
def bring_back_view(request: HttpRequest) -> HttpResponse:
    """Bring back what was chosen by `key`, or all that one step deleted, by `step`."""
    keys = _keys(request)
    if not all(may_bring_back(request, key) for key in keys):
        raise PermissionDenied
    try:
        brought = bring_back(request, keys)
    except CannotBringBackError as error:
        messages.error(request, "元に戻せませんでした。何も変わっていません。")
        for why_not in error.args:
            messages.error(request, why_not)
        return redirect("admin:record")
    names = "".join(f"「{each}」" for each in brought[:5])
    others = f"など{len(brought)}件" if len(brought) > 5 else ""
    messages.success(request, f"{names}{others}を元に戻しました。")
    return redirect(list_url(type(brought[0])))


def _keys(request: HttpRequest) -> list[str]:
    """Return the keys, what was deleted last first: it may be what the others refer to."""
    keys = request.POST.getlist("key")
    if step := _uuid(request.POST.get("step", "")):
        visible = RecordedChange.objects.visible_to(request.user)
        deleted = visible.filter(step=step, kind=ChangeKind.DELETED)
        keys = [*deleted.values_list("key", flat=True)]
    return [key for key in dict.fromkeys(keys) if KEY.fullmatch(key)]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def may_bring_back(request: HttpRequest, key: str) -> bool:
    """Return whether the user may add and change what this key of the record names."""
    model_admin = _admin_of(key)
    return model_admin is not None and all(
        check(model_admin, request)
        for check in (admin.ModelAdmin.has_add_permission, admin.ModelAdmin.has_change_permission)
    )


def deleted_among(keys: Iterable[str]) -> set[str]:
    """Return those of the keys whose rows are not stored now. Asks the database once for each model."""
    found = {key for key in keys if KEY.fullmatch(key) and _admin_of(key)}
    for label in {key.partition(" ")[0] for key in found}:
        numbers = [key.partition(" ")[2] for key in found if key.startswith(f"{label} ")]
        stored = apps.get_model(label)._default_manager.filter(pk__in=numbers)
        found -= {f"{label} {pk}" for pk in stored.values_list("pk", flat=True)}
    return found


def bring_back(request: HttpRequest, keys: list[str]) -> list[models.Model]:
    """Bring back all that the keys name, in one revision and one step of the record, and return it.

    Raises CannotBringBackError where one of them cannot be; then none is.
    """
    if not keys:
        raise CannotBringBackError(GONE)
    target = _admin_of(keys[0]).target(request)
    brought: list[models.Model] = []
    errors: list[str] = []
    with transaction.atomic(), reversion.create_revision():
        for key in keys:
            outcome = save(_edit(cast(User, request.user), key), target)
            if isinstance(outcome, Refused):
                errors += outcome.reasons
            else:
                brought.append(cast(Any, outcome).instance)
        if errors:
            raise CannotBringBackError(*dict.fromkeys(errors))
        reversion.set_comment(BROUGHT_BACK)
    return brought


def _edit(user: User, key: str) -> Edit:
    """Return the edit that brings back the last version of what the key names."""
    label, _, pk = key.partition(" ")
    version = Version.objects.get_for_object_reference(apps.get_model(label), pk).first()
    if version is None:
        raise CannotBringBackError(GONE)
    old, model_admin = OldVersion(version), _admin_of(key)
    (own, *_) = old.content.values()
    name = row_name(own)

    def make() -> list[models.Model]:
        if not deleted_among([key]):
            raise ValidationError(NOT_DELETED.format(name))
        if old.obstacles.lacking:
            raise ValidationError(f"{name}:{old.why_not()}")
        try:
            restored = old.restore()
        except ValidationError as error:
            raise ValidationError([f"{name}:{message}" for message in error.messages]) from error
        if model_admin.needs_reason(restored):
            raise ValidationError(NEEDS_REASON.format(name))
        return [restored]

    return Edit(user, None, make, says=lambda: old.says, rules=model_admin.rules)


def _admin_of(key: str) -> Any:
    """Return the admin class of the content that the key names; None where there is none any more."""
    label = key.partition(" ")[0]
    return next((each for each in content_admins() if each.model._meta.label_lower == label), None)
