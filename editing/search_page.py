"""The page of the admin on which words are searched in all content."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

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


def search_url(words: str) -> str:
    """Return the URL that shows where the words stand, or, without words, how to search."""
    query = f"?{urlencode({'q': words})}" if words else ""
    return f"{reverse('admin:search')}{query}"


@require_http_methods(["GET", "HEAD", "POST"])
def search_page(request: HttpRequest) -> HttpResponse:
    """Show the places at which the words stand, or how to search.

    The box sends by POST: a URL takes no long text. Words within the limit then have a URL of their own.
    """
    if not may_see_content(request.user):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else request.GET
    typed = sent.get("q", "").strip()
    form = SearchForm(sent) if typed else SearchForm()
    if request.method == "POST" and (form.is_valid() or not typed):
        return redirect(search_url(form.cleaned_data["q"] if typed else ""))
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
