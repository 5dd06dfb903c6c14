"""Tests of a new policy term: prepared by one button, or added by hand."""

import pytest
from django.urls import reverse

from editing.history import history
from products.models import PolicyTerm
from tests.admin_forms import form_data, form_url_of, save
from tests.html import Page
from tests.moments import tokyo
from tests.products.term_pages import url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_term")]


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


def test_a_draft_that_is_refused_on_its_way_to_the_public_can_be_mended(admin_client, draft):
    form = form_url_of(draft)
    changes = {
        "public_from_0": "2026-02-01",
        "public_from_1": "00:00",
        "joining_deadline_day": "31",
    }
    page = Page(save(admin_client, form, **changes))
    assert page.one("#id_code").get("value") == draft.code
    sent_again = dict(page.one("#policyterm_form").form_values()) | {"joining_deadline_day": "20"}
    sent_again = {
        name: value for name, value in sent_again.items() if not name.endswith(("-up", "-down"))
    }
    asked = Page(admin_client.post(form, sent_again, secure=True))
    sent_again["_confirmed"] = asked.one("[name=_confirmed]").get("value")
    assert admin_client.post(form, sent_again, secure=True).status_code == 302
    draft.refresh_from_db()
    assert draft.public_from is not None
