"""Each page in each state of the policy term: it says where the term stands, and prices are shown
only as long as they can still matter."""

import pytest

from core.clock import parse_site_clock
from products.models import PolicyTerm
from tests.factories import make_term
from tests.html import Page
from tests.pages.page_paths import PAGE_PATHS, TERM_PATH

BEFORE, OPEN = "2025-04-01T15:59", "2025-04-01T16:00"
INTAKE_OVER, ENDED = "2026-02-21T00:00", "2026-04-01T16:00"
UNKNOWN = "2025-01-31T23:59"  # no term is public yet
ENDED_LABEL = "この内容は終了した保険期間のものです。"
PRICE = "140,230円〜305,380円"
AGENCY = "取扱代理店へお問い合わせください。"


@pytest.fixture
def successor(db) -> PolicyTerm:
    term = make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from="2026-02-01T00:00")
    term.premium_rows.create(
        number=1, turnover=10**9, liability_limit=10**9, expense_limit=10**8,
        annual_low=150_000, annual_high=310_000, monthly_low=12_500, monthly_high=25_830,
    )  # fmt: skip
    return term


def state(page: Page) -> list[str]:
    return page.texts("main .term-state")


@pytest.mark.parametrize("path", ["/", "/insurance/", TERM_PATH])
@pytest.mark.parametrize(
    ("at", "label"),
    [
        (BEFORE, "開始前"),
        (OPEN, "加入受付中"),
        ("2026-02-20T23:59", "加入受付中"),
        (INTAKE_OVER, "今期の受付終了"),
        ("2026-04-01T15:59", "今期の受付終了"),
        (ENDED, "保険期間満了"),
    ],
)
def test_the_pages_about_the_term_say_its_state(visit, path, at, label):
    page = visit(path, at=at)
    assert state(page) == [label]
    assert "保険期間:2025年4月1日(午後4時)〜2026年4月1日(午後4時)" in page.main
    assert (ENDED_LABEL in page.main) == (at == ENDED)


@pytest.mark.parametrize("at", [BEFORE, OPEN, INTAKE_OVER])
def test_the_home_page_shows_prices_while_the_term_is_not_over(visit, at):
    assert PRICE in visit("/", at=at).main


def test_the_home_page_shows_the_agency_in_place_of_prices_once_the_term_is_over(visit):
    page = visit("/", at=ENDED)
    assert "円〜" not in page.main
    assert (
        f"次の保険期間は、まだご案内していません。保険期間、保険料、お申込みについては、{AGENCY}"
        in page.main
    )
    assert "TEL:03-5422-6351" in page.main


def test_the_insurance_page_shows_the_ended_term_in_full(visit):
    page = visit("/insurance/", at=ENDED)
    for content in (
        PRICE,
        "第三者に対する賠償責任",
        "GDPR支援機能",
        "スケールメリットを享受できない",
    ):
        assert content in page.main
    assert AGENCY in page.main


def test_before_the_term_the_pages_say_when_it_starts(visit):
    assert "2025年4月1日(午後4時)開始" in visit("/", at=BEFORE).main


def test_after_the_last_useful_deadline_the_home_page_says_so_and_names_the_agency(visit):
    page = visit("/", at=INTAKE_OVER)
    assert "この保険期間の中途加入の受付は終了しました。" in page.main
    assert f"次の保険期間については、{AGENCY}" in page.main


@pytest.mark.parametrize("path", ["/", "/insurance/"])
def test_the_term_that_is_offered_leads_to_its_published_neighbour(visit, successor, path):
    for at, neighbour in (("2026-02-10T00:00", "2026"), (INTAKE_OVER, "2025")):
        page = visit(path, at=at)
        links = [link.get("href") for link in page.all("main .term-label a")]
        assert links[-1] == f"/insurance/terms/{neighbour}/"
    assert not page.all("main .ask-agency") or path == "/insurance/"


def test_once_the_successor_is_offered_members_find_their_term_on_the_insurance_page(
    visit, successor
):
    assert not visit("/insurance/", at="2026-02-20T23:59").all("#members")
    page = visit("/insurance/", at=INTAKE_OVER)
    (section,) = page.all("section[aria-labelledby=members]")
    assert "保険期間:2025年4月1日(午後4時)〜2026年4月1日(午後4時)" in section.text_content()
    assert "この保険期間の中途加入の受付は終了しました。" in section.text_content()
    assert section.cssselect("a[href='/insurance/terms/2025/']")
    assert not visit("/insurance/", at=ENDED).all("#members")


@pytest.mark.parametrize("path", ["/", "/insurance/"])
def test_a_successor_that_is_not_public_yet_is_not_mentioned(visit, successor, path):
    page = visit(path, at="2026-01-31T23:59")
    assert "2027" not in page.html
    visit("/insurance/terms/2026/", at="2026-01-31T23:59", status=404)


def test_the_successor_takes_over_as_soon_as_applications_lead_into_it(visit, successor):
    assert PRICE in visit("/", at="2026-02-20T23:59").main
    assert state(visit("/", at=INTAKE_OVER)) == ["開始前"]
    page = visit("/", at=ENDED)
    assert state(page) == ["加入受付中"]
    assert PRICE not in page.html
    assert "150,000円〜310,000円" in page.main


@pytest.mark.parametrize(
    ("at", "canonical"),
    [("2026-02-20T23:59", "/insurance/terms/2026/"), (INTAKE_OVER, "/insurance/")],
)
def test_the_page_of_the_successor_says_that_it_has_not_started(visit, successor, at, canonical):
    page = visit("/insurance/terms/2026/", at=at)
    assert state(page) == ["開始前"]
    assert "150,000円〜310,000円" in page.main
    assert page.one('link[rel="canonical"]').get("href").endswith(canonical)


def test_a_past_term_keeps_its_page_labelled_as_ended(visit, successor):
    page = visit(TERM_PATH, at=ENDED)
    assert state(page) == ["保険期間満了"]
    assert ENDED_LABEL in page.main
    assert PRICE in page.main
    assert page.one('link[rel="canonical"]').get("href").endswith(TERM_PATH)
    assert page.texts(".breadcrumb li")[-1] == "保険期間2025年4月1日〜2026年4月1日"
    links = [link.get("href") for link in page.all("main .term-label a")]
    assert links == ["/insurance/terms/2026/"]
    assert not page.all("main > .ask-agency")


@pytest.mark.parametrize("path", ["/", "/insurance/"])
def test_without_any_public_term_the_pages_name_the_agency(visit, path):
    page = visit(path, at=UNKNOWN)
    assert f"保険期間、保険料、お申込みについては、{AGENCY}" in page.main
    assert "円〜" not in page.main
    assert "2025" not in page.main


@pytest.mark.parametrize("path", PAGE_PATHS)
@pytest.mark.parametrize("at", [UNKNOWN, BEFORE, OPEN, INTAKE_OVER, ENDED])
@pytest.mark.parametrize("with_successor", [False, True])
def test_every_page_answers_in_every_state(visit, path, at, with_successor, request):
    if with_successor:
        request.getfixturevalue("successor")
    page = visit(path, at=at)
    assert page.texts(".closing-notes li")


@pytest.mark.parametrize("path", PAGE_PATHS)
def test_a_pinned_clock_is_said_loudly_and_kept_out_of_search_engines(visit, settings, path):
    settings.SITE_CLOCK = parse_site_clock("2025-10-03T10:00")
    page = visit(path, at="2026-11-22T12:00")
    assert "2025年10月3日(午前10時)の時点のページ" in page.texts(".pinned-clock")[0]
    assert page.one('meta[name="robots"]').get("content") == "noindex"


def test_the_pages_are_those_of_the_pinned_clock(visit, settings):
    settings.SITE_CLOCK = parse_site_clock("2025-10-03T10:00")
    assert state(visit("/", at="2026-11-22T12:00")) == ["加入受付中"]


@pytest.mark.parametrize(
    ("at", "deadline", "start", "closed"),
    [
        ("2025-10-03T10:00", "2025年10月20日(月)", "2025年11月1日(午後4時)", ""),
        ("2025-12-20T23:59", "2025年12月20日(土)", "2026年1月1日(午後4時)", "(土曜日)"),
        ("2025-12-21T00:00", "2026年1月20日(火)", "2026年2月1日(午後4時)", ""),
        ("2026-02-20T23:59", "2026年2月20日(金)", "2026年3月1日(午後4時)", ""),
    ],
)
def test_the_home_page_names_the_next_deadline_and_what_it_leads_to(
    visit, at, deadline, start, closed
):
    (facts,) = visit("/", at=at).texts(".key-facts")
    assert f"中途加入の次の締切{deadline}補償の開始:{start}" in facts
    assert "中途加入の保険料は、取扱代理店へお問い合わせください。" in facts
    assert ("取扱代理店は休業日" in facts) == bool(closed)
    assert f"休業日{closed}です。" in facts or not closed


@pytest.mark.parametrize("at", [INTAKE_OVER, ENDED])
def test_without_a_useful_deadline_the_key_facts_are_the_agencys_telephone(visit, at):
    (facts,) = visit("/", at=at).texts(".key-facts")
    assert "TEL:03-5422-6351" in facts
    assert "締切" not in facts
