"""Two terms side by side: every page offers the term that an application made now leads into, and no other."""

import re
from collections.abc import Callable

import pytest
from django.db.models import F, Value
from django.db.models.functions import Concat

from products.models import Document, PolicyTerm
from products.rollover import prepare_next
from tests.html import Page, squeezed
from tests.moments import clock_at, tokyo
from tests.pages.page_paths import FILE_PATHS, PAGE_PATHS

# State of the site: when, and whether the second term is public then.
STATES = {
    "before": ("2025-03-10T10:00", False),
    "open": ("2025-10-03T10:00", False),
    "succeeded": ("2026-02-10T10:00", True),  # open, and the next term is public
    "closed": ("2026-03-10T10:00", False),  # takes no more applications; no next term is public
    "recruiting": ("2026-03-10T10:00", True),  # an application leads to the start of the next term
    "just before": ("2026-03-25T10:00", True),  # only the agency knows whether it still does
    "next": ("2026-04-01T16:00", True),
    "ended": ("2027-04-01T16:00", True),  # with no successor
}
# Of each page: the state that stands beside the term; the terms of which it shows prices; those that it names by
# their period, or by a document or a support function of theirs. 25 is the term that starts in 2025.
TABLE = """
                      before        open              succeeded            closed                recruiting               just before              next                   ended
/                     開始前:25:25  加入受付中:25:25  加入受付中:25:25,26  今期の受付終了:25:25  開始前:26:25,26          開始前:26:25,26          加入受付中:26:26       保険期間満了:-:26
/insurance/           開始前:25:25  加入受付中:25:25  加入受付中:25:25,26  今期の受付終了:25:25  開始前:26:25,26          開始前:26:25,26          加入受付中:26:26       保険期間満了:26:26
/insurance/join/      25            25                25                   25                    26                       26                       26                     26
/insurance/premiums/  開始前:25:25  加入受付中:25:25  加入受付中:25:25,26  今期の受付終了:25:25  開始前:26:25,26          開始前:26:25,26          加入受付中:26:26       保険期間満了:26:26
/insurance/summary/   開始前:-:25   加入受付中:-:25   加入受付中:-:25,26   今期の受付終了:-:25   開始前:-:25,26           開始前:-:25,26           加入受付中:-:26        保険期間満了:-:26
/insurance/request/   -             -                 -                    -                     -                        -                        -                      -
/support-desk/        25            25                25                   25                    25                       25                       26                     26
/incident/            25            25                25                   25                    25                       25                       26                     26
/security-services/   -             -                 -                    -                     -                        -                        -                      -
/documents/           25            25                25                   25                    25,26                    25,26                    26                     26
/faq/                 25            25                25                   25                    26                       26                       26                     -
/news/                -             -                 -                    -                     -                        -                        -                      -
/contact/             -             -                 -                    -                     -                        -                        -                      -
/company/             -             -                 -                    -                     -                        -                        -                      -
/privacy/             -             -                 -                    -                     -                        -                        -                      -
/accessibility/       -             -                 -                    -                     -                        -                        -                      -
/site-map/            -             -                 -                    -                     -                        -                        -                      -
?no=1                 -:25:25       -:25:25           -:25:25              -:25:25               -:26:26                  -:26:26                  -:26:26                -:26:26
?turnover=            開始前:25:25  加入受付中:25:25  加入受付中:25:25,26  今期の受付終了:25:25  開始前:26:25,26          開始前:26:25,26          加入受付中:26:26       保険期間満了:26:26
terms/2025/           開始前:25:25  加入受付中:25:25  加入受付中:25:25,26  今期の受付終了:25:25  今期の受付終了:25:25,26  今期の受付終了:25:25,26  保険期間満了:25:25,26  保険期間満了:25:25,26
terms/2026/           404           404               開始前:26:25,26      404                   開始前:26:25,26          開始前:26:25,26          加入受付中:26:26       保険期間満了:26:26
"""
LONG = {
    "?no=1": "/insurance/summary/?no=1",
    "?turnover=": "/insurance/premiums/?turnover=1000000000&profit=no",
    "terms/2025/": "/insurance/terms/2025/",
    "terms/2026/": "/insurance/terms/2026/",
}
MARK = "{}年度の"  # begins the title of a document and of a support function of each term
HEAD, *ROWS = TABLE.strip("\n").split("\n")
CELLS = {
    (LONG.get(path, path), state): cell
    for path, *cells in (re.split(r"\s{2,}", row) for row in ROWS)
    for state, cell in zip(STATES, cells, strict=True)
}


@pytest.fixture
def two_terms(db) -> None:
    """Make a second term public on 2026-02-01, with figures, documents and functions that no other term has."""
    PolicyTerm.objects.update(public_from=tokyo("2025-02-01T00:00"))
    with clock_at(STATES["open"][0]):
        following = prepare_next(PolicyTerm.objects.get())
    PolicyTerm.objects.filter(pk=following.pk).update(public_from=tokyo("2026-02-01T00:00"))
    for row in following.premium_rows.all():
        row.annual_low += 10
        row.annual_high += 10
        row.save()
    for term in PolicyTerm.objects.all():
        mark = MARK.format(term.code)
        Document.objects.create(
            code=f"pamphlet-{term.code}", title=f"{mark}パンフレット", kind="pamphlet", term=term,
            url="https://example.jp/", public_from=tokyo("2025-02-01T00:00"),
        )  # fmt: skip
        term.support_functions.update(title=Concat(Value(mark), F("title")))


@pytest.fixture
def put_into(set_clock, two_terms) -> Callable[[str], None]:
    """Return a function that puts the site into one of the states."""

    def put(state: str) -> None:
        at, is_succeeded = STATES[state]
        if not is_succeeded:
            PolicyTerm.objects.filter(code="2026").update(public_from=None)
        set_clock(at)

    return put


def terms_priced_on(text: str) -> set[str]:
    """Return the years of the terms of which a figure stands in the text."""
    return {
        term.code
        for term in PolicyTerm.objects.all()
        for row in term.premium_rows.all()
        if f"{row.annual_low:,}円" in text or f"{row.annual_high:,}円" in text
    }


def terms_named_on(text: str) -> set[str]:
    return {
        term.code
        for term in PolicyTerm.objects.all()
        if period_of(term) in text or MARK.format(term.code) in text
    }


def period_of(term: PolicyTerm) -> str:
    year = int(term.code)
    return f"{year}年4月1日(午後4時)〜{year + 1}年4月1日(午後4時)"


def years(codes: set[str]) -> str:
    return ",".join(sorted(code[2:] for code in codes)) or "-"


@pytest.mark.parametrize(("path", "state"), CELLS, ids=lambda value: value)
def test_each_page_offers_one_term(client, put_into, path, state):
    put_into(state)
    response = client.get(path, secure=True)
    if response.status_code == 404:
        assert CELLS[path, state] == "404"
        return
    page = Page(response)
    label = "".join(page.texts("main .term-label .term-state")) or "-"
    found = f"{label}:{years(terms_priced_on(page.main))}:{years(terms_named_on(page.main))}"
    assert found.replace("-:-:", "") == CELLS[path, state]


def test_the_table_has_every_page():
    assert {path for path, _ in CELLS} == {*PAGE_PATHS, *LONG.values()}


@pytest.mark.parametrize("state", STATES)
def test_no_price_stands_without_its_term(client, put_into, state):
    put_into(state)
    for path in [path for path, each in CELLS if each == state and CELLS[path, each] != "404"]:
        text = Page(client.get(path, secure=True)).main
        for code in terms_priced_on(text):
            assert period_of(PolicyTerm.objects.get(code=code)) in text, path
    for path in FILE_PATHS:
        assert not terms_priced_on(squeezed(client.get(path, secure=True).content.decode())), path


def test_documents_of_members_stand_apart_while_the_next_term_is_offered(visit, two_terms):
    page = visit("/documents/", at=STATES["recruiting"][0])
    assert "2026年度のパンフレット" in page.one("section[aria-label]").text_content()
    (members,) = page.all("section[aria-labelledby=of-members]")
    assert "2025年度のパンフレット" in members.text_content()
    assert "保険期間:2025年4月1日(午後4時)〜2026年4月1日(午後4時)" in members.text_content()
