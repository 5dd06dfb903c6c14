"""The year of a policy term: prepared, pasted, approved, published, corrected."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from editing.history import history
from products.models import PolicyTerm, PremiumRow
from products.rollover import prepare_next
from tests.admin_forms import form_data, form_url_of, save
from tests.html import Page
from tests.moments import tokyo

pytestmark = pytest.mark.django_db

TABLE = (
    "1\t10億円\t10億円\t1億円\t-\t-\t150,000円〜310,000円\t12,500円〜25,830円\n"
    "2\t10億円\t10億円\t1億円\t1億円\t1カ月\t390,000円〜840,000円\t32,500円〜70,000円\n"
)


@pytest.fixture(autouse=True)
def _in_the_term(set_clock):
    set_clock("2025-10-03T10:00")
    call_command("createinitialrevisions", verbosity=0)


@pytest.fixture
def term() -> PolicyTerm:
    return PolicyTerm.objects.get(code="2025")


@pytest.fixture
def draft(term) -> PolicyTerm:
    return prepare_next(term)


def url(name: str, *arguments) -> str:
    return reverse(f"admin:products_policyterm_{name}", args=arguments)


# The roll-over


def test_the_next_term_is_prepared_by_one_button_and_lists_what_to_check(admin_client, visit):
    shown = Page(admin_client.get(url("next"), secure=True))
    assert "2026年4月1日(午後4時)〜2027年4月1日(午後4時)" in shown.text
    assert PolicyTerm.objects.count() == 1
    response = admin_client.post(url("next"), {"latest": "2025"}, secure=True)
    term = PolicyTerm.objects.get(code="2026")
    assert response.url == url("check", term.pk)
    check = Page(admin_client.get(response.url, secure=True))
    assert "No.1売上高10億円年間140,230円〜305,380円月額11,690円〜25,450円" in check.text
    assert "保険期間の開始2025年4月1日(午後4時)2026年4月1日(午後4時)" in check.text
    assert "取扱代理店(株式会社自動車部品会館)飯島・千葉03-5422-6351" in check.text
    assert len(history(term)) == 1
    assert "2027年" not in visit("/").text


def test_a_second_press_prepares_no_second_term(admin_client):
    for _ in range(2):
        page = admin_client.post(url("next"), {"latest": "2025"}, secure=True)
    assert "まだ何も作っていません" in Page(page).text
    assert list(PolicyTerm.objects.values_list("code", flat=True).order_by("code")) == [
        "2025",
        "2026",
    ]


def test_a_code_that_is_taken_is_said(admin_client):
    PolicyTerm.objects.create(
        code="2026", starts_at=tokyo("2020-04-01T16:00"), ends_at=tokyo("2021-04-01T16:00")
    )
    page = Page(admin_client.post(url("next"), {"latest": "2025"}, secure=True))
    assert "コードが「2026」の保険期間が、すでにあります" in page.text


def test_a_term_is_added_by_hand_with_its_rows(admin_client):
    add = reverse("admin:products_policyterm_add")
    data = form_data(admin_client, add) | {
        "code": "2026",
        "starts_at_0": "2026-04-01",
        "ends_at_0": "2027-04-01",
        "premium_notes": "注記",
        "premium_rows-TOTAL_FORMS": "1",
        "premium_rows-0-number": "1",
        "premium_rows-0-turnover": "10億",
        "premium_rows-0-liability_limit": "10億",
        "premium_rows-0-expense_limit": "1億",
        "premium_rows-0-annual_low": "15万",
        "premium_rows-0-annual_high": "31万",
        "premium_rows-0-monthly_low": "12,500",
        "premium_rows-0-monthly_high": "25,830",
    }
    assert admin_client.post(add, data, secure=True).status_code == 302
    assert PolicyTerm.objects.get(code="2026").premium_rows.get().annual_low == 150_000


# Pasting


def paste(client, term, text: str, **data):
    return client.post(url("paste", term.pk), {"table": text, **data}, secure=True)


def test_a_pasted_table_shows_its_differences_and_saves_all_rows_in_one_version(
    admin_client, draft
):
    asked = Page(paste(admin_client, draft, TABLE))
    assert "保険料の例No.1売上高10億円年間保険料・下限(円)140,230円150,000円" in asked.text
    assert draft.premium_rows.count() == 6
    seen = asked.attributes("[name=seen]", "value")[0]
    assert paste(admin_client, draft, TABLE, _save="1", seen=seen).url == url("change", draft.pk)
    assert list(draft.premium_rows.values_list("number", "annual_low")) == [
        (1, 150_000),
        (2, 390_000),
    ]
    (entry,) = history(draft)
    assert "貼り付けました" in entry.comment


def test_a_row_that_the_rules_refuse_refuses_all(admin_client, draft):
    wrong = TABLE.replace("390,000円〜840,000円", "840,000円〜390,000円")
    seen = Page(paste(admin_client, draft, TABLE)).attributes("[name=seen]", "value")[0]
    page = Page(paste(admin_client, draft, wrong, _save="1", seen=seen))
    assert "2行目:保険料の下限は、上限以下にしてください。" in page.text
    assert page.one("textarea").text.strip() == wrong.strip()
    assert draft.premium_rows.count() == 6


def test_a_table_that_cannot_be_read_is_not_saved(admin_client, draft):
    seen = Page(paste(admin_client, draft, TABLE)).attributes("[name=seen]", "value")[0]
    page = Page(paste(admin_client, draft, "保険料の表", _save="1", seen=seen))
    assert page.one("textarea").text.strip() == "保険料の表"
    assert draft.premium_rows.count() == 6


def test_rows_may_exchange_their_places(admin_client, draft):
    first, second = TABLE.splitlines()
    swapped = f"1{second[1:]}\n2{first[1:]}"
    seen = Page(paste(admin_client, draft, swapped)).attributes("[name=seen]", "value")[0]
    assert paste(admin_client, draft, swapped, _save="1", seen=seen).status_code == 302
    assert draft.premium_rows.get(number=1).profit_limit == 100_000_000


def test_a_change_since_the_differences_were_shown_is_shown_first(admin_client, draft):
    seen = Page(paste(admin_client, draft, TABLE)).attributes("[name=seen]", "value")[0]
    PremiumRow.objects.filter(term=draft, number=1).update(annual_low=141_000)
    page = Page(paste(admin_client, draft, TABLE, _save="1", seen=seen))
    assert "ほかの人が保存しました" in page.text
    assert "141,000円150,000円" in page.text
    assert draft.premium_rows.count() == 6


def test_a_pasted_table_is_previewed_on_the_public_page(admin_client, draft):
    page = Page(paste(admin_client, draft, TABLE, _preview="1"))
    assert "150,000円" in page.main
    assert draft.premium_rows.count() == 6


def test_pasting_over_a_published_term_needs_a_reason(admin_client, term):
    seen = Page(paste(admin_client, term, TABLE)).attributes("[name=seen]", "value")[0]
    page = Page(paste(admin_client, term, TABLE, _save="1", seen=seen))
    assert "訂正する理由を入力してください" in page.text
    data = {"_save": "1", "seen": seen, "_reason": "転記の誤り"}
    assert paste(admin_client, term, TABLE, **data).status_code == 302
    assert "転記の誤り" in history(term)[0].comment


# Corrections of what was published


def test_a_published_term_is_closed_until_it_is_opened_on_purpose(admin_client, term):
    closed = url("change", term.pk)
    page = Page(admin_client.get(closed, secure=True))
    assert page.all("#id_premium_notes") == []
    assert "公開した内容を訂正する" in page.text
    assert admin_client.post(closed, {}, secure=True).status_code == 403
    opened = Page(admin_client.get(closed + "?correct=1", secure=True))
    assert len(opened.all("#id_premium_notes")) == 1


def test_a_correction_needs_a_reason_and_keeps_what_was_typed(admin_client, term):
    page = Page(save(admin_client, form_url_of(term), _reason=" ", coverage_note="訂正した注記"))
    assert "訂正する理由を入力してください" in page.text
    assert page.attributes("#reason", "aria-describedby") == ["reason-missing"]
    assert page.one("#id_coverage_note").text.strip() == "訂正した注記"
    term.refresh_from_db()
    assert term.coverage_note != "訂正した注記"


def test_the_coverage_of_a_published_term_is_closed_too(admin_client, term):
    category = term.coverage_categories.first()
    closed = form_url_of(category).removesuffix("?correct=1")
    assert admin_client.post(closed, {}, secure=True).status_code == 403


def test_a_term_that_is_still_to_come_is_open(admin_client, draft):
    draft.public_from = tokyo("2026-03-01T00:00")
    draft.save()
    page = Page(admin_client.get(url("change", draft.pk), secure=True))
    assert len(page.all("#id_premium_notes")) == 1


def test_a_term_that_was_once_public_is_not_deleted(admin_client, term):
    assert (
        save(admin_client, form_url_of(term), public_from_0="", public_from_1="").status_code == 302
    )
    term.refresh_from_db()
    assert term.public_from is None
    response = admin_client.post(url("delete", term.pk), {"post": "yes"}, secure=True)
    assert response.status_code == 403


def test_a_term_that_became_public_by_itself_is_not_deleted_later(
    admin_client, admin_user, draft, set_clock
):
    save(admin_client, form_url_of(draft), public_from_0="2026-03-01")
    set_clock("2026-03-02T10:00")
    admin_client.force_login(admin_user)
    save(admin_client, form_url_of(draft), public_from_0="", public_from_1="")
    response = admin_client.post(url("delete", draft.pk), {"post": "yes"}, secure=True)
    assert response.status_code == 403


def test_a_term_whose_publication_was_called_off_is_deleted(admin_client, draft):
    save(admin_client, form_url_of(draft), public_from_0="2026-03-01")
    save(admin_client, form_url_of(draft), public_from_0="", public_from_1="")
    response = admin_client.post(url("delete", draft.pk), {"post": "yes"}, secure=True)
    assert response.status_code == 302


def test_a_term_that_was_taken_back_stays_closed(admin_client, term):
    save(admin_client, form_url_of(term), public_from_0="", public_from_1="")
    closed = url("change", term.pk)
    assert admin_client.post(closed, {}, secure=True).status_code == 403
    assert Page(admin_client.get(form_url_of(term), secure=True)).all("#id_code") == []
    category = term.coverage_categories.first()
    delete = reverse("admin:products_coveragecategory_delete", args=[category.pk])
    assert admin_client.post(delete, {"post": "yes"}, secure=True).status_code == 403


# Approval


def approve(client, term, **changes):
    data = {"approval_number": "SJ26-001", "approved_on": "2025年9月30日"}
    return save(client, form_url_of(term), **data | changes)


def test_an_approval_is_of_the_content_with_which_it_was_entered(admin_client, draft):
    assert approve(admin_client, draft).status_code == 302
    page = Page(admin_client.get(form_url_of(draft), secure=True))
    assert "承認を受けた後に変わったところがあります" not in page.text
    save(admin_client, form_url_of(draft), **{"premium_rows-0-annual_low": "141,000"})
    page = Page(admin_client.get(form_url_of(draft), secure=True))
    assert "承認を受けた後に変わったところがあります" in page.text
    assert "年間保険料・下限(円)140,230円141,000円" in page.text
    listed = Page(admin_client.get(url("changelist"), secure=True))
    assert "SJ26-001(承認後に変更あり)" in listed.text


def test_line_ends_as_browsers_send_them_are_no_change(admin_client, draft):
    approve(admin_client, draft, approval_scope="パンフレット\r\nホームページ")
    with_line_ends = {
        name: value.replace("\n", "\r\n")
        for name, value in form_data(admin_client, form_url_of(draft)).items()
        if isinstance(value, str)
    }
    save(admin_client, form_url_of(draft), **with_line_ends | {"coverage_note": "別の注記"})
    page = Page(admin_client.get(form_url_of(draft), secure=True))
    assert "承認を受けた後に変わったところがあります" in page.text
    assert "(補償内容の注記 を変更しました。)" in history(draft)[0].comment


def test_the_date_of_publication_is_no_change_of_what_was_approved(admin_client, draft):
    approve(admin_client, draft)
    save(admin_client, form_url_of(draft), public_from_0="2026-03-01")
    listed = Page(admin_client.get(url("changelist"), secure=True))
    assert "承認後に変更あり" not in listed.text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "承認番号と承認日が必要です"),
        (
            {
                "approval_number": "SJ26-001",
                "approved_on": "2025-09-01",
                "approval_use_by": "2025-09-30",
            },
            "承認の使用期限(2025年9月30日)を過ぎています",
        ),
    ],
)
def test_where_approval_is_required_no_term_goes_public_without_it(
    admin_client, draft, settings, changes, message
):
    settings.APPROVAL_REQUIRED = True
    page = Page(save(admin_client, form_url_of(draft), public_from_0="2026-03-01", **changes))
    assert message in page.text
    assert page.attributes("#id_public_from_0", "value") == ["2026-03-01"]
    draft.refresh_from_db()
    assert draft.public_from is None


def test_where_approval_is_required_a_change_after_it_is_refused(admin_client, draft, settings):
    settings.APPROVAL_REQUIRED = True
    assert approve(admin_client, draft, public_from_0="2026-03-01").status_code == 302
    page = Page(save(admin_client, form_url_of(draft), coverage_note="別の注記"))
    assert "承認を受けた後に内容が変わっています" in page.text
    changes = {"coverage_note": "別の注記", "approval_number": "SJ26-002"}
    assert save(admin_client, form_url_of(draft), **changes).status_code == 302


def test_a_draft_is_saved_without_approval(admin_client, draft, settings):
    settings.APPROVAL_REQUIRED = True
    data = form_data(admin_client, form_url_of(draft), coverage_note="別の注記")
    assert admin_client.post(form_url_of(draft), data, secure=True).status_code == 302
