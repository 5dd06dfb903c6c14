"""Pages that answer a question: from when, at what price, and what if it is happening right now."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse

from core.moment import Moment
from pages import calendars, structured_data
from pages.page_context import PageContext, render_page, term_context
from pages.prepared_request import request_query
from products.forms import FinderForm, JoiningForm
from products.joining import Deadline, Joining, months_and_days
from products.models import CoverageKind, PolicyTerm, PremiumRow
from products.models.choices import COVER_NAMES
from products.premiums import find_example, place_turnover

Query = dict[str, str]
DEADLINE_HOUR = "締切の時刻"  # which the source does not say


@dataclass(frozen=True)
class DeadlineLine:
    """A deadline as a table row: with the length of cover, and why the agency is closed that day."""

    deadline: Deadline
    months: int
    days: int
    why_closed: str
    is_past: bool
    counts: bool


def join(moment: Moment, query: Query) -> HttpResponse:
    """Show from when somebody is covered who applies today, or on the day asked for."""
    page_context = PageContext.at(moment)
    form = JoiningForm(query)
    day = form.day_or(moment.today)
    term = page_context.content.terms.for_application(day, moment)
    return render_page(
        page_context,
        "join",
        status=200 if form.is_valid() else 400,
        is_answer=bool(query),
        form=JoiningForm(initial={"on": day}) if form.is_valid() else form,
        calendar_url=settings.SITE_URL + reverse("calendar"),
        subscription=f"webcal://{urlsplit(settings.SITE_URL).netloc}{reverse('calendar')}",
        **term_context(term, page_context) | joining_context(day, term, page_context),
    )


def calendar(moment: Moment) -> HttpResponse:
    """Send the deadlines of all terms that have not ended, to subscribe to: it goes on into the next term."""
    page_context = PageContext.at(moment)
    terms = page_context.content.terms.public_at(moment)[::-1]
    left = [term for term in terms if moment.at < term.ends_at]
    return calendars.answer(
        page_context, [(term, deadline) for term in left for deadline in term.deadlines]
    )


def deadlines_calendar(moment: Moment, code: str) -> HttpResponse:
    """Send all deadlines of a term."""
    page_context = PageContext.at(moment)
    term = page_context.public_term(code)
    return calendars.answer(page_context, [(term, deadline) for deadline in term.deadlines])


def deadline_calendar(moment: Moment, code: str, day: str) -> HttpResponse:
    """Send one deadline of a term."""
    page_context = PageContext.at(moment)
    term = page_context.public_term(code)
    deadlines = [(term, each) for each in term.deadlines if each.day.isoformat() == day]
    if not deadlines:
        raise Http404
    return calendars.answer(page_context, deadlines)


def premiums(moment: Moment, query: Query) -> HttpResponse:
    """Show the published row of a turnover, with or without profit cover."""
    page_context = PageContext.at(moment)
    term = page_context.content.terms.offered_at(moment)
    turnovers = [row.turnover for row in _rows_of(term)]
    form = FinderForm(query or None, turnovers=turnovers, profit_name=_profit_name(term))
    return render_page(
        page_context,
        "premiums",
        status=400 if form.is_bound and not form.is_valid() else 200,
        is_answer=bool(query),
        form=form,
        **term_context(term, page_context),
        **_premium_answer(form, term),
    )


def incident(moment: Moment) -> HttpResponse:
    """Show somebody under attack who may call, the number, what it costs, what happens now."""
    page_context = PageContext.at(moment)
    term = page_context.content.terms.in_force_at(moment)
    support_desk = page_context.content.support_desk
    cases = [
        (case, [each for each in case.functions.all() if term and each.term_id == term.pk])
        for case in support_desk.cases.all()
    ]
    return render_page(
        page_context,
        "incident",
        data=structured_data.desk_service(page_context.content.desks),
        support_desk=support_desk,
        cases=cases,
        public_desks=page_context.content.public_desks,
        term=term,
    )


def joining_context(
    day: date, term: PolicyTerm | None, page_context: PageContext
) -> dict[str, Any]:
    """Return what pages say of joining on a day, or of there being no term."""
    if term is None:
        return {"term": None, "joining": None, "day": day, "lines": [], "following": []}
    joining = term.joining_on(day, page_context.moment)
    months, days = months_and_days(joining.start, term.ends_at) if joining.start else (None, None)
    today = page_context.moment.today
    lines = _deadline_lines(term, joining, page_context)
    return {
        "term": term,
        "joining": joining,
        **page_context.deadline_context(joining.deadline),
        "day": day,
        "is_today": day == today,
        "is_past": day < today,
        "lines": lines,
        "following": [line for line in lines if line.deadline in joining.following],
        "months": months,
        "days": days,
        "questions": "、".join(_open_questions(term)),
        "request_query": request_query(on=day) if joining.start and day >= today else "",
    }


def _deadline_lines(
    term: PolicyTerm, joining: Joining, page_context: PageContext
) -> list[DeadlineLine]:
    """Return all deadlines of the term, with the one of this joining marked."""
    return [
        DeadlineLine(
            deadline,
            *months_and_days(deadline.start, term.ends_at),
            why_closed=page_context.why_closed(deadline),
            is_past=deadline.day < page_context.moment.today,
            counts=deadline == joining.deadline,
        )
        for deadline in term.deadlines
    ]


def _open_questions(term: PolicyTerm) -> list[str]:
    """Return what a visitor must ask, because the content does not say it."""
    return [
        DEADLINE_HOUR,
        *(["中途加入の保険料"] if not term.part_year_premium else []),
        *(["お申込みの手続き"] if not term.how_to_apply else []),
    ]


def _rows_of(term: PolicyTerm | None) -> list[PremiumRow]:
    return list(term.premium_rows.all()) if term else []


def _profit_name(term: PolicyTerm | None) -> str:
    return term.cover_names[CoverageKind.PROFIT] if term else COVER_NAMES[CoverageKind.PROFIT]


def _premium_answer(form: FinderForm, term: PolicyTerm | None) -> dict[str, Any]:
    """Return what the page says of the turnover that was asked for; nothing without a valid question."""
    rows = _rows_of(term)
    if not (rows and form.is_valid()):
        return {"placement": None, "chosen": None}
    turnover, with_profit = form.asked_turnover, form.with_profit
    placement = place_turnover(turnover, (row.turnover for row in rows))
    return {
        "placement": placement,
        "chosen": find_example(rows, turnover, with_profit),
        "request_query": request_query(turnover=turnover, profit=form.cleaned_data["profit"]),
    }
