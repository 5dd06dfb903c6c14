"""The admin opens, in Japanese, under a strict policy, and lets nobody delete what pages rely on."""

import lxml.html
import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from editing.content_files import models_in_files
from products.models import LegalText, PolicyTerm, PremiumRow
from tests.admin_forms import form_url_of, save
from tests.factories import make_term
from tests.moments import IN_THE_TERM, tokyo

pytestmark = pytest.mark.django_db

REGISTERED = [model for model in apps.get_models() if admin.site.is_registered(model)]
LISTED = [model for model in models_in_files() if model in REGISTERED]


@pytest.fixture
def admin_get(admin_client):
    def get(path: str) -> str:
        response = admin_client.get(path, secure=True)
        assert response.status_code == 200, f"{path}: {response.status_code}"
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        return response.content.decode()

    return get


@pytest.mark.parametrize("model", LISTED)
def test_every_list_and_form_opens(admin_get, model):
    names = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    admin_get(reverse(f"{names}_changelist"))
    for row in model._default_manager.all()[:1]:
        html = admin_get(reverse(f"{names}_change", args=[row.pk]))
        assert str(model._meta.verbose_name) in html


@pytest.mark.parametrize("model", LISTED)
def test_no_form_has_a_browser_cut_what_is_pasted(admin_get, model):
    row = model._default_manager.first()
    names = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    path = f"{form_url_of(row)}?correct=1" if row else reverse(f"{names}_add")
    form = lxml.html.document_fromstring(admin_get(path)).get_element_by_id("content-main")
    assert form.xpath(".//@name")
    assert form.xpath(".//*[@maxlength]/@name") == []


def test_every_place_that_a_form_names_is_on_its_public_page(admin_get, visit):
    links = set()
    for model in LISTED:
        for row in model._default_manager.all()[:1]:
            form = lxml.html.document_fromstring(admin_get(form_url_of(row)))
            links |= set(form.xpath("//a[starts-with(., '公開ページのその場所')]/@href"))
    assert "/insurance/#premiums" in links
    for link in links:
        path, _, place = link.partition("#")
        page = visit(path, IN_THE_TERM)
        assert not place or page.all(f"#{place}"), link


def test_every_model_can_be_edited_by_itself_or_within_another():
    admins = map(admin.site.get_model_admin, REGISTERED)
    inlines = {inline.model for model_admin in admins for inline in model_admin.inlines}
    assert set(models_in_files()) <= {*REGISTERED} | inlines


def test_every_name_that_an_editor_sees_is_japanese():
    for model in models_in_files():
        for name in [model._meta.verbose_name] + [
            field.verbose_name
            for field in model._meta.fields
            if field.editable and not field.auto_created and field.name not in ("url", "number")
        ]:
            assert any("\u3040" <= character <= "\u9fff" for character in name), (model, name)


def test_the_login_page_is_japanese_and_has_the_policy_of_the_admin(client):
    response = client.get("/admin/login/", secure=True)
    assert "ログイン" in response.content.decode()
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]


def test_only_a_draft_of_a_term_can_be_deleted(admin_client, term):
    draft = make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from=None)
    draft.coverage_categories.create(
        kind="liability", short_name="賠償", title="見出し", text="説明"
    )
    for row, status in ((term, 403), (draft, 302)):
        url = form_url_of(row).replace("change", "delete")
        assert admin_client.post(url, {"post": "yes"}, secure=True).status_code == status
    assert list(PolicyTerm.objects.all()) == [term]


@pytest.mark.parametrize(("kind", "path"), [("closing", "/"), ("privacy", "/privacy/")])
def test_a_legal_text_is_previewed_where_its_kind_is_shown(kind, path):
    text = LegalText.objects.filter(kind=kind).first()
    assert admin.site.get_model_admin(LegalText).public_path(text) == path


@pytest.mark.parametrize("kind", ["closing", "privacy"])
def test_the_last_legal_text_of_a_kind_cannot_be_deleted(admin_client, kind):
    texts = list(LegalText.objects.filter(kind=kind))
    for text in texts:
        url = form_url_of(text).replace("change", "delete")
        admin_client.post(url, {"post": "yes"}, secure=True)
    assert LegalText.objects.filter(kind=kind).count() == 1
    html = admin_client.get(reverse("admin:products_legaltext_changelist"), secure=True).content
    assert b"delete_selected" not in html


def test_coverage_leaves_a_term_only_within_the_form_of_the_term(admin_client, term):
    changelist = reverse("admin:products_coveragecategory_changelist")
    ids = list(term.coverage_categories.values_list("pk", flat=True))
    data = {"action": "delete_selected", "_selected_action": ids, "post": "yes"}
    admin_client.post(changelist, data, secure=True)
    assert term.coverage_categories.count() == 3
    category = term.coverage_categories.first()
    draft = make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from=None)
    save(admin_client, form_url_of(category), term=draft.pk)
    category.refresh_from_db()
    assert category.term == term


@pytest.mark.parametrize(
    "name",
    [
        "contacts_desk",
        "products_product",
        "products_supportdesk",
        "products_securityprogram",
    ],
)
def test_what_the_pages_rely_on_cannot_be_added_or_deleted(admin_client, name):
    assert admin_client.get(reverse(f"admin:{name}_add"), secure=True).status_code == 403
    model = apps.get_model(*name.split("_"))
    row = model._default_manager.first()
    assert (
        admin_client.get(reverse(f"admin:{name}_delete", args=[row.pk]), secure=True).status_code
        == 403
    )


@pytest.mark.parametrize(
    ("public_from", "label"),
    [
        (None, "下書き"),
        ("2026-12-01T00:00", "公開予定"),
        ("2025-02-01T00:00", "公開中(保険期間満了)"),
    ],
)
def test_the_list_of_terms_says_what_visitors_see(admin_get, set_clock, public_from, label):
    PolicyTerm.objects.update(public_from=tokyo(public_from) if public_from else None)
    set_clock("2026-11-22T12:00")
    assert label in admin_get(reverse("admin:products_policyterm_changelist"))


def test_premium_rows_are_edited_within_their_term():
    inlines = admin.site.get_model_admin(PolicyTerm).inlines
    assert PremiumRow in {inline.model for inline in inlines}
