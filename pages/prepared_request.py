"""The prepared request to the agency: a text to copy, mail or print, with what the visitor has chosen so far.

The page never asks who the visitor is: company and name are blank lines, so that no personal data reaches the site.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpResponse

from contacts.models import DeskRole
from core.clock import TOKYO
from core.japanese import day, day_and_hour, weekday, yen_in_units
from core.moment import Moment
from editing.edit_marks import without_marks
from pages.page_context import PageContext, render_page
from pages.texts.reading import Texts
from products.forms import PROFIT_CHOICES, REQUESTS, RequestForm
from products.models import CoverageKind, LegalTextKind, PolicyTerm
from products.models.choices import COVER_NAMES

LINE_END = "\r\n"  # of the body in a mailto URL (RFC 6068)


@dataclass(frozen=True)
class Wish:
    """The choices of the visitor as the text says them; "" leaves a blank to fill in."""

    turnover: str
    profit: str
    deadline: str
    start: str


def prepared_request(moment: Moment, query: dict[str, str]) -> HttpResponse:
    """Show the text of a request: for a quote, for documents, or with a question before a deadline."""
    page_context = PageContext.at(moment)
    term = page_context.content.terms.offered_at(moment)
    profit_name = (term.cover_names if term else COVER_NAMES)[CoverageKind.PROFIT]
    form = RequestForm(query, profit_name=profit_name, names=_names(page_context.content.texts))
    is_valid = form.is_valid()
    return render_page(
        page_context,
        "request",
        status=200 if is_valid else 400,
        is_answer=bool(query),
        form=form.filled_in() if is_valid else form,
        term=term,
        privacy=page_context.content.legal_texts[LegalTextKind.PRIVACY],
        **(_memo(form, page_context) if is_valid else {"memo": [], "mail": ""}),
    )


def _names(texts: Texts) -> dict[str, str]:
    """Return the words of the form."""
    slots = {"about": "request-about", "undecided": "request-undecided"}
    slots |= {value: f"request-about-{value}" for value in REQUESTS}
    return {name: without_marks(texts.plain(slot, {})) for name, slot in slots.items()}


def request_query(**facts: object) -> str:
    """Return the query string of the page for these facts; without those that are empty."""
    return "?" + urlencode({name: fact for name, fact in facts.items() if fact})


def _memo(form: RequestForm, page_context: PageContext) -> dict[str, Any]:
    """Return the lines of the text, and the URL of a mail with it; "" while the agency takes no mail."""
    texts = page_context.content.texts
    asked = {"wish": _wish(form, page_context)}
    text = texts.plain(f"request-{form.about_what}", asked)
    subject = without_marks(texts.plain(f"request-{form.about_what}-subject", asked))
    body = without_marks(text).replace("\n", LINE_END) + LINE_END
    mailbox = page_context.content.desks[DeskRole.AGENCY].email
    mail = f"mailto:{without_marks(mailbox)}?subject={quote(subject)}&body={quote(body)}"
    return {"memo": text.split("\n"), "mail": mail if mailbox else ""}


def _wish(form: RequestForm, page_context: PageContext) -> Wish:
    asked = form.cleaned_data
    chosen = dict(PROFIT_CHOICES).get(asked["profit"], "")
    term = _term_of_application(form, page_context)
    joining = term.joining_on(asked["on"], page_context.moment) if term else None
    deadline = joining.deadline if joining and joining.start else None
    return Wish(
        turnover=yen_in_units(asked["turnover"]) if asked["turnover"] else "",
        profit=f"{form.profit_name}の補償{chosen}" if chosen else "",
        deadline=f"{day(deadline.day)}({weekday(deadline.day)})" if deadline else "",
        start=day_and_hour(deadline.start.astimezone(TOKYO)) if deadline else "",
    )


def _term_of_application(form: RequestForm, page_context: PageContext) -> PolicyTerm | None:
    """Return the term that an application on the chosen day leads into; None without a day, or after it."""
    on, moment = form.cleaned_data["on"], page_context.moment
    if on is None or on < moment.today:
        return None
    return page_context.content.terms.for_application(on, moment)
