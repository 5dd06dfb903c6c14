"""The public site in the admin, with a mark beside each text that leads to its field."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from core.moment import Moment
from editing.edit_marks import Mark
from editing.home import may_see_content
from editing.marked_page import head_and_body, marks_on, with_links, without_links
from editing.places import forms_to_search
from editing.preview import Shown, drafts_published
from editing.row_names import lineage, row_name, rows_of
from publishing.page_as_of import keep_links_within, page_as_of

NOW = "now"  # in place of the link to a preview


@dataclass(frozen=True)
class FieldLink:
    """The link from a mark to its field, from where saving returns to the mark on the page."""

    url_with_way_back: Callable[
        [str], str
    ]  # returns the URL of the field, given that to which saving returns
    page: str
    id: str
    says: str

    @property
    def url(self) -> str:
        """Return the URL of the field of a text that does not show on the page."""
        return self.url_with_way_back(self.page)

    def html(self, number: int) -> str:
        """Return the link as it stands beside the text, for the `number`th time on the page, from 0."""
        place = f"{self.id}-{number}"
        html = '<a class="edit-mark" id="{}" href="{}" title="{}" aria-label="{}">✎</a>'
        return format_html(
            html, place, self.url_with_way_back(f"{self.page}#{place}"), self.says, self.says
        )


@require_safe
def marked_site(request: HttpRequest, shown: str, path: str) -> HttpResponseBase:
    """Show the public page at this path with marks: as of now, or as a link to a preview shows it."""
    if not may_see_content(request.user):
        raise PermissionDenied
    preview = None if shown == NOW else Shown.by(shown)
    moment = preview.moment if preview else replace(Moment.now(), pinned=True)
    moment = replace(moment, for_editor=True)
    with drafts_published(moment, wanted=bool(preview and preview.with_drafts)):
        response = page_as_of(f"/{path}", request.GET, moment)
        is_html = response.headers["Content-Type"].startswith("text/html")
        if not (is_html and isinstance(response, HttpResponse)):
            return page_as_of(f"/{path}", request.GET, replace(moment, for_editor=False))
        keep_links_within(response, reverse("admin:site", args=[shown]))
        return _with_links(response, request, moment)


def _with_links(response: HttpResponse, request: HttpRequest, moment: Moment) -> HttpResponse:
    head, body = head_and_body(response.content.decode())
    marks = marks_on(body)
    hidden = [mark for mark in marks_on(head) if mark not in marks]
    links = field_links(request, [*marks, *hidden])
    bar = {
        "messages": get_messages(request),
        "moment": moment,
        "hidden": [links[mark] for mark in hidden if mark in links],
    }

    def link(mark: Mark, number: int) -> str:
        return links[mark].html(number) if mark in links else ""

    start, tag_end, rest = with_links(body, link).partition(">")
    response.content = "".join(
        [
            without_links(head),
            start,
            tag_end,
            render_to_string("admin/_editor_bar.html", bar, request),
            rest,
        ]
    )
    del response["Content-Length"]
    return response


def field_links(request: HttpRequest, marks: Collection[Mark]) -> dict[Mark, FieldLink]:
    """Return the link to the field of each mark, except to what the user may not view. Two queries a model."""
    forms = {form.model: form for form in forms_to_search(request)}
    keys: dict[type[Model], set[Any]] = {}
    for mark in marks:
        if mark.model in forms:
            keys.setdefault(mark.model, set()).add(mark.pk)
    rows = rows_of(keys)
    numbers = {model: forms[model].numbers() for model in keys if forms[model].owner}
    links = {}
    for mark in marks:
        if row := rows.get(mark.model, {}).get(mark.pk):
            number = numbers.get(mark.model, {}).get(mark.pk, 0)
            links[mark] = FieldLink(
                partial(forms[mark.model].url, row, mark.name, number),
                request.get_full_path(),
                f"mark-{mark.model._meta.label_lower}-{mark.pk}-{mark.name}",
                _says(row, mark),
            )
    return links


def _says(row: Model, mark: Mark) -> str:
    names = "、".join(row_name(each) for each in lineage(row))
    field: Any = mark.model._meta.get_field(mark.name)
    return f"{names}の「{field.verbose_name}」を開く"
