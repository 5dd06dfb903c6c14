"""The page of the admin on which words are searched in all content."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from core.forms import CleanedTextField
from core.typed_text import clean_text
from editing.home import may_see_content
from editing.places import describe, find_places, find_similar_places, forms_to_search
from editing.search import is_empty

MOST_CHARACTERS = 500
PLACES_ON_A_PAGE = 50
NOTHING_TO_FIND = "文字か数字を入力してください。"


def words_field(label: str, nothing: str) -> CleanedTextField:
    """Return a field for words as they stand in the content; `nothing` tells that there are none."""
    return CleanedTextField(
        label=label,
        max_length=MOST_CHARACTERS,
        clean_text=clean_text,
        error_messages={"required": nothing},
    )


class SearchForm(forms.Form):
    """The words to find."""

    q = words_field("探す言葉", NOTHING_TO_FIND)

    def clean_q(self) -> str:
        words: str = self.cleaned_data["q"]
        if is_empty(words):
            raise forms.ValidationError(NOTHING_TO_FIND)
        return words


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Show the places at which the words stand, or how to search."""
    if not may_see_content(request.user):
        raise PermissionDenied
    typed = request.GET.get("q", "").strip()
    form = SearchForm(request.GET) if typed else SearchForm()
    context = {
        **admin.site.each_context(request),
        "title": "文章を探す",
        "typed": typed,
        "errors": form.errors.get("q", []),
        "page": None,
    }
    if form.is_valid():
        context |= _result(request, form.cleaned_data["q"])
    return TemplateResponse(request, "admin/search.html", context)


def _result(request: HttpRequest, words: str) -> dict[str, Any]:
    searched = forms_to_search(request)
    places = find_places(words, searched)
    similar = [] if places else find_similar_places(words, searched)
    page = Paginator(places or similar, PLACES_ON_A_PAGE).get_page(request.GET.get("p"))
    return {
        "page": page,
        "are_similar": bool(similar),
        "hits": describe(page.object_list),
        "may_replace": any(form.admin.may_correct(request) for form in searched),
        "kinds": [str(form.model._meta.verbose_name) for form in searched],
    }
