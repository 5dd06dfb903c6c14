"""Two terms side by side: every page offers the term that an application made now leads into, and no other."""

import re

import pytest

from products.models import Document, PolicyTerm
from products.rollover import prepare_next
from tests.html import Page, squeezed
from tests.moments import clock_at, tokyo
from tests.pages.page_paths import FILE_PATHS, PAGE_PATHS

# Each page shows the state of a term and prices of terms, named by the year in which they start.
MOMENTS = {
    "before": "2025-03-10T10:00",
    "open": "2025-10-03T10:00",
    "succeeded": "2026-02-10T10:00",  # open, and the next term is public
    "recruiting": "2026-03-10T10:00",  # an application leads to the start of the next term
    "just before": "2026-03-25T10:00",  # only the agency knows whether it still does
    "next": "2026-04-01T16:00",
    "ended": "2027-04-01T16:00",  # with no successor
}
TABLE = """
                      before         open             succeeded        recruiting     just before    next             ended
/                     開始前:2025    加入受付中:2025  加入受付中:2025  開始前:2026    開始前:2026    加入受付中:2026  保険期間満了:-
/insurance/           開始前:2025    加入受付中:2025  加入受付中:2025  開始前:2026    開始前:2026    加入受付中:2026  保険期間満了:2026
/insurance/premiums/  開始前:2025    加入受付中:2025  加入受付中:2025  開始前:2026    開始前:2026    加入受付中:2026  保険期間満了:2026
/insurance/join/      -:-            -:-              -:-              -:-            -:-            -:-              -:-
/insurance/summary/   開始前:-       加入受付中:-     加入受付中:-     開始前:-       開始前:-       加入受付中:-     保険期間満了:-
?no=1                 -:2025         -:2025           -:2025           -:2026         -:2026         -:2026           -:2026
?turnover=            開始前:2025    加入受付中:2025  加入受付中:2025  開始前:2026    開始前:2026    加入受付中:2026  保険期間満了:2026
terms/2025/           開始前:2025    加入受付中:2025  加入受付中:2025  今期の受付終了:2025  今期の受付終了:2025  保険期間満了:2025  保険期間満了:2025
terms/2026/           404            404              開始前:2026      開始前:2026    開始前:2026    加入受付中:2026  保険期間満了:2026
"""
LONG = {
    "?no=1": "/insurance/summary/?no=1",
    "?turnover=": "/insurance/premiums/?turnover=1000000000&profit=no",
    "terms/2025/": "/insurance/terms/2025/",
    "terms/2026/": "/insurance/terms/2026/",
}
HEAD, *ROWS = TABLE.strip("\n").split("\n")
CELLS = {
    (LONG.get(path, path), at): cell
    for path, *cells in (re.split(r"\s{2,}", row) for row in ROWS)
    for at, cell in zip(MOMENTS.values(), cells, strict=True)
}


@pytest.fixture
def two_terms(db) -> None:
    """Make a second term public, with figures that no other term has."""
    PolicyTerm.objects.update(public_from=tokyo("2025-02-01T00:00"))
    with clock_at(MOMENTS["open"]):
        following = prepare_next(PolicyTerm.objects.get())
    PolicyTerm.objects.filter(pk=following.pk).update(public_from=tokyo("2026-02-01T00:00"))
    for row in following.premium_rows.all():
        row.annual_low += 10
        row.annual_high += 10
        row.save()


def terms_priced_on(text: str) -> set[str]:
    """Return the years of the terms of which a figure stands in the text."""
    return {
        term.code
        for term in PolicyTerm.objects.all()
        for row in term.premium_rows.all()
        if f"{row.annual_low:,}円" in text or f"{row.annual_high:,}円" in text
    }


def period_of(term: PolicyTerm) -> str:
    year = int(term.code)
    return f"{year}年4月1日(午後4時)〜{year + 1}年4月1日(午後4時)"


@pytest.mark.parametrize(("path", "at"), CELLS, ids=lambda value: value)
def test_each_page_offers_one_term(client, set_clock, two_terms, path, at):
    set_clock(at)
    response = client.get(path, secure=True)
    if response.status_code == 404:
        assert CELLS[path, at] == "404"
        return
    page = Page(response)
    label = "".join(page.texts("main .term-label .term-state")) or "-"
    prices = "".join(sorted(terms_priced_on(page.main))) or "-"
    assert f"{label}:{prices}" == CELLS[path, at]


@pytest.mark.parametrize("at", MOMENTS.values(), ids=MOMENTS)
def test_a_page_with_a_price_names_its_term_and_no_other_page_or_file_has_one(visit, two_terms, at):
    for path in dict.fromkeys((*PAGE_PATHS, *(path for path, _ in CELLS))):
        if CELLS.get((path, at)) != "404":
            page = visit(path, at=at)
            priced = terms_priced_on(squeezed(page.html))
            assert not priced or (path, at) in CELLS
            for term in PolicyTerm.objects.filter(code__in=priced):
                assert period_of(term) in page.main, path
    for path in FILE_PATHS:
        assert not terms_priced_on(squeezed(visit(path, at=at).html)), path


def test_documents_of_members_stand_apart_while_the_next_term_is_offered(visit, two_terms):
    terms = {term.code: term for term in PolicyTerm.objects.all()}
    for code, title in (("2025", "今期のパンフレット"), ("2026", "次期のパンフレット")):
        Document.objects.create(
            code=f"pamphlet-{code}", title=title, kind="pamphlet", term=terms[code],
            url="https://example.jp/", public_from=tokyo("2025-02-01T00:00"),
        )  # fmt: skip
    page = visit("/documents/", at=MOMENTS["open"])
    assert "今期の" in page.main
    assert "次期の" not in page.main
    page = visit("/documents/", at=MOMENTS["recruiting"])
    assert "次期のパンフレット" in page.one("section[aria-label]").text_content()
    (members,) = page.all("section[aria-labelledby=of-members]")
    assert "今期のパンフレット" in members.text_content()
    assert "保険期間:2025年4月1日(午後4時)〜2026年4月1日(午後4時)" in members.text_content()


def test_during_an_incident_members_read_of_the_term_that_runs(visit, two_terms):
    function = PolicyTerm.objects.get(code="2026").support_functions.first()
    function.title = "次期の機能"
    function.save()
    assert "次期の機能" not in visit("/incident/", at=MOMENTS["recruiting"]).main
    assert "次期の機能" in visit("/incident/", at=MOMENTS["next"]).main
