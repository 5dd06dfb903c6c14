"""The page texts: what a text may be, and how pages show it."""

import pytest
from django.core.exceptions import ValidationError
from vobject import readOne

from contacts.models import Desk, DeskRole
from pages.models import PageText
from pages.texts.all_slots import SLOTS
from products.models import PolicyTerm, Product
from tests.pages.page_paths import FILE_PATHS, PAGE_PATHS, TERM_PATH

pytestmark = pytest.mark.django_db

CALENDAR = "/insurance/terms/2025/deadlines/2025-10-20.ics"
QUESTIONS = (
    "/insurance/join/?on=2025-12-20",
    "/insurance/join/?on=2025-03-25",
    "/insurance/join/?on=2026-03-01",
    "/insurance/join/?on=2026-05-01",
    "/insurance/premiums/?turnover=1000000000&profit=no",
    "/insurance/premiums/?own=2000000000&profit=no",
    "/insurance/premiums/?own=1000000&profit=yes",
    "/insurance/premiums/?own=100000000000&profit=yes",
    "/insurance/summary/?no=1&on=2025-05-20",
)
NO_TERM, NOT_STARTED, OPEN = "2025-01-01T10:00", "2025-03-25T10:00", "2025-10-03T10:00"
INTAKE_OVER, ENDED = "2026-03-10T10:00", "2026-11-26T10:00"


def write(slot: str, text: str, text_without: str = "") -> None:
    PageText.objects.filter(slot=slot).update(text=text, text_without=text_without)


@pytest.mark.parametrize(
    ("slot", "text", "without", "field", "message"),
    [
        ("faq-title", "", "", "text", "空にできません"),
        ("faq-title", "{保険期間}のご質問", "", "text", "「{保険期間}」は、この文では使えません"),
        ("faq-title", "{商品}のご質問", "", "text", "使えるのは{商品名}、{保険の種類}"),
        ("faq-title", "{}のご質問", "", "text", "「{}」は、この文では使えません"),
        ("faq-title", "{商品名のご質問", "", "text", "囲むときだけ使えます"),
        ("faq-title", "商品名}のご質問", "", "text", "囲むときだけ使えます"),
        ("faq-title", "{{商品名}}のご質問", "", "text", "囲むときだけ使えます"),
        ("faq-title", "よくある\nご質問", "", "text", "改行を入れられません"),
        ("faq-title", "ご質問", "ご質問", "text_without", "第二の文はありません"),
        (
            "home-description",
            "{保険期間}のご案内",
            "",
            "text_without",
            "公開中の保険期間がないとき",
        ),
        ("home-description", "ご案内", "{保険期間}", "text_without", "この文では使えません"),
    ],
)
def test_a_text_that_a_page_could_not_show_is_refused_at_its_field(
    slot, text, without, field, message
):
    with pytest.raises(ValidationError) as refusal:
        PageText(slot=slot, text=text, text_without=without).clean()
    assert message in refusal.value.message_dict[field][0]


def test_a_text_of_an_unknown_slot_is_refused():
    with pytest.raises(ValidationError, match="このサイトにない場所です"):
        PageText(slot="no-such-slot", text="文").clean()


@pytest.mark.parametrize(
    ("slot", "text", "without"),
    [
        ("faq-title", "{商品名}、{商品名}", ""),
        ("home-description", "{保険期間}のご案内", "ご案内"),
        ("home-description", "ご案内", ""),
        ("calendar-deadline-text", "一行目\n\n{保険期間の終了}", ""),
    ],
)
def test_a_text_that_a_page_can_show_is_accepted(slot, text, without):
    PageText(slot=slot, text=text, text_without=without).clean()


def test_a_changed_heading_stands_wherever_it_is_named(visit):
    write("insurance-support", "サポートのご案内")
    page = visit("/insurance/")
    assert page.texts("#support") == ["サポートのご案内"]
    assert "サポートのご案内" in page.texts(".in-page a")
    assert "各種サポート機能" not in page.texts("h2")


def test_a_description_names_the_term_or_says_its_second_text(visit):
    write("home-description", "{保険期間の終了}までのご案内です。", "ただいま準備中です。")

    def description(at: str) -> list[str]:
        return visit("/", at=at).attributes('meta[name="description"]', "content")

    assert description(OPEN) == ["2026年4月1日(午後4時)までのご案内です。"]
    assert description(NO_TERM) == ["ただいま準備中です。"]


def test_a_date_in_a_text_is_marked_as_one_on_the_page(visit):
    write("insurance-features", "{保険期間の終了}まで")
    heading = visit("/insurance/").one("#features")
    assert heading.text_content() == "2026年4月1日(午後4時)まで"
    assert heading.find("time").get("datetime") == "2026-04-01T16:00:00+09:00"


def test_nothing_in_a_text_or_a_value_becomes_html(visit):
    Product.objects.update(name="<b>商品</b>")
    write("insurance-features", "<i>{商品名}</i>の特徴")
    heading = visit("/insurance/").one("#features")
    assert heading.text_content() == "<i><b>商品</b></i>の特徴"
    assert not heading.cssselect("i, b")


def test_a_calendar_says_the_texts_of_its_slots(client, set_clock):
    write("calendar-deadline-text", "{締切日}まで\n{取扱代理店の電話と受付時間}")
    set_clock(OPEN)
    calendar = readOne(client.get(CALENDAR, secure=True).content.decode())
    assert calendar.vevent_list[0].description.value == (
        "2025年10月20日(月)まで\nTEL:03-5422-6351 平日:午前9時から午後5時まで"
    )


def test_a_slot_that_the_database_lacks_shows_the_shipped_text(visit):
    PageText.objects.filter(slot="faq-title").delete()
    assert visit("/faq/").texts("h1") == ["よくあるご質問"]


@pytest.mark.parametrize("at", [NO_TERM, NOT_STARTED, OPEN, INTAKE_OVER, ENDED])
def test_every_placeholder_has_a_value_wherever_its_slot_is_shown(visit, at):
    """A text may use all that its slot allows: no page of any state fails for want of a value."""
    for slot in SLOTS.values():
        everything = "".join(f"{{{name}}}" for name in slot.allowed)
        certain = "".join(f"{{{name}}}" for name in slot.allowed if name not in slot.uncertain)
        write(slot.key, everything, certain if slot.without else "")
        PageText.objects.get(slot=slot.key).clean()
    Desk.objects.filter(role=DeskRole.AGENCY).update(email="agency@example.jp")
    public = PolicyTerm.objects.get().public_from.isoformat() <= at
    for path in [*PAGE_PATHS, *([TERM_PATH, *QUESTIONS] if public else [])]:
        assert "{" not in visit(path, at=at).text
    for path in FILE_PATHS if public else []:
        visit(path, at=at)


@pytest.mark.parametrize("text", ["{保険期間}", "{昔の差し込み}", ""])
def test_a_stored_text_that_does_not_fit_its_slot_any_more_gives_way_to_the_shipped_one(
    visit, text
):
    write("faq-title", text)
    assert visit("/faq/").texts("h1") == ["よくあるご質問"]
