"""The page of the admin on which words are replaced at several places at once."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from editing.confirming import asked, tell_confirmed
from editing.places import forms_to_search
from editing.reasons import reason_of, told_at_reason
from editing.replacing import MOST_PLACES, Replacement
from editing.saving import Refused, SaveOutcome, Stored
from editing.search_page import SearchForm, search_url, words_field
from editing.undoing import undo_url

NOT_VALID = "まだ置き換えていません。下の赤い枠のところを確かめてください。"
NOTHING_CHOSEN = "置き換える場所を選んでください。"


class ReplaceForm(SearchForm):
    """The words to find, and those to put in their place."""

    new = words_field("置き換える言葉", "置き換える言葉を入力してください。")


@require_http_methods(["GET", "HEAD", "POST"])
def replace_page(request: HttpRequest) -> HttpResponse:
    """Show the places with old and new words; store the new ones where the editor chose."""
    if not any(form.admin.may_correct(request) for form in forms_to_search(request)):
        raise PermissionDenied
    form = ReplaceForm(request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        return _page(request, form)
    replacement = Replacement(request, form.cleaned_data["q"], form.cleaned_data["new"])
    if "_replace" in request.POST:
        return _answer(request, form, replacement)
    usual = {each.place.key for each in replacement.candidates if each.is_usual}
    return _page(request, form, **_choice(replacement, usual))


def _answer(request: HttpRequest, form: ReplaceForm, replacement: Replacement) -> HttpResponse:
    """Store what was chosen and tell so, or show what keeps it from being stored."""
    chosen = set(request.POST.getlist("place"))
    outcomes, refused = _stored(replacement, chosen)
    stored = [each.instance for each in outcomes if isinstance(each, Stored)]
    if stored and len(stored) == len(outcomes):
        messages.success(request, _says(replacement, len(chosen), stored[0]))
        tell_confirmed(request, outcomes)
        return redirect(search_url(replacement.new))
    reason_error = told_at_reason(request, refused)
    context = _choice(replacement, chosen) | {
        "refused": [each for each in refused if each != reason_error],
        "reason_error": reason_error,
        **asked(request, outcomes),
    }
    return _page(request, form, **context)


def _stored(replacement: Replacement, chosen: set[str]) -> tuple[list[SaveOutcome], list[str]]:
    """Return the outcomes, and what the editor is told where not all is stored."""
    if not chosen:
        return [], [NOTHING_CHOSEN]
    try:
        outcomes = replacement.save(chosen)
    except ValidationError as error:
        return [], error.messages
    refused = [reason for each in outcomes if isinstance(each, Refused) for reason in each.reasons]
    if replacement.errors:
        refused.append(NOT_VALID)
    return outcomes, [*dict.fromkeys(refused)]


def _says(replacement: Replacement, count: int, changed: Model) -> str:
    context = {
        "says": f"「{replacement.words}」を「{replacement.new}」に置き換えました({count}か所)。",
        "undo_url": undo_url(cast(User, replacement.request.user), changed),
    }
    return render_to_string("admin/_done.html", context, replacement.request)


def _choice(replacement: Replacement, chosen: set[str]) -> dict[str, Any]:
    """Return the page's context about the places, and which of them are chosen."""
    return {
        "replacement": replacement,
        "choices": [
            (each, each.place.key in chosen, replacement.errors.get(each.place.key, []))
            for each in replacement.candidates
        ],
    }


def _page(request: HttpRequest, form: ReplaceForm, **context: Any) -> HttpResponse:
    shared = {
        **admin.site.each_context(request),
        "title": "まとめて置き換える",
        "form": form,
        "search_url": search_url(form.cleaned_data.get("q", "")),
        "most": MOST_PLACES,
        "replacement": None,
        "refused": [],
        "reason": reason_of(request),
        "reason_error": "",
    }
    return TemplateResponse(request, "admin/replace.html", shared | context)
