"""The frame that every public page stands in: product, contact desks, closing notes, address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string

from contacts.models import Desk, DeskRole
from jnxcyber.pages import structured_data
from jnxcyber.pages.site_map import FOOTER_MENU, MENU, PAGES, Entry
from jnxcyber.publishing.moment import Moment
from products.joining import Deadline
from products.models import LegalText, LegalTextKind, Notice, PolicyTerm, Product, TermState

INDENTATION = re.compile(r"[ \t]*\n[ \t\n]*")
# A browser shows a line break as a space, which has no place beside a Japanese character.
JAPANESE_BREAK = re.compile(r"(?<=[^\x00-\xff])\n|\n(?=[^\x00-\xff])")


@dataclass(frozen=True)
class Frame:
    """What every public page shows of the content."""

    moment: Moment
    product: Product
    desks: dict[str, Desk]
    closing_notes: list[LegalText]
    important_notices: list[Notice]

    @classmethod
    def at(cls, moment: Moment) -> Frame:
        """The frame of a page at the moment, in seven queries."""
        return cls(
            moment=moment,
            product=Product.objects.select_related("insurer").get(),
            desks=Desk.objects.by_role(),
            closing_notes=list(LegalText.objects.filter(kind=LegalTextKind.CLOSING)),
            important_notices=list(Notice.objects.public_at(moment).filter(important=True)),
        )

    def why_closed(self, deadline: Deadline | None) -> str:
        """Why the agency, which takes applications, is closed on the day of the deadline; "" if not."""
        agency = self.desks.get(DeskRole.AGENCY)
        return agency.hours.why_closed(deadline.day) if agency and deadline else ""

    @property
    def context(self) -> dict[str, Any]:
        return {
            "moment": self.moment,
            "product": self.product,
            "desks": [desk for role, desk in self.desks.items() if role != DeskRole.INCIDENT],
            "agency": self.desks.get(DeskRole.AGENCY),
            "incident_desk": self.desks.get(DeskRole.INCIDENT),
            "closing_notes": self.closing_notes,
            "important_notices": self.important_notices,
            "incident_page": PAGES["incident"],
            "menu": MENU,
            "footer_menu": FOOTER_MENU,
            "site_url": settings.SITE_URL,
        }


def term_context(term: PolicyTerm | None, frame: Frame) -> dict[str, Any]:
    """What pages say of a term, or of there being none. `joining` is for an application today, where
    one leads into the term."""
    if term is None:
        return {"term": None, "state": None, "joining": None, "successor": None}
    moment = frame.moment
    state = term.state_at(moment)
    takes_applications = state in (TermState.BEFORE, TermState.OPEN)
    joining = term.joining_on(moment.today, moment) if takes_applications else None
    return {
        "term": term,
        "state": state,
        "joining": joining,
        "why_closed": frame.why_closed(joining.deadline) if joining else "",
        "successor": PolicyTerm.objects.after(term, moment),
    }


def to_html(template: str, context: dict[str, Any]) -> str:
    """The template as HTML, without the indentation: a tenth of what is sent. A line of a template
    that ends or begins in Japanese is joined to its neighbour."""
    return JAPANESE_BREAK.sub("", INDENTATION.sub("\n", render_to_string(template, context)))


def render_page(
    frame: Frame,
    name: str,
    *,
    template: str | None = None,
    child: Entry | None = None,
    canonical: str | None = None,
    data: structured_data.Data | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """The page of this URL name, or one that stands under it (`child`), as an answer.

    `canonical` is the path of the page that says the same, where that is another one; `data` is
    what the page tells search engines beside its breadcrumb. Rendered without a request, so that
    nothing of a visitor can get in.
    """
    page = PAGES[name]
    path = child.path if child else page.path
    trail = [*page.trail, child] if child else page.trail
    graph = [structured_data.breadcrumb(trail)] if trail else []
    html = to_html(
        template or f"{page.path}index.html".lstrip("/"),
        {
            **frame.context,
            "page": page,
            "section": PAGES[page.parent] if page.parent and not page.in_menu else page,
            "trail": trail,
            "canonical": settings.SITE_URL + (canonical or path),
            "structured_data": structured_data.document([*graph, data] if data else graph),
            **context,
        },
    )
    return HttpResponse(html, status=status)
