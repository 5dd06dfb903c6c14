"""Drafts of forms: what is typed is kept on the server while it is not saved, and offered when the form is opened again.

A script sends it when typing pauses (`static/js/form_draft.js`). The answer names colleagues who type into the same
form, or have saved meanwhile. The draft holds the fingerprint with which the form was opened, so that saving it
later meets the same question about a conflict.

Each form that was loaded has an id, its "tab", and a draft of its own: two tabs of one person do not overwrite each
other, and saving one leaves the draft of the other. A form that continues a draft takes over its id. The newest 5
drafts of a person and form are kept, for 30 days, each of half a million characters at most.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import cast

from django.apps import apps
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
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
MOST_OF_A_FORM = 5  # drafts of one person
TAB = re.compile(r"[0-9a-f]{32}")
TYPING = timedelta(minutes=5)  # since the last pause, while a colleague counts as typing
KEPT_OWN_FIELDS = ("_seen", "_reason", "_kept-", "_drop-")  # beginnings of names
TOO_LONG = "入力が長いため、途中の入力を残せません。こまめに保存してください。"
TYPED_BY = "{}さんが、この画面に入力しています。保存する前に、声をかけてください。"
SAVED_BY = "この画面を開いた後に、{}が保存しました。入力した内容は残っています。「保存」を押すと、違うところが出ます。"


@require_POST
def keep_draft(request: HttpRequest) -> HttpResponse:
    """Keep what was sent, or drop it; return what to tell its author. Raises BadRequest for what is no form."""
    user, path, tab = cast(User, request.user), request.POST.get("_path", ""), tab_of(request.POST)
    if not (tab and is_form(path)):
        raise BadRequest
    if not may_type(user, path):
        raise PermissionDenied
    if "_discard" in request.POST:
        drop_draft(user, path, tab)
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
        _store(user, path, tab, fields)
    return JsonResponse({"says": "".join(says)})


def tab_of(data: QueryDict) -> str:
    """Return the id of the loaded form that sends this; "" where it has none."""
    tab = data.get("_tab", "")
    return tab if TAB.fullmatch(tab) else ""


def _store(user: User, path: str, tab: str, fields: list[tuple[str, str]]) -> None:
    """Store the draft; delete those of everybody that are too old, and of this person and form those too many."""
    FormDraft.objects.filter(saved_at__lt=real_now() - LIFETIME).delete()
    _, is_new = FormDraft.objects.update_or_create(
        user=user, path=path, tab=tab, defaults={"fields": fields, "saved_at": real_now()}
    )
    if is_new:
        too_many = drafts_of(user, path).values("pk")[MOST_OF_A_FORM:]
        FormDraft.objects.filter(pk__in=too_many).delete()


def drafts_of(user: User, path: str) -> QuerySet[FormDraft]:
    """Return what the user has typed into the form in any tab and not saved, the newest first."""
    return FormDraft.objects.filter(user=user, path=path).order_by("-saved_at", "-pk")


def drop_draft(user: User, path: str, tab: str) -> None:
    FormDraft.objects.filter(user=user, path=path, tab=tab).delete()


def colleagues_at(user: User, path: str) -> list[str]:
    """Return who else types into the form now, in sentences, one for each person."""
    typing = FormDraft.objects.filter(path=path, saved_at__gt=real_now() - TYPING)
    others = User.objects.filter(pk__in=typing.values("user")).exclude(pk=user.pk)
    return [TYPED_BY.format(person(each)) for each in others.order_by("pk")]


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
