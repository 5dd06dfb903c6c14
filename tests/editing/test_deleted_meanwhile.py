"""Forms whose object is deleted by a colleague meanwhile: nothing that was typed is lost."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts.roles import EDITORS, VIEWERS
from products.models import CoverageCategory, FaqEntry, SupportDesk
from products.rollover import prepare_next
from tests.admin_forms import form_data, form_url_of, save, sent_by
from tests.html import Page, squeezed
from tests.people import hire

pytestmark = pytest.mark.django_db


def delete(client, row) -> None:
    url = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_delete", args=[row.pk])
    assert client.post(url, {"post": "yes"}, secure=True).status_code == 302


def test_of_a_deleted_object_the_form_to_add_it_again_has_what_was_typed(admin_client):
    entry = FaqEntry.objects.first()
    data = form_data(admin_client, form_url_of(entry)) | {"question": "打ちかけの質問"}
    delete(admin_client, entry)
    page = Page(admin_client.post(form_url_of(entry), data, secure=True))
    assert "adminさんがこのよくあるご質問を削除しました。入力した内容は残っています。" in page.text
    assert page.attributes("#id_question", "value") == ["打ちかけの質問"]
    assert page.attributes("form#faqentry_form", "action") == [
        reverse("admin:products_faqentry_add")
    ]
    response = admin_client.post(reverse("admin:products_faqentry_add"), sent_by(page), secure=True)
    assert response.status_code == 302
    assert FaqEntry.objects.filter(question="打ちかけの質問").count() == 1


def test_of_a_deleted_term_the_rows_are_kept_too(admin_client, term):
    term.public_from = None
    term.save()
    data = form_data(admin_client, form_url_of(term)) | {"reasons-0-title": "打ちかけの理由"}
    term.delete()
    page = Page(admin_client.post(form_url_of(term), data, secure=True))
    assert "ほかの人がこの保険期間を削除しました。" in page.text
    assert page.attributes("[name=reasons-INITIAL_FORMS]", "value") == ["0"]
    assert page.attributes("[name=premium_rows-TOTAL_FORMS]", "value") == ["6"]
    again = sent_by(page) | {"code": "2025"}  # closed in the form of a stored term
    url = reverse("admin:products_policyterm_add")
    asked = Page(admin_client.post(url, again, secure=True))
    again["_confirmed"] = asked.one("[name=_confirmed]").get("value")
    assert admin_client.post(url, again, secure=True).status_code == 302


def test_where_nobody_adds_such_objects_what_was_typed_can_be_copied(admin_client):
    category = CoverageCategory.objects.first()
    data = form_data(admin_client, form_url_of(category)) | {"events-0-text": "打ちかけの説明"}
    category.delete()
    page = Page(admin_client.post(form_url_of(category), data, secure=True))
    assert "ほかの人がこの補償を削除しました。" in page.text
    assert "打ちかけの説明" in page.texts("textarea[readonly]")


def test_who_deleted_it_as_a_row_of_the_term_is_named_and_choices_have_their_labels(client, term):
    term.public_from = None
    term.save()
    category = CoverageCategory.objects.filter(kind="liability").first()
    hanako, taro = hire("花子", EDITORS), hire("太郎", EDITORS)
    client.force_login(taro)
    data = form_data(client, form_url_of(category)) | {"events-0-text": "打ちかけの説明"}
    save(client, form_url_of(term), product_name="新しい名前")  # keeps a version with the category
    client.force_login(hanako)
    number = list(term.coverage_categories.all()).index(category)
    deleted = save(client, form_url_of(term), **{f"coverage_categories-{number}-DELETE": "on"})
    assert deleted.status_code == 302
    client.force_login(taro)
    page = Page(client.post(form_url_of(category), data, secure=True))
    assert "事務花子さんがこの補償を削除しました。" in page.text
    typed = page.texts("textarea[readonly]")
    assert str(category.get_kind_display()) in typed
    assert "liability" not in typed


def test_who_deleted_the_term_is_named_for_its_parts_too(client, term):
    draft = prepare_next(term)
    category = draft.coverage_categories.first()
    client.force_login(hire("花子", EDITORS))
    data = form_data(client, form_url_of(category))
    delete(client, draft)
    page = Page(client.post(form_url_of(category), data, secure=True))
    assert "事務花子さんがこの補償を削除しました。" in page.text


def test_who_may_not_edit_gets_nothing_to_add(client):
    client.force_login(hire("reader", VIEWERS))
    response = client.post("/admin/products/faqentry/999/change/", {"question": "x"}, secure=True)
    assert response.status_code == 403


def test_a_row_that_was_deleted_is_a_new_row_with_what_was_typed(admin_client):
    desk = SupportDesk.objects.get()
    kept, gone, *_ = desk.cautions.all()
    data = form_data(admin_client, form_url_of(desk)) | {"cautions-1-text": "打ちかけの注意"}
    others = form_data(admin_client, form_url_of(desk)) | {"cautions-1-DELETE": "on"}
    assert admin_client.post(form_url_of(desk), others, secure=True).status_code == 302
    page = Page(admin_client.post(form_url_of(desk), data, secure=True))
    assert "adminさんが保存しました。まだ保存していません" in page.text
    assert "ほかの人が削除した利用上の注意は、新しい行として残っています。" in page.text
    assert admin_client.post(form_url_of(desk), sent_by(page), secure=True).status_code == 302
    texts = [caution.text for caution in desk.cautions.all()]
    assert texts[:2] == [kept.text, "打ちかけの注意"]
    assert gone.text not in texts


def test_a_deleted_row_that_one_does_not_want_back_is_ticked_and_goes(admin_client):
    desk = SupportDesk.objects.get()
    count = desk.cautions.count()
    data = form_data(admin_client, form_url_of(desk))
    desk.cautions.all()[1].delete()
    page = Page(admin_client.post(form_url_of(desk), data, secure=True))
    again = sent_by(page) | {f"cautions-{count - 1}-DELETE": "on"}
    assert admin_client.post(form_url_of(desk), again, secure=True).status_code == 302
    assert desk.cautions.count() == count - 1


def test_what_was_typed_stays_where_the_right_was_taken_away_meanwhile(client, term):
    user = hire("花子", EDITORS)
    client.force_login(user)
    url = form_url_of(term)
    days = {"public_from_0": "2025-03-02", "public_from_1": "9:30"}
    data = form_data(
        client, url, **{"coverage_note": "入力した注記", "reasons-1-title": "題"}, **days
    )
    user.groups.set(Group.objects.filter(name=VIEWERS))
    response = client.post(url, data, secure=True)
    assert response.status_code == 403
    page = Page(response)
    assert "この内容を変更する権限がありません。" in page.text
    typed = {
        squeezed(label.text_content()): page.one(f"#{label.get('for')}").text.strip()
        for label in page.all("#content-main label[for^=typed]")
    }
    assert typed["補償内容の注記"] == "入力した注記"
    assert typed["選ばれる理由2・見出し"] == "題"
    assert typed["公開開始日時"] == "2025-03-02 9:30"
    term.refresh_from_db()
    assert term.coverage_note != "入力した注記"


def test_a_choice_that_was_deleted_meanwhile_is_not_named_by_its_key(admin_client, term):
    function = prepare_next(term).support_functions.first()
    url = form_url_of(SupportDesk.objects.get())
    data = form_data(admin_client, url, **{"cases-0-functions": [function.pk]})
    function.delete()
    page = Page(admin_client.post(url, data, secure=True))
    assert page.texts("#cases-0 .field-functions .errorlist") == [
        "選んだものの中に、削除されたものがあります。選び直してください。"
    ]
