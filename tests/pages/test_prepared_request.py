"""The prepared request to the agency: with what was chosen, with blanks for company and name."""

from urllib.parse import parse_qs, urlsplit

import pytest

from contacts.models import Desk, DeskRole
from pages.models import PageText
from tests.html import Page, squeezed
from tests.source import LINES

PATH = "/insurance/request/"
WHO_ASKS = ["会社名:", "ご担当者名:", "お電話番号:", "メールアドレス:"]


def agency_takes_mail() -> None:
    Desk.objects.filter(role=DeskRole.AGENCY).update(email="agency@example.jp")


def mail_of(page: Page) -> tuple[str, str]:
    """The subject and the body of the mail that the page prepares."""
    (link,) = page.attributes('main a[href^="mailto:agency@example.jp?"]', "href")
    query = parse_qs(urlsplit(link).query, strict_parsing=True)
    return query["subject"][0], query["body"][0]


@pytest.mark.parametrize(
    ("about", "lines"),
    [
        (
            "quote",
            [
                "JNX団体サイバー保険の保険料の見積りをお願いします。",
                "",
                "売上高:30億円",
                "オプション:利益の補償あり",
                "申込みを予定する締切:2025年10月20日(月)",
                "補償の開始の希望:2025年11月1日(午後4時)",
                *WHO_ASKS,
            ],
        ),
        (
            "documents",
            [
                "JNX団体サイバー保険のパンフレット、重要事項説明書などの資料と、申込書類をお願いします。",
                "",
                "申込みを予定する締切:2025年10月20日(月)",
                "補償の開始の希望:2025年11月1日(午後4時)",
                *WHO_ASKS,
                "送り先の住所:",
            ],
        ),
        (
            "question",
            [
                "JNX団体サイバー保険のお申込みについて、締切の前に質問があります。",
                "",
                "申込みを予定する締切:2025年10月20日(月)",
                "補償の開始の希望:2025年11月1日(午後4時)",
                "ご質問:",
                "",
                "",
                *WHO_ASKS,
            ],
        ),
    ],
)
def test_a_request_says_what_was_chosen_and_leaves_blanks_for_who_asks(visit, about, lines):
    agency_takes_mail()
    page = visit(f"{PATH}?about={about}&turnover=30億円&profit=yes&on=2025-10-03")
    assert page.texts(".memo > div") == lines
    assert mail_of(page)[1] == "\r\n".join([*lines, ""])


def test_a_request_without_choices_is_one_for_a_quote_with_blanks(visit):
    page = visit(PATH)
    assert page.texts(".memo > div")[2:6] == [
        "売上高:",
        "オプション:",
        "申込みを予定する締切:",
        "補償の開始の希望:",
    ]
    assert page.attributes("[name=about][checked]", "value") == ["quote"]


@pytest.mark.parametrize("at", ["2025-01-31T12:00", "2026-03-01T12:00", "2026-04-01T16:00"])
def test_a_request_that_leads_to_no_start_promises_none(visit, at):
    page = visit(f"{PATH}?on=2026-03-01", at=at)
    assert "補償の開始の希望:" in page.texts(".memo > div")


def test_a_request_with_a_day_that_has_passed_leaves_a_blank_for_the_deadline(visit):
    lines = visit(f"{PATH}?on=2025-10-02", at="2025-10-03T10:00").texts(".memo > div")
    assert {"申込みを予定する締切:", "補償の開始の希望:"} <= set(lines)


def test_the_mail_has_its_line_ends_as_mailto_demands(visit):
    agency_takes_mail()
    (link,) = visit(PATH).attributes("main a.button[href^=mailto]", "href")
    assert "%0D%0A" in link
    assert link.count("%0A") == link.count("%0D%0A")


def test_while_the_agency_takes_no_mail_it_is_telephone_and_paper(visit):
    page = visit(PATH)
    assert not page.all("main a[href^=mailto]")
    assert "取扱代理店のメールアドレスは掲載していません。" in page.main
    assert "TEL:03-5422-6351" in page.texts(".box")[0]
    assert "平日:午前9時から午後5時まで" in page.texts(".box")[0]


def test_the_page_never_asks_who_the_visitor_is(visit):
    names = visit(f"{PATH}?name=山田&company=例").attributes("main input", "name")
    assert set(names) == {"about", "turnover", "profit", "on"}
    assert "山田" not in visit(f"{PATH}?name=山田").html


def test_the_purpose_of_use_and_the_privacy_text_stand_beside_it(visit):
    page = visit(PATH)
    (section,) = page.texts("[aria-labelledby=personal-data]")
    assert "個人情報の利用目的は、取扱代理店へご確認ください。" in section
    assert squeezed(LINES[128]) in section
    PageText.objects.filter(slot="request-purpose").update(text="見積りのために使います。")
    (section,) = visit(PATH).texts("[aria-labelledby=personal-data]")
    assert "見積りのために使います。" in section
    assert "取扱代理店へご確認ください。" not in section


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ("turnover=たくさん", "turnover", "金額として読み取れません。"),
        ("turnover=12", "turnover", "「12億円」のように、単位を付けて"),
        ("about=else", "about", "選んでください"),
        ("profit=maybe", "profit", "「なし」か「あり」を選んでください。"),
        ("on=2025-02-30", "on", "日付として読み取れません。"),
    ],
)
def test_a_request_that_cannot_be_read_gets_a_message_and_no_text(visit, query, field, message):
    page = visit(f"{PATH}?{query}", status=400)
    assert message in page.texts(f"#id_{field}_error")[0]
    assert not page.all(".memo")


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/insurance/premiums/?own=30億円&profit=yes", {"turnover": "3000000000", "profit": "yes"}),
        ("/insurance/join/?on=2025-10-10", {"on": "2025-10-10"}),
        ("/documents/", {"about": "documents"}),
        ("/faq/", {}),
    ],
)
def test_pages_that_name_the_agency_lead_to_the_request_with_what_was_chosen(visit, path, query):
    page = visit(path)
    (link,) = set(page.attributes(f'main a[href^="{PATH}"]', "href"))
    assert dict(pair for pair in parse_qs(urlsplit(link).query).items()) == {
        name: [value] for name, value in query.items()
    }
    visit(link)
