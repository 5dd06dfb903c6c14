"""Tests of terms that were published: they are closed, and corrected for a reason."""

import pytest
from django.urls import reverse

from editing.history import history
from products.models import PolicyTerm
from tests.admin_forms import form_data, form_url_of, save, save_confirmed
from tests.html import Page
from tests.moments import tokyo
from tests.products.term_pages import url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_term")]


def test_a_published_term_is_closed_until_it_is_opened_on_purpose(admin_client, term):
    closed = url("change", term.pk)
    page = Page(admin_client.get(closed, secure=True))
    assert page.all("#id_premium_notes") == []
    assert "公開した内容を訂正する" in page.text
    opened = Page(admin_client.get(closed + "?correct=1", secure=True))
    assert len(opened.all("#id_premium_notes")) == 1


def test_a_correction_needs_a_reason_and_keeps_what_was_typed(admin_client, term):
    page = Page(save(admin_client, form_url_of(term), _reason=" ", coverage_note="訂正した注記"))
    assert "訂正する理由を入力してください" in page.text
    assert page.attributes("#reason", "aria-describedby") == ["reason-error"]
    assert page.one("#id_coverage_note").text.strip() == "訂正した注記"
    term.refresh_from_db()
    assert term.coverage_note != "訂正した注記"


def test_a_reason_that_the_record_cannot_show_is_refused_at_its_field(admin_client, term):
    page = Page(save(admin_client, form_url_of(term), _reason="\ue000のため", coverage_note="訂正"))
    assert not [each for each in page.texts(".errornote:not(#reason-error)") if "外字" in each]
    assert "1文字目に、外字" in page.texts("#reason-error")[0]
    assert page.attributes("#reason", "value") == ["\ue000のため"]
    assert PolicyTerm.objects.get(pk=term.pk).coverage_note != "訂正"


def test_a_reason_is_stored_in_one_line_without_what_nobody_sees(admin_client, term):
    form = form_url_of(term)
    unseen = Page(save(admin_client, form, _reason="\u3164", coverage_note="訂正"))
    assert "訂正する理由を入力してください" in unseen.texts("#reason-error")[0]
    save(admin_client, form, _reason=" 誤字の\r\nため\u200b", coverage_note="訂正")
    assert history(term)[0].comment.startswith("訂正の理由:誤字の ため(")


def test_the_coverage_of_a_published_term_is_closed_too(admin_client, term):
    closed = form_url_of(term.coverage_categories.first()).removesuffix("?correct=1")
    assert not Page(admin_client.get(closed, secure=True)).all("#id_text")


@pytest.mark.parametrize("part", [lambda term: term, lambda term: term.coverage_categories.first()])
def test_what_was_typed_before_the_term_became_public_asks_for_the_reason(
    admin_client, draft, part
):
    edited = part(draft)
    url = form_url_of(edited).removesuffix("?correct=1")
    field = "coverage_note" if edited is draft else "text"
    data = form_data(admin_client, url, _reason="", **{field: "入力した文"})
    PolicyTerm.objects.filter(pk=draft.pk).update(public_from=tokyo("2025-03-01T00:00"))
    page = Page(admin_client.post(url, data, secure=True))
    assert "訂正する理由を入力してください" in page.text
    assert page.one(f"#id_{field}").text.strip() == "入力した文"
    edited.refresh_from_db()
    assert getattr(edited, field) != "入力した文"


def test_a_term_that_is_still_to_come_is_open(admin_client, draft):
    draft.public_from = tokyo("2026-03-01T00:00")
    draft.save()
    page = Page(admin_client.get(url("change", draft.pk), secure=True))
    assert len(page.all("#id_premium_notes")) == 1


def test_a_term_that_was_once_public_is_not_deleted(admin_client, term):
    save_confirmed(admin_client, form_url_of(term), public_from_0="", public_from_1="")
    term.refresh_from_db()
    assert term.public_from is None
    response = admin_client.post(url("delete", term.pk), {"post": "yes"}, secure=True)
    assert response.status_code == 403


def test_a_term_that_became_public_by_itself_is_not_deleted_later(
    admin_client, admin_user, draft, set_clock
):
    save_confirmed(admin_client, form_url_of(draft), public_from_0="2026-03-01")
    set_clock("2026-03-02T10:00")
    admin_client.force_login(admin_user)
    save_confirmed(admin_client, form_url_of(draft), public_from_0="", public_from_1="")
    response = admin_client.post(url("delete", draft.pk), {"post": "yes"}, secure=True)
    assert response.status_code == 403


def test_a_term_whose_publication_was_called_off_is_deleted(admin_client, draft):
    save_confirmed(admin_client, form_url_of(draft), public_from_0="2026-03-01")
    save(admin_client, form_url_of(draft), public_from_0="", public_from_1="")
    response = admin_client.post(url("delete", draft.pk), {"post": "yes"}, secure=True)
    assert response.status_code == 302


def test_a_term_that_was_taken_back_stays_closed(admin_client, term):
    save_confirmed(admin_client, form_url_of(term), public_from_0="", public_from_1="")
    assert Page(admin_client.get(form_url_of(term), secure=True)).all("#id_code") == []
    category = term.coverage_categories.first()
    delete = reverse("admin:products_coveragecategory_delete", args=[category.pk])
    assert admin_client.post(delete, {"post": "yes"}, secure=True).status_code == 403
