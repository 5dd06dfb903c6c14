"""The frame that every public page stands in: product, contact desks, closing notes, address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string

from contacts.models import Desk, DeskRole
from jnxcyber.pages import structured_data
from jnxcyber.pages.site_map import FOOTER_MENU, MENU, PAGES, Entry
from jnxcyber.publishing.moment import Moment
from products.models import LegalText, LegalTextKind, Product


@dataclass(frozen=True)
class Frame:
    """What every public page shows of the content."""

    moment: Moment
    product: Product
    desks: dict[str, Desk]
    closing_notes: list[LegalText]

    @classmethod
    def at(cls, moment: Moment) -> Frame:
        """The frame of a page at the moment, in four queries."""
        return cls(
            moment=moment,
            product=Product.objects.select_related("insurer").get(),
            desks=Desk.objects.by_role(),
            closing_notes=list(LegalText.objects.filter(kind=LegalTextKind.CLOSING)),
        )

    @property
    def context(self) -> dict[str, Any]:
        return {
            "moment": self.moment,
            "product": self.product,
            "desks": self.desks,
            "agency": self.desks.get(DeskRole.AGENCY),
            "incident_desk": self.desks.get(DeskRole.INCIDENT),
            "closing_notes": self.closing_notes,
            "menu": MENU,
            "footer_menu": FOOTER_MENU,
        }


def render_page(
    frame: Frame,
    name: str,
    *,
    template: str | None = None,
    child: Entry | None = None,
    canonical: str | None = None,
    data: structured_data.Data | None = None,
    **context: Any,
) -> HttpResponse:
    """The page of this URL name, or one that stands under it (`child`), as an answer.

    `canonical` is the path of the page that says the same, where that is another one; `data` is
    what the page tells search engines beside its breadcrumb. Rendered without a request, so that
    nothing of a visitor can get in.
    """
    page = PAGES[name]
    path = child.path if child else page.path
    trail = [entry for entry in (PAGES["home"], page, child) if entry] if name != "home" else []
    graph = [structured_data.breadcrumb(trail)] if trail else []
    html = render_to_string(
        template or f"{page.path}index.html".lstrip("/"),
        {
            **frame.context,
            "page": page,
            "trail": trail,
            "canonical": settings.SITE_URL + (canonical or path),
            "structured_data": structured_data.document([*graph, data] if data else graph),
            **context,
        },
    )
    return HttpResponse(html)
