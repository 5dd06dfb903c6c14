"""The lists of the admin and the home: what they show first, and counts that agree with what they link to."""

import pytest
from django.contrib.auth.models import User

from accounts.roles import EDITORS
from jnxcyber.checks import accounts
from products.checks.publication import questions
from products.checks.terms import pamphlets
from products.models import CoverageCategory, Document, FaqEntry, PolicyTerm
from products.rollover import prepare_next
from tests.factories import make_term
from tests.findings import said
from tests.html import Page
from tests.moments import tokyo
from tests.people import hire

pytestmark = pytest.mark.django_db


def terms_listed(client, query: str = "") -> set[str]:
    page = Page(client.get(f"/admin/products/coveragecategory/{query}", secure=True))
    return set(page.texts("#result_list .field-term"))


def test_the_list_of_covers_begins_with_the_terms_that_are_open_or_in_preparation(
    set_clock, admin_client, term
):
    set_clock("2025-10-03T10:00")
    past = make_term("2023", "2023-04-01T16:00", "2024-04-01T16:00", "2023-02-01T00:00")
    CoverageCategory.objects.create(term=past, kind="liability", title="前の賠償", text="説明")
    draft = prepare_next(term)
    assert terms_listed(admin_client) == {str(term), str(draft)}
    assert terms_listed(admin_client, "?term=all") == {str(term), str(draft), str(past)}
    assert terms_listed(admin_client, f"?term={past.pk}") == {str(past)}
    assert terms_listed(admin_client, "?term=x") == {str(term), str(draft), str(past)}
    page = Page(admin_client.get("/admin/products/coveragecategory/", secure=True))
    assert "受付中・準備中" in page.texts("#changelist-filter li.selected")


def test_the_count_of_documents_is_that_of_their_page(set_clock, admin_client, term, visit):
    past = make_term("2023", "2023-04-01T16:00", "2024-04-01T16:00", "2023-02-01T00:00")
    for number, each in enumerate((past, term)):
        Document.objects.create(
            code=f"d{number}", title=f"資料{number}", kind="pamphlet", term=each,
            url="https://example.jp/", public_from=tokyo("2023-02-01T00:00"),
        )  # fmt: skip
    shown = len(visit("/documents/", at="2025-10-03T10:00").all(".documents a"))
    set_clock("2025-10-03T10:00")
    admin_client.force_login(User.objects.get())
    home = Page(admin_client.get("/admin/", secure=True))
    assert f"公開中の資料{shown}件" in home.text


def test_a_term_without_a_pamphlet_is_found(term):
    assert f"保険期間{term}のパンフレットがありません。" in said(pamphlets)
    Document.objects.create(
        code="p", title="パンフレット", kind="pamphlet", term=term, url="https://example.jp/",
        public_from=tokyo("2025-02-01T00:00"),
    )  # fmt: skip
    assert said(pamphlets) == ""
    PolicyTerm.objects.update(public_from=None)
    Document.objects.filter(code="p").delete()
    assert said(pamphlets) == ""


def test_an_emptied_faq_is_found():
    assert said(questions) == ""
    FaqEntry.objects.all().delete()
    assert said(questions) == "「よくあるご質問」が1件もありません。"


def test_an_account_without_a_role_is_found():
    hire("hana", EDITORS)
    User.objects.create_superuser("root")
    User.objects.create(username="gone", is_active=False)
    assert said(accounts) == ""
    User.objects.create(username="taro", is_active=True)
    assert said(accounts) == "taroさんのアカウントに役割がありません。"
