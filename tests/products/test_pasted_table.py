"""Tests of pasting the premium table into a term."""

import pytest

from accounts.roles import VIEWERS
from editing.history import history
from products.models import PremiumRow
from tests.html import Page
from tests.people import hire
from tests.premium_tables import TWO_ROWS
from tests.products.term_pages import url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_term")]


def paste(client, term, text: str, **data):
    return client.post(url("paste", term.pk), {"table": text, **data}, secure=True)


def test_a_pasted_table_shows_its_differences_and_saves_all_rows_in_one_version(
    admin_client, draft
):
    asked = Page(paste(admin_client, draft, TWO_ROWS))
    assert "保険料の例No.1売上高10億円年間保険料・下限(円)140,230円150,000円" in asked.text
    assert draft.premium_rows.count() == 6
    seen = asked.attributes("[name=seen]", "value")[0]
    assert paste(admin_client, draft, TWO_ROWS, _save="1", seen=seen).url == url("change", draft.pk)
    assert list(draft.premium_rows.values_list("number", "annual_low")) == [
        (1, 150_000),
        (2, 390_000),
    ]
    (entry,) = history(draft)
    assert "貼り付けました" in entry.comment


def test_doubts_are_told_before_and_after_the_save(admin_client, draft):
    table = TWO_ROWS.replace("150,000円", "14,000円")
    asked = Page(paste(admin_client, draft, table))
    tenth = "No.1の年間保険料・下限14,000円は、前の保険期間の140,230円の10分の1以下です。"
    no_twelfth = (
        "No.1の月額保険料・下限12,500円は、年間保険料14,000円÷12を10円単位にした1,170円と違います。"
    )
    assert asked.texts("[aria-labelledby=differences] .ask li") == [tenth, no_twelfth]
    sent = {name: asked.one(f"[name={name}]").get("value") for name in ("seen", "_confirmed")}
    unseen = Page(paste(admin_client, draft, table, _save="1", seen=sent["seen"]))
    assert "違いをもう一度確かめてください。" in unseen.text
    assert draft.premium_rows.count() == 6
    response = paste(admin_client, draft, table, _save="1", **sent)
    assert response.status_code == 302
    after = Page(admin_client.get(response.url, secure=True))
    assert after.texts(".messagelist .warning") == [
        f"次のことを確認のうえで保存しました。{tenth}{no_twelfth}"
    ]
    assert draft.premium_rows.count() == 2


def test_a_row_that_the_rules_refuse_refuses_all(admin_client, draft):
    wrong = TWO_ROWS.replace("390,000円〜840,000円", "840,000円〜390,000円")
    seen = Page(paste(admin_client, draft, TWO_ROWS)).attributes("[name=seen]", "value")[0]
    page = Page(paste(admin_client, draft, wrong, _save="1", seen=seen))
    assert "2行目:保険料の下限は、上限以下にしてください。" in page.text
    assert page.one("textarea").text.strip() == wrong.strip()
    assert draft.premium_rows.count() == 6


def test_a_table_that_cannot_be_read_is_not_saved(admin_client, draft):
    seen = Page(paste(admin_client, draft, TWO_ROWS)).attributes("[name=seen]", "value")[0]
    page = Page(paste(admin_client, draft, "保険料の表", _save="1", seen=seen))
    assert page.one("textarea").text.strip() == "保険料の表"
    assert draft.premium_rows.count() == 6


def test_rows_may_exchange_their_places(admin_client, draft):
    first, second = TWO_ROWS.splitlines()
    swapped = f"1{second[1:]}\n2{first[1:]}"
    seen = Page(paste(admin_client, draft, swapped)).attributes("[name=seen]", "value")[0]
    assert paste(admin_client, draft, swapped, _save="1", seen=seen).status_code == 302
    assert draft.premium_rows.get(number=1).profit_limit == 100_000_000


def test_a_change_since_the_differences_were_shown_is_shown_first(admin_client, draft):
    seen = Page(paste(admin_client, draft, TWO_ROWS)).attributes("[name=seen]", "value")[0]
    PremiumRow.objects.filter(term=draft, number=1).update(annual_low=141_000)
    page = Page(paste(admin_client, draft, TWO_ROWS, _save="1", seen=seen))
    assert "ほかの人が保存しました" in page.text
    assert "141,000円150,000円" in page.text
    assert draft.premium_rows.count() == 6


def test_figures_that_were_changed_since_the_differences_were_shown_are_shown_first(
    admin_client, draft
):
    seen = Page(paste(admin_client, draft, TWO_ROWS)).attributes("[name=seen]", "value")[0]
    other = TWO_ROWS.replace("150,000円", "160,000円", 1).replace("12,500円", "13,330円", 1)
    assert other != TWO_ROWS
    page = Page(paste(admin_client, draft, other, _save="1", seen=seen))
    assert "違いを確かめた後に、貼り付けた表が変わっています。" in page.text
    assert "140,230円160,000円" in page.text
    assert draft.premium_rows.count() == 6
    seen = page.attributes("[name=seen]", "value")[0]
    assert paste(admin_client, draft, other, _save="1", seen=seen).status_code == 302


def test_a_pasted_table_is_previewed_on_the_public_page(admin_client, draft):
    page = Page(paste(admin_client, draft, TWO_ROWS, _preview="1"))
    assert "150,000円" in page.main
    assert draft.premium_rows.count() == 6


def test_pasting_over_a_published_term_needs_a_reason(admin_client, term):
    seen = Page(paste(admin_client, term, TWO_ROWS)).attributes("[name=seen]", "value")[0]
    for reason, told in (("", "訂正する理由を入力してください"), ("\ue000", "外字")):
        page = Page(paste(admin_client, term, TWO_ROWS, _save="1", seen=seen, _reason=reason))
        assert told in page.texts("#reason-error")[0]
        assert page.attributes("#reason", "value") == [reason]
        assert not page.all("#paste-errors")
    data = {"_save": "1", "seen": seen, "_reason": "転記の誤り"}
    assert paste(admin_client, term, TWO_ROWS, **data).status_code == 302
    assert "転記の誤り" in history(term)[0].comment


def test_an_amount_that_no_database_takes_is_said(admin_client, draft):
    table = "売上高の単位:億円\n" + TWO_ROWS.replace("10億円", "999999999999999999", 1)
    page = Page(paste(admin_client, draft, table))
    assert "2行目:9223372036854775807以下で入力してください。" in page.text


def test_a_table_for_a_term_that_a_colleague_deleted_is_given_back(admin_client, draft):
    url_of_the_page, url_to_delete = url("paste", draft.pk), url("delete", draft.pk)
    assert admin_client.post(url_to_delete, {"post": "yes"}, secure=True).status_code == 302
    for button in ("_compare", "_save", "_preview"):
        sent = {"table": TWO_ROWS, "_reason": "転記の誤り", button: "1"}
        page = Page(admin_client.post(url_of_the_page, sent, secure=True))
        assert "adminさんがこの保険期間を削除しました。入力した内容は残っています。" in page.text
        table, reason = page.all("textarea[readonly]")
        assert table.text.strip() == TWO_ROWS.strip()
        assert reason.text == "転記の誤り"
    assert admin_client.get(url_of_the_page, secure=True).status_code == 404


def test_who_may_not_paste_gets_no_table_back(client):
    client.force_login(hire("reader", VIEWERS))
    sent = {"table": TWO_ROWS}
    assert client.post(url("paste", 999), sent, secure=True).status_code == 403
