"""Drafts of forms: what is typed is kept on the server while it is not saved, and offered when the form is opened again.

A script sends it when typing pauses (`static/js/form_draft.js`). The answer names colleagues who type into the same
form, or have saved meanwhile. The draft holds the fingerprint with which the form was opened, so that saving it
later meets the same question about a conflict.
"""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from django.apps import apps
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import resolve, reverse
from django.views.decorators.http import require_POST
from reversion.models import Version

from core.clock import real_now
from core.japanese import person
from editing.kept_input import is_of_content, url_name
from editing.models import FormDraft
from editing.snapshots import fingerprint, snapshot

LARGEST_DRAFT = 500_000  # characters
LIFETIME = timedelta(days=30)
TYPING = timedelta(minutes=5)  # since the last pause, while a colleague counts as typing
KEPT_OWN_FIELDS = ("_seen", "_reason", "_kept-", "_drop-")  # beginnings of names
TOO_LONG = "入力が長いため、途中の入力を残せません。こまめに保存してください。"
TYPED_BY = "{}さんが、この画面に入力しています。保存する前に、声をかけてください。"
SAVED_BY = "この画面を開いた後に、{}が保存しました。入力した内容は残っています。「保存」を押すと、違うところが出ます。"


@require_POST
def keep_draft(request: HttpRequest) -> HttpResponse:
    """Keep what was sent, or drop it; return what to tell its author. Raises BadRequest for what is no form."""
    user, path = cast(User, request.user), request.POST.get("_path", "")
    if not is_form(path):
        raise BadRequest
    if not may_type(user, path):
        raise PermissionDenied
    if "_discard" in request.POST:
        drop_draft(user, path)
        return HttpResponseRedirect(path)
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
        and (not name.startswith("_") or name.startswith(KEPT_OWN_FIELDS))
    ]
    says = [*saved_meanwhile(path, request.POST.get("_seen", "")), *colleagues_at(user, path)]
    if sum(len(name) + len(value) for name, value in fields) > LARGEST_DRAFT:
        says.append(TOO_LONG)
    else:
        FormDraft.objects.filter(saved_at__lt=real_now() - LIFETIME).delete()
        FormDraft.objects.update_or_create(
            user=user, path=path, defaults={"fields": fields, "saved_at": real_now()}
        )
    return JsonResponse({"says": "".join(says)})


def draft_of(user: User, path: str) -> FormDraft | None:
    return FormDraft.objects.filter(user=user, path=path).first()


def drop_draft(user: User, path: str) -> None:
    FormDraft.objects.filter(user=user, path=path).delete()


def colleagues_at(user: User, path: str) -> list[str]:
    """Return who else types into the form now, in sentences."""
    others = FormDraft.objects.filter(path=path, saved_at__gt=real_now() - TYPING)
    return [
        TYPED_BY.format(person(each.user))
        for each in others.exclude(user=user).select_related("user")
    ]


def saved_meanwhile(path: str, seen: str) -> list[str]:
    """Return who saved the object of the form since it had this fingerprint, in a sentence; nothing if nobody did.

    Raises BadRequest for what is no key.
    """
    match = resolve(path)
    if not (seen and "object_id" in match.kwargs):
        return []
    label, _, model_name = (match.url_name or "").removesuffix("_change").partition("_")
    model = apps.get_model(label, model_name)
    try:
        row = model._default_manager.filter(pk=unquote(match.kwargs["object_id"])).first()
    except ValueError:
        raise BadRequest from None
    if row is None or fingerprint(snapshot(row)) == seen:
        return []
    last = Version.objects.get_for_object(row).select_related("revision__user").first()
    by = last.revision.user if last else None
    return [SAVED_BY.format(f"{person(by)}さん" if by else "ほかの人")]


def is_form(path: str) -> bool:
    """Return whether the path is that of a form of a content model, in its one spelling."""
    name = url_name(path)
    if not (is_of_content(name) and name.endswith(("_add", "_change"))):
        return False
    keys = resolve(path).kwargs
    has_key = str(keys.get("object_id", 0)).isdecimal()
    return has_key and reverse(f"admin:{name}", kwargs=keys) == path


def may_type(user: User, path: str) -> bool:
    """Return whether the user may add or change what the form is for."""
    label, _, model_and_action = url_name(path).partition("_")
    model, _, action = model_and_action.rpartition("_")
    return user.has_perm(f"{label}.{action}_{model}")
