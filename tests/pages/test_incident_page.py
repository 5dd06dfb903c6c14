"""The door for somebody under attack."""

import pytest

from contacts.models import PublicDesk
from products.models import IncidentCase, SupportFunction
from tests.html import squeezed
from tests.pages.page_paths import PAGE_PATHS
from tests.source import LINES

pytestmark = pytest.mark.django_db
PATH = "/incident/"


@pytest.mark.parametrize("path", PAGE_PATHS)
def test_every_emergency_strip_leads_to_the_page(visit, path):
    assert [link.get("href") for link in visit(path).all(".emergency .door a")] == [PATH]


def test_who_may_call_stands_before_the_number_and_the_costs_with_it(visit):
    (panel,) = visit(PATH).texts(".panel")
    who, number = panel.index(squeezed(LINES[30]).removeprefix("-")), panel.index("0120-318-258")
    assert who < panel.index(squeezed(LINES[156])) < number
    assert squeezed(LINES[139]) in panel
    assert squeezed(LINES[136]) in panel


@pytest.mark.parametrize(
    ("at", "is_night"),
    [
        ("2025-10-03T08:59", True),
        ("2025-10-03T09:00", False),
        ("2025-10-03T16:59", False),
        ("2025-10-03T17:00", True),
        ("2025-10-04T12:00", True),
        ("2025-10-13T12:00", True),  # スポーツの日
        ("2025-12-29T10:00", True),  # 年末年始 counts as a holiday until the insurer says otherwise
        ("2026-01-05T10:00", False),
    ],
)
def test_the_page_says_what_holds_at_this_moment(visit, at, is_night):
    (panel,) = visit(PATH, at=at).texts(".panel")
    assert "ただいま受け付けています。" in panel
    assert ("夜間または休日の時間帯にあたります" in panel) == is_night
    assert "あたりません" not in panel  # the source does not say when it is neither


@pytest.mark.parametrize("path", [PATH, "/support-desk/"])
def test_beside_the_costs_members_read_who_pays_and_what_may_not_be_paid(visit, path):
    page = visit(path)
    assert "有償となります" in page.main
    (members,) = page.texts("section[aria-labelledby=members]")
    assert squeezed(LINES[89]) in members
    assert squeezed(LINES[90]) in members
    assert not page.all("section[aria-labelledby=members] .on-screen")  # it is printed too


def map_functions() -> None:
    for case, function in zip(
        IncidentCase.objects.all(), SupportFunction.objects.all(), strict=False
    ):
        case.functions.add(function)


def test_as_shipped_no_case_has_functions_and_all_are_named_once(visit):
    page = visit(PATH)
    assert not page.all(".cards a")
    links = page.all("#members ~ .note a")
    assert [link.text for link in links] == [each.title for each in SupportFunction.objects.all()]
    assert "保険金をお支払いできるかどうかを示すものではありません。" in page.main
    insurance = visit("/insurance/")
    for link in links:
        target = insurance.document.get_element_by_id(link.get("href").partition("#")[2])
        assert target.cssselect("h3")[0].text_content() == link.text


def test_without_a_term_no_function_is_named(visit):
    assert not visit(PATH, at="2025-01-01T10:00").all("#members")


def test_the_four_cases_link_to_functions_as_an_explanation(visit):
    map_functions()
    page = visit(PATH)
    assert len(page.all(".cards > li")) == 4
    assert "保険金をお支払いできるかどうかを示すものではありません。" in page.main
    insurance = visit("/insurance/")
    links = page.all(".cards a")
    assert len(links) >= 4
    for link in links:
        target = insurance.document.get_element_by_id(link.get("href").partition("#")[2])
        assert target.cssselect("h3")[0].text_content() == link.text


def test_a_case_without_functions_stands_without_links(visit):
    map_functions()
    IncidentCase.objects.first().functions.clear()
    page = visit(PATH)
    assert not page.all(".cards > li:first-child a")
    assert page.all(".cards a")


def test_who_is_no_policyholder_is_led_to_the_contact_desks(visit):
    (others,) = visit(PATH).texts("section[aria-labelledby=others]")
    assert "損保ジャパンのご契約者専用窓口です。" in others
    assert "0120" not in others


def test_as_shipped_who_is_no_policyholder_is_sent_to_the_public_bodies_in_a_sentence(visit):
    (others,) = visit(PATH).texts("[aria-labelledby=others]")
    assert "ご契約者でない方は、この窓口をご利用いただけません。" in others
    assert "警察などの公的な窓口へご相談ください。" in others
    assert not PublicDesk.objects.exists()


def test_public_desks_stand_in_their_order_each_number_with_its_hours(visit):
    PublicDesk.objects.create(name="窓口二", url="https://example.go.jp/", order=2)
    PublicDesk.objects.create(
        name="窓口一", subject="被害のご相談", telephone="03-0000-0000", hours="平日 9時から17時まで", order=1
    )  # fmt: skip
    page = visit(PATH)
    assert page.texts("[aria-labelledby=others] li") == [
        "窓口一被害のご相談TEL:03-0000-0000(平日9時から17時まで)",
        "窓口二https://example.go.jp/(外部サイト)",
    ]
    assert "次の公的な窓口へご相談ください。" in page.main
    assert "警察" not in page.main
