"""Tests of the approval of a term: what it covers, and where it is required."""

import pytest

from editing.history import history
from tests.admin_forms import form_data, form_url_of, save, save_confirmed
from tests.html import Page
from tests.products.term_pages import url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_term")]


def approve(client, term, **changes):
    data = {"approval_number": "SJ26-001", "approved_on": "2025年9月30日"}
    return save_confirmed(client, form_url_of(term), **data | changes)


def test_an_approval_is_of_the_content_with_which_it_was_entered(admin_client, draft):
    assert approve(admin_client, draft).status_code == 302
    page = Page(admin_client.get(form_url_of(draft), secure=True))
    assert "承認を受けた後に変わったところがあります" not in page.text
    dearer = {"premium_rows-0-annual_low": "141,000", "premium_rows-0-monthly_low": "11,750"}
    save(admin_client, form_url_of(draft), **dearer)
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
    assert "(補償内容の注記を変更しました。)" in history(draft)[0].comment


def test_the_date_of_publication_is_no_change_of_what_was_approved(admin_client, draft):
    approve(admin_client, draft)
    save_confirmed(admin_client, form_url_of(draft), public_from_0="2026-03-01")
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
    assert page.attributes("#id_code", "value") == [
        draft.code
    ]  # without which it is not saved again
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
