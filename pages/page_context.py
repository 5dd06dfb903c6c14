"""The page context: what every public page gets, and the rendering of a page with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string

from contacts.models import DeskRole
from core.moment import Moment
from pages import structured_data
from pages.phrases import mark_headings
from pages.public_content import Content, content_now, content_read_anew
from pages.site_map import FOOTER_MENU, MENU, PAGES, SiteMapEntry
from products.joining import Deadline
from products.models import LegalTextKind, PolicyTerm

# The pattern starts with a line break, so that the regex engine jumps from one to the next.
EMPTY_LINES = re.compile(r"\n\n+")
# A browser shows a line break as a space, which has no place beside a Japanese character.
JAPANESE_BREAK = re.compile(r"\n(?:(?=[^\x00-\xff])|(?<=[^\x00-\xff]\n))")


T = TypeVar("T")


def or_404(found: Iterator[T]) -> T:
    """Return the first that was found; raise Http404 where there is none."""
    for each in found:
        return each
    raise Http404


@dataclass(frozen=True)
class PageContext:
    """The moment and the content that a page is rendered from."""

    moment: Moment
    content: Content

    @classmethod
    def at(cls, moment: Moment) -> PageContext:
        is_preview = bool(moment.preview) or moment.for_editor
        return cls(moment, content_read_anew(moment.for_editor) if is_preview else content_now())

    def public_term(self, code: str) -> PolicyTerm:
        """Return the term of this code, if visitors may see it. Raises Http404."""
        terms = self.content.terms.public_at(self.moment)
        return or_404(term for term in terms if term.code == code)

    def why_closed(self, deadline: Deadline | None) -> str:
        """Return why the agency, which takes applications, is closed on the day of the deadline; "" if it is not."""
        agency = self.content.desks.get(DeskRole.AGENCY)
        return agency.hours.why_closed(deadline.day) if agency and deadline else ""

    def deadline_context(self, deadline: Deadline | None) -> dict[str, Any]:
        """Return what pages say of a deadline: why the agency is closed on its day, and the next opening if that is today."""
        why_closed = self.why_closed(deadline)
        is_closed_today = bool(deadline and why_closed and deadline.day == self.moment.today)
        status = (
            self.content.desks[DeskRole.AGENCY].status(self.moment) if is_closed_today else None
        )
        return {
            "why_closed": why_closed,
            "is_closed_today": is_closed_today,
            "next_opening": status.changes_at if status else None,
        }

    @property
    def variables(self) -> dict[str, Any]:
        content = self.content
        notices = content.notices.public_at(self.moment)
        return {
            "moment": self.moment,
            "fragments": content.fragments,
            "texts": content.texts,
            "product": content.product,
            "desks": [desk for desk in content.desks.values() if not desk.is_for_incidents],
            "agency": content.desks.get(DeskRole.AGENCY),
            "incident_desk": content.desks.get(DeskRole.INCIDENT),
            "closing_notes": content.legal_texts[LegalTextKind.CLOSING],
            "important_notices": [notice for notice in notices if notice.important],
            "incident_page": PAGES["incident"],
            "menu": MENU,
            "footer_menu": FOOTER_MENU,
            "site_url": settings.SITE_URL,
            "term": None,  # pages of a term say which
            "request_query": "",  # what the page knows of a request to the agency
        }


def term_context(term: PolicyTerm | None, page_context: PageContext) -> dict[str, Any]:
    """Return what pages say of a term, or of there being none.

    `joining` is for an application today, where one leads into the term; `running` is the term by which members
    are covered until this one starts; `is_offered` tells that pages without a term in their URL show this one.
    """
    if term is None:
        return {"term": None, "state": None, "joining": None, "successor": None, "running": None}
    moment = page_context.moment
    terms = page_context.content.terms
    state = term.state_at(moment)
    joining = term.joining_on(moment.today, moment) if state.takes_applications else None
    return {
        "term": term,
        "state": state,
        "is_offered": term == terms.offered_at(moment),
        "joining": joining,
        **page_context.deadline_context(joining.deadline if joining else None),
        "successor": terms.after(term, moment),
        "running": terms.running_at(moment) if state.has_not_started else None,
    }


def to_html(template: str, context: dict[str, Any]) -> str:
    """Return the template as HTML without indentation, which is a tenth of it, with the phrases of headings marked.

    A line that ends or begins in Japanese is joined to its neighbour.
    """
    lines = render_to_string(template, context).split("\n")
    html = "\n".join([line.strip(" \t") for line in lines])
    return mark_headings(JAPANESE_BREAK.sub("", EMPTY_LINES.sub("\n", html)))


def render_page(
    page_context: PageContext,
    name: str,
    *,
    template: str | None = None,
    child: SiteMapEntry | None = None,
    slots: str = "",
    canonical: str | None = None,
    data: structured_data.Data | None = None,
    status: int = 200,
    is_answer: bool = False,
    **context: Any,
) -> HttpResponse:
    """Return the page of this URL name, or a page under it (`child`), as a response.

    `slots` begins the names of the slots of its title and description, where that is not the name of the page.
    `canonical` is the path of the page that says the same, where that is a different one; `data` is the
    structured data beside the breadcrumb. The answer to a question of a visitor has no breadcrumb (`is_answer`):
    the page without the question has it. Rendered without a request, so that nothing of a visitor gets in.
    """
    page = PAGES[name]
    path = child.path if child else page.path
    trail = [*page.trail, child] if child else page.trail
    graph = [structured_data.breadcrumb(trail)] if trail and not is_answer else []
    variables = page_context.variables | context
    texts = page_context.content.texts
    html = to_html(
        template or f"{page.path}index.html".lstrip("/"),
        {
            "title": texts.plain_if_any(f"{slots or name}-title", variables) or page.label,
            "description": texts.plain_if_any(f"{slots or name}-description", variables),
            "page": page,
            "section": PAGES[page.parent] if page.parent and not page.in_menu else page,
            "here": None if child else page,
            "trail": trail,
            "canonical": settings.SITE_URL + (canonical or path),
            "structured_data": structured_data.document([*graph, data] if data else graph),
            **variables,
        },
    )
    return HttpResponse(html, status=status)
