"""「今申し込むと、いつから?」 as a visitor reads it."""

import pytest
from django.conf import settings as site
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.models import ClosedDay, Desk, DeskRole
from products.models import PolicyTerm
from tests.factories import make_term
from tests.html import Page
from tests.moments import tokyo

pytestmark = pytest.mark.django_db
PATH = "/insurance/join/"


def facts(page: Page) -> dict[str, str]:
    names, values = page.texts("main .answer dt"), page.texts("main .answer dd")
    return dict(zip(names, values, strict=True))


@pytest.mark.parametrize(
    ("at", "deadline", "start", "length", "following"),
    [
        ("2025-05-20T10:00", "2025年5月20日(火)", "2025年6月1日", "10カ月", ["2025年6月20日", "2025年7月20日"]),
        ("2025-05-20T23:59", "2025年5月20日(火)", "2025年6月1日", "10カ月", ["2025年6月20日", "2025年7月20日"]),
        ("2025-05-21T00:00", "2025年6月20日(金)", "2025年7月1日", "9カ月", ["2025年7月20日", "2025年8月20日"]),
        ("2025-12-20T10:00", "2025年12月20日(土)", "2026年1月1日", "3カ月", ["2026年1月20日", "2026年2月20日"]),
        ("2026-02-20T10:00", "2026年2月20日(金)", "2026年3月1日", "1カ月", []),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("process_zone")
def test_today_leads_to_a_deadline_a_start_and_the_two_after(
    visit, at, deadline, start, length, following
):
    page = visit(PATH, at=at)
    assert facts(page) == {
        "申込みの締切": deadline,
        "補償の開始": f"{start}(午後4時)",
        "保険期間の終了": "2026年4月1日(午後4時)",
        "補償の期間": length,
        "中途加入の保険料": "取扱代理店へお問い合わせください。",
    }
    assert page.texts("#answer")[0].startswith("本日、")
    assert page.texts("main .box ul time")[::2] == following
    assert "締切の時刻、中途加入の保険料、お申込みの手続きについては、取扱代理店へ" in page.main


@pytest.mark.parametrize(
    ("at", "text"),
    [
        ("2025-03-21T10:00", "補償がいつから始まるかは、取扱代理店へご確認ください。"),
        ("2025-03-31T10:00", "補償がいつから始まるかは、取扱代理店へご確認ください。"),
        ("2026-02-21T00:00", "この保険期間の中途加入の受付は終了しています。"),
        ("2026-04-01T15:59", "この保険期間の中途加入の受付は終了しています。"),
        ("2026-04-01T16:00", "保険期間は2026年4月1日(午後4時)に終了しています。"),
        ("2026-11-22T12:00", "保険期間は2026年4月1日(午後4時)に終了しています。"),
        ("2025-01-31T23:59", "ご案内できる保険期間が、まだありません。"),
    ],
)
@pytest.mark.usefixtures("process_zone")
def test_outside_of_joining_the_page_says_the_state_and_whom_to_ask(visit, at, text):
    page = visit(PATH, at=at)
    assert text in page.main
    assert "今後の保険期間については、取扱代理店へお問い合わせください。" in page.main
    assert "TEL:03-5422-6351" in page.main
    assert "申込みの締切" not in facts(page)


@pytest.mark.parametrize(
    ("on", "why"),
    [
        ("2025-12-20", "土曜日"),
        ("2025-07-20", "日曜日"),
        ("2025-05-20", None),
        ("2025-06-20", None),
    ],
)
def test_a_deadline_on_a_closed_day_is_warned_of(visit, on, why):
    page = visit(f"{PATH}?on={on}", at="2025-04-10T10:00")
    warnings = page.texts("main .box .caution")
    assert len(warnings) == (1 if why else 0)
    if why:
        assert f"取扱代理店の休業日({why})です" in warnings[0]


def test_holidays_and_closed_days_of_the_agency_are_warned_of(visit):
    PolicyTerm.objects.update(joining_deadline_day=11)
    assert "休業日(祝日)" in visit(f"{PATH}?on=2026-02-11").main
    ClosedDay.objects.create(desk=Desk.objects.get(role=DeskRole.AGENCY), date="2025-12-11")
    assert "休業日(臨時休業)" in visit(f"{PATH}?on=2025-12-11").main


def test_the_table_has_every_deadline_of_the_term(visit):
    page = visit(f"{PATH}?on=2025-12-10")
    rows = page.texts(".deadlines tbody tr")
    assert len(rows) == 11
    assert rows[0] == "2025年4月20日(日)締切済み2025年5月1日(午後4時)11カ月"
    assert rows[8].startswith("2025年12月20日(土)この申込みの締切")
    assert rows[8].endswith("2026年1月1日(午後4時)3カ月")
    assert "締切済み" not in "".join(rows[8:])


def test_a_public_successor_answers_when_the_term_takes_no_more(visit):
    make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from="2026-02-01T00:00")
    assert facts(visit(PATH, at="2026-02-21T00:00")) == {
        "申込みの締切": "2026年3月20日(金)",
        "補償の開始": "2026年4月1日(午後4時)(保険期間の開始)",
        "保険期間の終了": "2027年4月1日(午後4時)",
        "補償の期間": "12カ月",
    }
    assert facts(visit(PATH, at="2026-02-20T23:59"))["補償の開始"] == "2026年3月1日(午後4時)"
    assert "取扱代理店へご確認ください" in visit(PATH, at="2026-03-21T00:00").main
    assert facts(visit(PATH, at="2026-04-01T16:00"))["補償の開始"] == "2026年5月1日(午後4時)"


@pytest.mark.parametrize(
    "typed",
    [
        "20251003",
        "2025年10月3日(金)",
        "2025ー10ー03",
        "2025-10-03",
        "２０２５年１０月３日",
        "2025/10/3",
        "令和7年10月3日",
        " 2025-10-03 ",
    ],
)
def test_a_date_is_taken_as_a_person_writes_it(visit, client, typed):
    visit(PATH)
    page = Page(client.get(PATH, {"on": typed}, secure=True))
    assert page.texts("#answer") == [
        "2025年10月3日(金)に申し込む場合".replace("2025", "本日、2025")
    ]
    assert page.one("#id_on").get("value") == "2025-10-03"
    assert page.one("#id_on").get("type") == "date"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("2025-02-30", "日付として読み取れません。"),
        ("12/20", "「2025年10月3日」のように"),
        ("12月20日", "「2025年10月3日」のように"),
        ("あした", "日付として読み取れません。"),
        ("2025100", "日付として読み取れません。"),
        ("1" * 1000, "日付として読み取れません。"),
        ("<script>alert(1)</script>", "日付として読み取れません。"),
        ("2019-12-31", "2020年から2040年までの日付を入力してください。"),
        ("2041-01-01", "2020年から2040年までの日付を入力してください。"),
        ("9999-12-31", "2020年から2040年までの日付を入力してください。"),
    ],
)
def test_a_date_that_is_none_gets_a_message_and_is_kept(visit, client, typed, message):
    visit(PATH)
    response = client.get(PATH, {"on": typed}, secure=True)
    assert response.status_code == 400
    page = Page(response)
    assert message in page.texts("#id_on_error")[0]
    field = page.one("#id_on")
    assert field.get("value") == typed
    assert field.get("aria-invalid") == "true"
    assert "id_on_error" in field.get("aria-describedby")
    assert field.get("type") == "text"
    assert field.get("maxlength") == "100"
    assert [link.get("href") for link in page.all(".error-summary a")] == ["#id_on"]
    assert not page.all("main .answer")


@pytest.mark.parametrize(
    "query", ["on=", "on=%20", "", "of=2025-02-30", "ON=2025-02-30", "on=2025-02-30&on="]
)
def test_no_date_is_today(visit, query):
    assert visit(f"{PATH}?{query}").texts("#answer") == ["本日、2025年10月3日(金)に申し込む場合"]


def test_of_a_repeated_date_the_last_counts(visit):
    page = visit(f"{PATH}?on=2025-05-20&on=2025-06-20")
    assert page.texts("#answer") == ["2025年6月20日(金)に申し込む場合"]


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=30)
@given(typed=st.one_of(st.text(max_size=200), st.dates().map(str)))
def test_nothing_that_can_be_typed_breaks_a_page(client, typed):
    for path, name in (
        (PATH, "on"),
        ("/insurance/summary/", "on"),
        ("/insurance/summary/", "no"),
        ("/insurance/premiums/", "own"),
        ("/insurance/premiums/", "turnover"),
        ("/news/", "page"),
    ):
        assert client.get(path, {name: typed}, secure=True).status_code in (200, 400)


@pytest.mark.parametrize("month", range(4, 13))
def test_the_20th_on_each_weekday(visit, month):
    """The twentieths from April to December 2025 fall on all seven weekdays."""
    day = tokyo(f"2025-{month:02}-20T00:00")
    page = visit(f"{PATH}?on={day:%Y-%m-%d}", at="2025-04-10T10:00")
    assert bool(page.all("main .box .caution")) == (day.weekday() in (5, 6))


def test_a_past_day_is_named_as_past_and_leads_to_nothing(visit):
    page = visit(f"{PATH}?on=2025-05-20")
    assert "過ぎた日付です。" in page.texts("main .box .caution")[0]
    assert not page.all('main .box a[href$=".ics"], main .box a[href*="summary"]')


def test_a_day_of_an_ended_term_is_named_as_such(visit):
    page = visit(f"{PATH}?on=2025-05-20", at="2026-11-22T12:00")
    assert "この内容は終了した保険期間のものです。" in page.texts("main .box .caution")[0]
    assert not page.all('main .box a[href$=".ics"]')


@pytest.mark.parametrize(
    ("on", "text"),
    [
        ("2026-03-01", "この日のお申込みは、2026年4月1日(午後4時)に終了する保険期間の中途加入に間に合いません。"),
        ("2026-04-02", "この日は、ご案内している保険期間(2026年4月1日(午後4時)まで)の後です。"),
    ],
)  # fmt: skip
def test_a_later_day_is_not_answered_as_if_it_were_today(visit, on, text):
    page = visit(f"{PATH}?on={on}")
    assert text in page.main
    assert "終了しています" not in page.main


def test_a_deadline_is_past_by_today_and_not_by_the_day_asked_for(visit):
    rows = visit(f"{PATH}?on=2026-02-01").texts(".deadlines tbody tr")
    assert ["締切済み" in row for row in rows] == [True] * 6 + [False] * 5


def test_filled_gaps_take_the_place_of_the_question(visit):
    PolicyTerm.objects.update(
        part_year_premium="保険料の文。",
        how_to_apply="手続きの文。",
        closed_day_rule="休業日の文。" * 20,
    )
    page = visit(f"{PATH}?on=2025-12-20")
    assert "中途加入の保険料保険料の文。" in page.main
    assert "申込みの手続き手続きの文。" in page.main
    assert "休業日の文。" * 20 in page.texts("main .box .caution")[0]  # never shortened
    assert "締切の時刻については、取扱代理店へお問い合わせください。" in page.main


def test_a_following_deadline_on_a_closed_day_says_so(visit):
    assert "(締切は取扱代理店の休業日(日曜日)です)" in visit(f"{PATH}?on=2025-06-20").main


def test_the_deadlines_can_be_subscribed_to(visit):
    page = visit(PATH, at="2026-02-20T23:59")
    links = page.attributes("main .deadlines ~ ul a", "href")
    assert links == [
        "webcal://cyber.jnx.test/insurance/deadlines.ics",
        "https://cyber.jnx.test/insurance/deadlines.ics",
        "/insurance/terms/2025/deadlines.ics",
    ]
    assert links[1] in page.texts("main .deadlines ~ ul a")  # to be copied


def test_no_calendar_is_offered_once_all_deadlines_are_past(visit):
    for at in ("2026-02-21T00:00", "2026-04-01T16:00"):
        assert not visit(PATH, at=at).all("a[href$='.ics']")


def test_the_url_of_the_page_is_canonical_without_its_question(visit):
    page = visit(f"{PATH}?on=2025-05-20")
    assert page.one('link[rel="canonical"]').get("href") == site.SITE_URL + PATH
