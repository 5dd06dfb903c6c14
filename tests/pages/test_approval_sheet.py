"""The sheet for the approval within the visitor's company."""

import pytest

from products.models import PolicyTerm
from products.models.terms import GAPS
from tests.factories import make_term
from tests.html import squeezed
from tests.source import LINES

pytestmark = pytest.mark.django_db
PATH = "/insurance/summary/"


def test_the_sheet_says_all_that_an_approval_needs(visit):
    page = visit(f"{PATH}?no=4&on=2025-12-10", at="2025-12-01T10:00")
    (sheet,) = page.texts(".sheet")
    for fact in (
        "作成日:2025年12月1日",
        "JNX団体サイバー保険(サイバー保険)",
        "損害保険ジャパン株式会社",
        "2025年4月1日(午後4時)〜2026年4月1日(午後4時)",
        "第三者に対する賠償責任、事故発生時の各種対応費用、喪失利益・営業継続費用(オプション)",
        squeezed(LINES[85]),
        "987,190円〜2,150,420円",
        "82,260円〜179,200円",
        "利益1億円(利益てん補期間1カ月)",
        "2025年12月10日に申し込む場合:",
        "2026年1月1日(午後4時)",
        "取扱代理店の休業日(土曜日)です",
        "加入できる方、保険金をお支払いできない場合、免責金額(自己負担額)、申込みの手続き、中途加入の保険料、",
    ):
        assert fact in sheet, fact
    assert page.texts(".sheet .notes li") == [squeezed(LINES[number]) for number in (57, 58, 59)]
    assert page.texts(".closing-notes li")
    assert "03-5422-6351" in page.texts("aside.contacts")[0]


@pytest.mark.parametrize(
    ("at", "holds"),
    [
        ("2025-12-10T23:59", True),
        ("2025-12-11T00:00", False),
        ("2026-02-25T10:00", False),
    ],
)
def test_a_sheet_says_until_when_it_holds_and_warns_once_its_day_is_over(visit, at, holds):
    page = visit(f"{PATH}?no=4&on=2025-12-10", at=at)
    (row,) = [each for each in page.texts(".facts tr") if each.startswith("補償の開始")]
    assert ("この欄は、2025年12月20日(土)までのお申込みについてのものです。" in row) == holds
    warning = "申込みの日(2025年12月10日)が過ぎています。"
    assert (warning in row) != holds
    assert not page.all(".facts .on-screen")  # it is printed too


def test_filled_gaps_stand_on_the_sheet_in_full_with_their_lines(visit):
    long = "長い文です。" * 100
    filled = {
        name: f"{heading}の一行目\n{long}ただし、最後の文です。" for name, heading in GAPS.items()
    }
    PolicyTerm.objects.update(**filled)
    page = visit(f"{PATH}?no=1")
    (sheet,) = page.texts(".sheet")
    for heading in GAPS.values():
        assert f"{heading}{heading}の一行目{long}ただし、最後の文です。" in sheet
    assert len(page.all(".sheet td br")) >= len(GAPS)


@pytest.mark.parametrize(("number", "included"), [(3, False), (4, True)])
def test_an_option_that_the_example_lacks_is_named_as_lacking(visit, number, included):
    (sheet,) = visit(f"{PATH}?no={number}").texts(".sheet")
    assert ("喪失利益・営業継続費用(オプション・この例には含まれません)" in sheet) != included


def test_without_a_choice_the_page_asks_for_one(visit):
    page = visit(PATH)
    assert not page.all(".sheet, .error-summary")
    assert len(page.all("#id_no option")) == 7


def test_a_date_alone_is_kept_for_the_choice_of_a_row(visit):
    page = visit(f"{PATH}?on=2025-12-10")
    assert not page.all(".sheet, .error-summary")
    assert page.one("#id_on").get("value") == "2025-12-10"


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ("no=", "no", "保険料の例を選んでください。"),
        ("no=7", "no", "掲載している例の中から選んでください。"),
        ("no=x&on=x", "on", "日付として読み取れません。"),
        ("no=1&on=2025-02-30", "on", "日付として読み取れません。"),
        ("on=2025-02-30", "on", "日付として読み取れません。"),
    ],
)
def test_a_choice_that_cannot_be_made_gets_a_message(visit, query, field, message):
    page = visit(f"{PATH}?{query}", status=400)
    assert message in page.texts(f"#id_{field}_error")[0]
    assert not page.all(".sheet")


def test_prices_and_joining_are_of_the_same_term(visit):
    term = make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from="2026-02-01T00:00")
    term.premium_rows.create(
        number=1, turnover=10**9, liability_limit=10**9, expense_limit=10**8,
        annual_low=150_000, annual_high=310_000, monthly_low=12_500, monthly_high=25_830,
    )  # fmt: skip
    (before,) = visit(f"{PATH}?no=1&on=2026-02-20", at="2026-02-10T00:00").texts(".sheet")
    assert "140,230円" in before
    assert "2026年3月1日(午後4時)" in before
    (after,) = visit(f"{PATH}?no=1&on=2026-02-21", at="2026-02-10T00:00").texts(".sheet")
    assert "150,000円〜310,000円" in after
    assert "2026年4月1日(午後4時)〜2027年4月1日(午後4時)" in after


def test_the_sheet_of_an_ended_term_says_so(visit):
    (sheet,) = visit(f"{PATH}?no=1", at="2026-04-01T16:00").texts(".sheet")
    assert "この内容は終了した保険期間のものです。" in sheet
    assert "保険期間は2026年4月1日(午後4時)に終了しています。" in sheet


def test_without_a_term_the_sheet_names_the_agency(visit):
    page = visit(PATH, at="2025-01-31T23:59")
    assert "取扱代理店へお問い合わせください。" in page.main
    assert not page.all("main form")
