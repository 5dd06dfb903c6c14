"""Forms of the admin: what they store, what they refuse, and what is said then."""

import pytest
from django.urls import reverse

from contacts.models import Desk, DeskRole
from editing.content_files import export_content
from products.models import LegalText, PolicyTerm, SupportDesk
from products.premiums import MOST_ROWS
from tests.admin_forms import form_data, form_url_of, messages_after, save, save_confirmed
from tests.factories import make_term

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", DeskRole)
def test_a_form_that_is_saved_as_it_stands_changes_nothing(admin_client, role, tmp_path):
    export_content(tmp_path / "before")
    for row in (Desk.objects.get(role=role), PolicyTerm.objects.get(), SupportDesk.objects.get()):
        assert save(admin_client, form_url_of(row)).status_code == 302
    export_content(tmp_path / "after")
    for path in (tmp_path / "before").iterdir():
        assert (tmp_path / "after" / path.name).read_text() == path.read_text()


def test_a_changed_telephone_number_is_on_the_public_page_at_once(admin_client, visit):
    desk = Desk.objects.get(role=DeskRole.AGENCY)
    response = save(admin_client, form_url_of(desk), telephone="03-1111-2222")
    assert response.status_code == 302
    assert "TEL:03-1111-2222" in visit("/contact/").text


@pytest.mark.parametrize(
    ("role", "changes", "message"),
    [
        ("incident", {"who_may_call": ""}, "「利用できる方」が必要です"),
        ("incident", {"telephone": "", "email": "a@example.jp"}, "空欄にできません"),
        ("agency", {"telephone": "", "email": "a@example.jp"}, "空欄にできません"),
        ("agency", {"opens_at": ""}, "受付時刻は、開始と終了の両方を"),
        ("agency", {"opens_at": "25:00"}, "時間を正しく入力してください"),
        ("agency", {"order": "9" * 30}, "以下で入力してください"),
    ],
)
def test_what_a_desk_must_have_is_said_and_not_a_fault(admin_client, role, changes, message):
    desk = Desk.objects.get(role=role)
    assert message in messages_after(admin_client, form_url_of(desk), **changes)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"premium_rows-0-number": 2}, "同じ No の保険料の例がすでにあります"),
        ({"premium_rows-0-number": 2, "premium_rows-1-number": 1}, "いったん別の値にして"),
        ({"premium_rows-2-turnover": 1_000_000_000}, "利益の補償がない例がすでにあります"),
        (
            {"premium_rows-0-turnover": 3_000_000_000, "premium_rows-2-turnover": 3_000_000_000},
            "利益の補償がない例がすでにあります",
        ),
        ({"premium_rows-0-annual_low": 999_999}, "下限は、上限以下に"),
        ({"premium_rows-0-profit_limit": 1}, "利益の保険金額と利益てん補期間は"),
        ({f"premium_rows-{n}-DELETE": "on" for n in range(6)}, "保険料の例が1件以上必要です"),
        ({f"reasons-{n}-DELETE": "on" for n in range(3)}, "選ばれる理由が1件以上必要です"),
        (
            {f"coverage_categories-{n}-DELETE": "on" for n in range(3)},
            "補償が1件以上必要です",
        ),
        ({"reasons-0-note": ""}, "「スケールメリット」を示すときは、注記が必要です"),
        (
            {"premium_rows-5-DELETE": "on", "premium_rows-4-number": 6},
            "いったん別の値にして",
        ),
        (
            {"support_functions-0-title": "GDPR支援機能", "support_functions-5-title": "x"},
            "いったん別の値にして",
        ),
        ({"starts_at_0": "0001-01-01"}, "2000年から2100年までの日付を"),
        ({"public_from_0": "0001-01-01"}, "2000年から2100年までの日付を"),
        ({"ends_at_0": "2025-04-01"}, "保険期間の終了は、開始より後に"),
        ({"joining_deadline_day": 31}, "1から28までで"),
        ({"approval_number": "SJ"}, "承認番号と承認日は、両方を"),
        ({"premium_rows-0-turnover": "9" * 40}, "金額として読み取れません"),
    ],
)
def test_what_a_term_must_be_is_said_and_not_a_fault(admin_client, term, changes, message):
    assert message in messages_after(admin_client, form_url_of(term), **changes)
    assert term.premium_rows.get(number=1).annual_low == 140_230


def with_premium_rows(client, url: str, count: int) -> dict:
    """Return what the form of a term sends with as many premium rows, those that it has included."""
    data = form_data(client, url)
    last = {name: value for name, value in data.items() if name.startswith("premium_rows-5-")}
    for row in range(6, count):
        new = {name.replace("-5-", f"-{row}-"): value for name, value in last.items()}
        data |= new | {
            f"premium_rows-{row}-id": "",
            f"premium_rows-{row}-number": row + 1,
            f"premium_rows-{row}-turnover": f"{200 + row}億円",
            f"premium_rows-{row}-monthly_high": "262,780",  # a twelfth, which the last row has not
        }
    return data | {"premium_rows-TOTAL_FORMS": count}


def test_a_term_with_as_many_premium_rows_as_can_be_pasted_is_saved(admin_client, term):
    url = form_url_of(term)
    data = with_premium_rows(admin_client, url, MOST_ROWS)
    assert len(data) > 1_000  # Django's own limit
    assert admin_client.post(url, data, secure=True).status_code == 302
    assert term.premium_rows.count() == MOST_ROWS


def test_more_premium_rows_than_can_be_pasted_are_refused_with_the_reason(admin_client, term):
    url = form_url_of(term)
    data = with_premium_rows(admin_client, url, MOST_ROWS + 1)
    response = admin_client.post(url, data, secure=True)
    assert "保険料の例は100行までにしてください。" in response.content.decode()
    assert term.premium_rows.count() == 6


def test_a_draft_may_still_be_empty(admin_client):
    draft = make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from=None)
    assert save(admin_client, form_url_of(draft)).status_code == 302
    public = {"public_from_0": "2026-02-01", "public_from_1": "00:00"}
    assert "1件以上必要です" in messages_after(admin_client, form_url_of(draft), **public)


def test_what_a_paste_brings_along_does_not_reach_the_pages(admin_client, visit, term):
    response = save(
        admin_client,
        form_url_of(term),
        premium_notes="* 一つ目\x0b\r\n\r\n  ＊二つ目\x08 \r\n",
        eligibility="一行目\r\n二行目\x07",
        coverage_note="*注記",
    )
    assert response.status_code == 302
    page = visit("/insurance/")
    assert page.texts(".premiums .notes li") == ["*一つ目", "*二つ目"]
    assert page.texts(".coverages ~ .caution") == ["*注記"]
    term.refresh_from_db()
    assert term.eligibility == "一行目\n二行目"


def test_a_row_may_take_the_place_of_a_deleted_one(admin_client, term):
    data = form_data(admin_client, form_url_of(term))
    added = {
        name.replace("-5-", "-6-"): value
        for name, value in data.items()
        if name.startswith("premium_rows-5-")
    }
    changes = {
        "premium_rows-TOTAL_FORMS": 7,
        "premium_rows-5-DELETE": "on",
        "premium_rows-6-id": "",
        "premium_rows-6-annual_high": 4_000_000,
    }
    assert save_confirmed(admin_client, form_url_of(term), **added | changes).status_code == 302
    assert term.premium_rows.get(number=6).annual_high == 4_000_000


def test_a_published_code_and_the_place_of_a_legal_text_stay(admin_client, term):
    save(admin_client, form_url_of(term), code="other")
    assert PolicyTerm.objects.get().code == "2025"
    text = LegalText.objects.filter(kind="closing").first()
    save(admin_client, form_url_of(text), kind="privacy")
    text.refresh_from_db()
    assert text.kind == "closing"


def test_a_text_that_nobody_sees_is_no_text(admin_client, term):
    response = save(admin_client, form_url_of(term), premium_notes="\u200b\ufffe\u202e")
    assert response.status_code == 200
    assert "このフィールドは必須です" in response.content.decode()


def test_a_notice_with_control_characters_leaves_the_feed_in_order(set_clock, admin_client, visit):
    set_clock("2025-10-01T09:00")
    url = reverse("admin:products_notice_add")
    data = {
        "title": "件\x08名\x0b\ufffe",
        "text": "本\x0b文",
        "public_from_0": "2025-10-01",
        "public_from_1": "09:00",
        "public_until_0": "",
        "public_until_1": "",
    }
    assert admin_client.post(url, data, secure=True).status_code == 302
    assert "件名" in visit("/news/feed.atom").html


def test_a_refused_value_keeps_what_was_typed_beside_a_japanese_message(admin_client):
    desk = Desk.objects.get(role=DeskRole.AGENCY)
    url = reverse("admin:contacts_desk_change", args=[desk.pk])
    html = admin_client.post(url, {"telephone": "でんわ"}, secure=True).content.decode()
    assert "電話番号は「03-5422-6351」のように" in html
    assert 'value="でんわ"' in html
