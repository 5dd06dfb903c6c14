"""The sentences that pages make of days, hours and moments, for the forms in which these are typed."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.html import strip_tags

from contacts.models import ClosedDay, Desk
from core.moment import Moment
from core.templatetags.japanese import day
from editing.visitor_sentences import Sentence
from pages.texts.reading import Texts
from products.joining import start_deadline
from products.models import Document, Notice, PolicyTerm

PERIOD = ("starts_at", "ends_at")
RECRUITING = ("starts_at", "recruiting_from", "recruiting_until")
RULE = ("joining_deadline_day", "joining_start_day", "joining_start_time")
BEFORE_THE_START = "保険期間が始まるまで"


def _words(template: str, **variables: Any) -> str:
    """Return the words of a part of a page, without HTML."""
    return " ".join(strip_tags(render_to_string(template, variables)).split())


def _period(term: PolicyTerm, moment: Moment, texts: Texts) -> str:
    return texts.plain("label-period", {"term": term}) if term.starts_at and term.ends_at else ""


def _starts_later(term: PolicyTerm, moment: Moment) -> bool:
    return bool(term.starts_at and moment.at < term.starts_at)


def _recruiting(term: PolicyTerm, moment: Moment, texts: Texts) -> str:
    if not (_starts_later(term, moment) and term.ends_at and term.recruiting_in_words):
        return ""
    return texts.plain("label-recruiting", {"term": term})


def _last_day_for_the_start(term: PolicyTerm, moment: Moment, texts: Texts) -> str:
    if not (_starts_later(term, moment) and term.ends_at):
        return ""
    deadline = start_deadline(term.starts_at, term.joining_rule, term.recruiting)
    return texts.plain("home-start-deadline", {"term": term, "deadline": deadline})


def _by_the_rule(term: PolicyTerm, moment: Moment, texts: Texts) -> str:
    is_shown = _starts_later(term, moment) and term.ends_at and not term.recruiting_until
    return texts.plain("join-start-by-rule", {"term": term}) if is_shown else ""


def _mid_term(term: PolicyTerm, moment: Moment, texts: Texts) -> str:
    is_complete = term.starts_at and term.ends_at
    return texts.plain("label-mid-term", {"term": term}) if is_complete else ""


def _application_today(term: PolicyTerm, moment: Moment, texts: Texts) -> str:
    if not (term.starts_at and term.ends_at):
        return ""
    joining = term.joining_on(moment.today, moment)
    if not joining.start:
        return ""
    return _words("insurance/_deadline_and_start.html", term=term, joining=joining)


def _approval(term: PolicyTerm, moment: Moment, texts: Texts) -> str:
    return _words("_approval.html", term=term) if term.approved_on else ""


def _date_of_notice(notice: Notice, moment: Moment, texts: Texts) -> str:
    return strip_tags(day(notice.public_from)) if notice.public_from else ""


def _after_the_end(notice: Notice, moment: Moment, texts: Texts) -> str:
    is_complete = notice.public_from and notice.public_until
    return texts.plain("news-item-ended", {"notice": notice}) if is_complete else ""


def _issued_on(document: Document, moment: Moment, texts: Texts) -> str:
    return _words("documents/_day.html", document=document) if document.issued_on else ""


def _published_on(document: Document, moment: Moment, texts: Texts) -> str:
    is_shown = document.public_from and not document.issued_on
    return _words("documents/_day.html", document=document) if is_shown else ""


def _closed_days(closed: ClosedDay, moment: Moment, texts: Texts) -> str:
    is_told = closed.date and not closed.desk.always_open
    return texts.plain("desk-closed-days", {"closed": closed}) if is_told else ""


def _hours(desk: Desk, moment: Moment, texts: Texts) -> str:
    return desk.hours.in_words


def _usual_closed_days(desk: Desk, moment: Moment, texts: Texts) -> str:
    return desk.hours.closed_days_in_words


SENTENCES = {
    PolicyTerm: (
        Sentence("starts_at", PERIOD, _period),
        Sentence("ends_at", PERIOD, _period),
        Sentence("recruiting_from", RECRUITING, _recruiting, BEFORE_THE_START),
        *(
            Sentence("recruiting_until", (*RECRUITING, *RULE), make, BEFORE_THE_START)
            for make in (_last_day_for_the_start, _by_the_rule)
        ),
        Sentence("joining_deadline_day", (*PERIOD, *RULE), _mid_term),
        Sentence(
            "joining_deadline_day",
            (*PERIOD, *RECRUITING, *RULE),
            _application_today,
            "本日申し込む場合",
        ),
        Sentence("approved_on", ("approval_number", "approved_on"), _approval),
    ),
    Notice: (
        Sentence("public_from", ("public_from",), _date_of_notice),
        Sentence("public_until", ("public_from", "public_until"), _after_the_end, "公開終了の後"),
    ),
    Document: (
        Sentence("issued_on", ("issued_on",), _issued_on),
        Sentence("public_from", ("issued_on", "file", "public_from"), _published_on),
    ),
    ClosedDay: (Sentence("date", ("date", "last_day", "reason"), _closed_days),),
    Desk: (
        Sentence("opens_at", ("opens_at", "closes_at"), _hours),
        Sentence("year_end_first_day", ("opens_at",), _usual_closed_days),
    ),
}
