"""The published premium of a turnover, always with its notes, and never a computed one."""

import pytest

from products.models import PolicyTerm
from tests.factories import make_term
from tests.html import Page, squeezed
from tests.source import LINES

pytestmark = pytest.mark.django_db
PATH = "/insurance/premiums/"
NOTES = [squeezed(LINES[number]) for number in (57, 58, 59)]


@pytest.fixture
def ask(visit, client):
    def ask(status: int = 200, **query: str) -> Page:
        visit(PATH)
        response = client.get(PATH, query, secure=True)
        assert response.status_code == status
        return Page(response)

    return ask


@pytest.mark.parametrize(
    ("turnover", "profit", "annual", "monthly", "limits"),
    [
        ("1000000000", "no", "140,230円〜305,380円", "11,690円〜25,450円", "賠償10億円、費用1億円、利益の補償なし"),
        ("1000000000", "yes", "384,230円〜837,380円", "32,020円〜69,780円", "賠償10億円、費用1億円、利益1億円(利益てん補期間1カ月)"),
        ("5000000000", "no", "270,190円〜588,420円", "22,520円〜49,040円", "賠償10億円、費用1億円、利益の補償なし"),
        ("5000000000", "yes", "987,190円〜2,150,420円", "82,260円〜179,200円", "賠償10億円、費用1億円、利益1億円(利益てん補期間1カ月)"),
        ("10000000000", "no", "376,220円〜819,310円", "31,350円〜68,270円", "賠償10億円、費用1億円、利益の補償なし"),
        ("10000000000", "yes", "1,448,220円〜3,153,310円", "120,690円〜262,860円", "賠償10億円、費用1億円、利益1億円(利益てん補期間1カ月)"),
    ],
)  # fmt: skip
def test_a_published_turnover_has_its_row_with_all_notes_in_the_box(
    ask, turnover, profit, annual, monthly, limits
):
    page = ask(turnover=turnover, profit=profit)
    facts = dict(zip(page.texts(".box dt"), page.texts(".box dd"), strict=True))
    assert list(facts)[:2] == ["年間保険料", "月額保険料(ご参考)"]
    assert facts["年間保険料"] == annual
    assert facts["月額保険料(ご参考)"] == monthly
    assert facts["保険金額"] == limits
    assert page.texts(".box .notes li") == NOTES


@pytest.mark.parametrize(
    "typed",
    [
        "50億",
        "５０億円",
        "5,000,000,000",
        "5000000000円",
        "約50億円",
        "\\5,000,000,000",
        "50\u200b億円",
    ],
)
def test_a_typed_turnover_that_is_published_has_its_row(ask, typed):
    page = ask(own=typed, profit="yes")
    assert "987,190円〜2,150,420円" in page.texts(".box")[0]
    assert page.texts(".box .notes li") == NOTES


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("12億円", "掲載している売上高10億円と50億円の間です。"),
        ("9億9,999万円", "掲載している最も小さい売上高10億円を下回ります。"),
        ("100億1万円", "掲載している最も大きい売上高100億円を上回ります。"),
    ],
)
def test_another_turnover_is_placed_and_never_priced(ask, typed, text):
    page = ask(own=typed, profit="no")
    (box,) = page.texts(".box")
    assert text in box
    assert "円〜" not in box
    assert "取扱代理店へお問い合わせください。" in box
    assert "TEL:03-5422-6351" in box


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ({"turnover": "1000000000"}, "profit", "「なし」か「あり」を選んでください。"),
        ({"turnover": "1000000000", "profit": "maybe"}, "profit", "「なし」か「あり」を選んでください。"),
        ({"turnover": "2000000000", "profit": "no"}, "turnover", "掲載している売上高の中から選んでください。"),
        ({"profit": "no"}, "turnover", "売上高を選ぶか、ほかの売上高を入力してください。"),
        ({"own": "たくさん", "profit": "no"}, "own", "金額として読み取れません。"),
        ({"own": "十二億円", "profit": "no"}, "own", "「12億円」や「1,200,000,000」のように"),
        ({"own": "12", "profit": "no"}, "own", "「12億円」のように、単位を付けて"),
        ({"own": "-12億", "profit": "no"}, "own", "金額として読み取れません。"),
        ({"own": "9" * 1000, "profit": "no"}, "own", "金額として読み取れません。"),
        ({"own": "9999兆9999億", "profit": "no"}, "own", "金額が大きすぎます。"),
        ({"own": "12億", "turnover": "1000000000", "profit": "no"}, "own", "どちらか一つにしてください。"),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_answered_gets_a_message_and_is_kept(ask, query, field, message):
    page = ask(status=400, **query)
    assert message in page.texts(f"#id_{field}_error")[0]
    assert message in page.texts(".error-summary")[0]
    assert not page.all(".box")
    if "own" in query:
        assert page.one("#id_own").get("value") == query["own"]
    for link in page.all(".error-summary a"):
        assert page.document.get_element_by_id(link.get("href")[1:]) is not None


def test_the_chosen_row_is_marked_in_words(ask):
    page = ask(turnover="5000000000", profit="yes")
    assert page.texts(".chosen") == [
        "4選択中あり1億円・1カ月10億円1億円987,190円〜2,150,420円82,260円〜179,200円"
    ]
    assert page.html.count("選択中") == 1
    assert "選択中" not in ask(own="12億", profit="yes").html


def test_the_finder_of_an_ended_term_says_so(visit):
    page = visit(f"{PATH}?turnover=1000000000&profit=no", at="2026-04-01T16:00")
    assert "この内容は終了した保険期間のものです。" in page.main
    assert "140,230円" in page.main


def test_when_the_term_takes_no_more_the_finder_shows_its_public_successor(visit):
    term = make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from="2026-02-01T00:00")
    term.premium_rows.create(
        number=1, turnover=10**9, liability_limit=10**9, expense_limit=10**8,
        annual_low=150_000, annual_high=310_000, monthly_low=12_500, monthly_high=25_830,
    )  # fmt: skip
    page = visit(f"{PATH}?turnover=1000000000&profit=no", at="2026-02-21T00:00")
    assert "150,000円〜310,000円" in page.texts(".box")[0]
    page = visit(f"{PATH}?turnover=1000000000&profit=yes", at="2026-02-21T00:00")
    assert "この売上高には、選ばれた利益の補償の例がありません。" in page.main


def test_a_term_without_published_rows_names_the_agency(ask):
    PolicyTerm.objects.get(code="2025").premium_rows.all().delete()
    page = ask(own="12億円", profit="no")
    assert "取扱代理店へお問い合わせください。" in page.main
    assert not page.all("main form")


def test_without_a_term_the_finder_names_the_agency(visit):
    page = visit(PATH, at="2025-01-31T23:59")
    assert "取扱代理店へお問い合わせください。" in page.main
    assert not page.all("main form")
