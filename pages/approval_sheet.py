"""The sheet for the approval within the visitor's company."""

from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.http import Http404, HttpResponse

from core.moment import Moment
from pages.answers import DEADLINE_HOUR, Query, joining_context
from pages.page_context import PageContext, render_page, term_context
from pages.site_map import PAGES
from products.forms import SheetForm
from products.models import PolicyTerm
from products.premiums import examples_around, place_turnover


def summary(moment: Moment, query: Query) -> HttpResponse:
    """Show what the person who decides must know: on one sheet of paper unless the texts are long."""
    page_context = PageContext.at(moment)
    day = SheetForm(query, is_asked=False).day_or(moment.today)
    term = page_context.content.terms.for_application(day, moment)
    form = SheetForm(_with_turnover(query, term), is_asked=not {"turnover", "no"}.isdisjoint(query))
    turnover = form.asked_turnover
    return render_page(
        page_context,
        "summary",
        status=200 if form.is_valid() else 400,
        is_answer=bool(query),
        form=form.filled_in(day) if form.is_valid() else form,
        issued_on=moment.today,
        support_desk=page_context.content.support_desk,
        **term_context(term, page_context)
        | joining_context(day, term, page_context)
        | {"questions": [*(term.open_gaps if term else ()), DEADLINE_HOUR]}
        | _premiums(term, turnover)
        | {"turnover": turnover, "own_url": _own_url(turnover, day)},
    )


def _with_turnover(query: Query, term: PolicyTerm | None) -> Query:
    """Return the query with the turnover of the row that a former URL names by its number (`no`)."""
    if "no" not in query or "turnover" in query:
        return query
    rows = {str(row.number): row for row in term.premium_rows.all()} if term else {}
    row = rows.get(query["no"])
    return query | {"turnover": str(row.turnover) if row else ""}


def _premiums(term: PolicyTerm | None, turnover: int | None) -> dict[str, Any]:
    """Return where the turnover lies, and the published rows to show for it; none without a turnover."""
    rows = list(term.premium_rows.all()) if term else []
    if not (rows and turnover):
        return {"placement": None, "examples": []}
    placement = place_turnover(turnover, (row.turnover for row in rows))
    return {"placement": placement, "examples": examples_around(rows, placement)}


def qr_code(moment: Moment, query: Query) -> HttpResponse:
    """Send the QR code of the sheet's URL, for readers of the printed sheet. Raises Http404 where no sheet is."""
    form = SheetForm(query, is_asked=True)
    day = form.cleaned_data.get("on") if form.is_valid() else None
    if day is None:
        raise Http404
    url = _own_url(form.asked_turnover, day)
    svg = BytesIO()
    segno.make(url, micro=False).save(svg, kind="svg", xmldecl=False, omitsize=True)
    return HttpResponse(svg.getvalue(), content_type="image/svg+xml")


def _own_url(turnover: int | None, day: date) -> str:
    query = urlencode({"turnover": turnover, "on": day})
    return f"{settings.SITE_URL}{PAGES['summary'].path}?{query}"
