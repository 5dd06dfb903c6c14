"""The sheet for the approval within the visitor's company."""

import re

import pytest
import segno

from products.models import PolicyTerm
from products.models.gaps import GAPS
from tests.factories import make_term
from tests.html import squeezed
from tests.source import LINES

pytestmark = pytest.mark.django_db
PATH = "/insurance/summary/"


def rows_of(page) -> dict[str, str]:
    """The rows of the sheet by their headings."""
    return dict(zip(page.texts(".facts > div > dt"), page.texts(".facts > div > dd"), strict=True))


def test_the_sheet_says_all_that_an_approval_needs(visit):
    page = visit(f"{PATH}?turnover=50億円&on=2025-12-10", at="2025-12-01T10:00")
    (sheet,) = page.texts(".sheet")
    for fact in (
        "作成日:2025年12月1日",
        "社内の承認:",
        "このシートのアドレス:https://cyber.jnx.test/insurance/summary/?turnover=5000000000&on=2025-12-10",
        "JNX団体サイバー保険(サイバー保険)、引受保険会社:損害保険ジャパン株式会社",
        "2025年4月1日(午後4時)〜2026年4月1日(午後4時)",
        *(squeezed(LINES[number]) for number in (85, 89, 90)),
        "2025年12月10日に申し込む場合:",
        "2026年1月1日(午後4時)",
        "取扱代理店の休業日(土曜日)です",
        "次のことは、取扱代理店へお問い合わせください。・加入できる方・保険金をお支払いできない場合・免責金額(自己負担額)",
        "※損保ジャパンのご契約者専用窓口です。",
        "TEL:0120-318-258",
        "※24時間365日受付(年中無休)",
    ):
        assert fact in sheet, fact
    assert page.texts(".sheet .notes li") == [squeezed(LINES[number]) for number in (57, 58, 59)]
    assert page.texts(".closing-notes li")
    assert "03-5422-6351" in page.texts("aside.contacts")[0]


def test_the_sheet_names_the_four_events_the_six_costs_and_what_the_option_covers(visit):
    cover = rows_of(visit(f"{PATH}?turnover=10億円"))["補償"]
    for fact in (
        "①サイバー攻撃②情報漏えい・おそれ③デジタルコンテンツ不当事由④ITユーザー業務による偶然な事故",
        "・サイバー攻撃有無の調査費用・被害状況・原因調査費用・コールセンター設置費用",
        "・専門家への相談・再発防止策の策定費用など",
        "喪失利益・営業継続費用(オプション)サイバー攻撃などによる自社システムの中断・停止に起因する",
    ):
        assert fact in cover, fact


NO_1 = "年間保険料140,230円〜305,380円月額保険料(ご参考)11,690円〜25,450円No.1"
NO_2 = "年間保険料384,230円〜837,380円月額保険料(ご参考)32,020円〜69,780円No.2利益1億円(利益てん補期間1カ月)"
NO_3 = "年間保険料270,190円〜588,420円月額保険料(ご参考)22,520円〜49,040円No.3"
NO_4 = "年間保険料987,190円〜2,150,420円月額保険料(ご参考)82,260円〜179,200円No.4利益1億円(利益てん補期間1カ月)"
NO_5 = "年間保険料376,220円〜819,310円月額保険料(ご参考)31,350円〜68,270円No.5"
NO_6 = "年間保険料1,448,220円〜3,153,310円月額保険料(ご参考)120,690円〜262,860円No.6利益1億円(利益てん補期間1カ月)"
OF_10, OF_50, OF_100 = f"10億円{NO_1}{NO_2}", f"50億円{NO_3}{NO_4}", f"100億円{NO_5}{NO_6}"


@pytest.mark.parametrize(
    ("turnover", "place", "rows"),
    [
        ("10億円", "", [OF_10]),
        ("5000000000", "", [OF_50]),
        ("30億円", "掲載している売上高10億円と50億円の間です。", [OF_10, OF_50]),
        ("9億円", "掲載している最も小さい売上高10億円を下回ります。", [OF_10]),
        ("200億円", "掲載している最も大きい売上高100億円を上回ります。", [OF_100]),
    ],
)
def test_any_turnover_has_the_published_rows_beside_it_without_and_with_the_option(
    visit, turnover, place, rows
):
    page = visit(f"{PATH}?turnover={turnover}")
    assert page.texts(".examples tbody tr") == rows
    text = rows_of(page)["保険料の目安"]
    assert place in text
    assert ("貴社の保険料ではありません。" in text) == bool(place)
    assert text.endswith("貴社のお見積り(取扱代理店が記入):円")
    assert "どの例も、保険金額は賠償10億円・費用1億円です。" in text


@pytest.mark.parametrize(("number", "turnover"), [(1, "10億円"), (4, "50億円"), (6, "100億円")])
def test_a_url_of_before_with_the_number_of_a_row_shows_its_turnover(visit, number, turnover):
    page = visit(f"{PATH}?no={number}&on=2025-12-10")
    assert page.texts(".examples tbody th") == [turnover]
    assert page.one("#id_turnover").get("value") == turnover


def test_a_row_that_is_not_published_leaves_a_dash(visit):
    PolicyTerm.objects.get().premium_rows.filter(number=2).delete()
    page = visit(f"{PATH}?turnover=10億円")
    assert page.texts(".examples tbody tr") == [f"10億円{NO_1}—"]


def test_the_qr_code_leads_to_the_page(visit, client):
    (picture,) = visit(f"{PATH}?turnover=30億円&on=2025-10-03").attributes("img.qr", "src")
    drawn = client.get(picture, secure=True)
    assert drawn["Content-Type"] == "image/svg+xml"
    url = "https://cyber.jnx.test/insurance/summary/?turnover=3000000000&on=2025-10-03"
    (path,) = re.findall(' d="(.*?)"', drawn.content.decode())
    assert f' d="{path}"' in segno.make(url, micro=False).svg_inline()


@pytest.mark.parametrize(
    "query", ["", "turnover=30億円", "on=2025-10-03", "turnover=x&on=2025-10-03"]
)
def test_what_is_no_sheet_has_no_qr_code(visit, query):
    visit(f"{PATH}qr.svg?{query}", status=404)


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
    row = rows_of(page)["補償の開始"]
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
    assert len(page.all(".sheet dd br")) >= len(GAPS)


def test_without_a_choice_the_page_asks_for_one(visit):
    page = visit(PATH)
    assert not page.all(".sheet, .error-summary")
    assert page.one("#id_turnover").get("value") is None


def test_a_date_alone_is_kept_for_the_choice_of_a_turnover(visit):
    page = visit(f"{PATH}?on=2025-12-10")
    assert not page.all(".sheet, .error-summary")
    assert page.one("#id_on").get("value") == "2025-12-10"


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ("no=", "turnover", "売上高を入力してください。"),
        ("turnover=", "turnover", "売上高を入力してください。"),
        ("no=7", "turnover", "売上高を入力してください。"),
        ("turnover=たくさん", "turnover", "金額として読み取れません。"),
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
