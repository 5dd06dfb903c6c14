"""The admin opens, in Japanese, under a policy that lets its own scripts run and nothing else."""

import pytest
from django.contrib import admin
from django.urls import reverse

from contacts.models import Desk, DeskRole
from jnxcyber.content import SUBJECTS
from products.models import PolicyTerm, PremiumRow
from tests.conftest import tokyo

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize(
    "model",
    [model for group in SUBJECTS.values() for model in group if model in admin.site._registry],
)
def test_every_list_and_form_opens(admin_get, model):
    names = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    admin_get(reverse(f"{names}_changelist"))
    for row in model._default_manager.all()[:1]:
        html = admin_get(reverse(f"{names}_change", args=[row.pk]))
        assert str(model._meta.verbose_name) in html


def test_every_model_can_be_edited_by_itself_or_within_another():
    registered = admin.site._registry
    inlines = {inline.model for options in registered.values() for inline in options.inlines}
    assert {model for group in SUBJECTS.values() for model in group} <= registered.keys() | inlines


def test_every_name_that_an_editor_sees_is_japanese():
    for group in SUBJECTS.values():
        for model in group:
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


def test_a_changed_telephone_number_is_on_the_public_page_at_once(admin_client, visit):
    desk = Desk.objects.get(role=DeskRole.AGENCY)
    address = reverse("admin:contacts_desk_change", args=[desk.pk])
    form = admin_client.get(address, secure=True).context["adminform"].form
    data = {name: "" if value is None else value for name, value in form.initial.items()}
    data = {name: value for name, value in data.items() if value is not False}
    for prefix in ("persons", "closed_days"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    response = admin_client.post(address, data | {"telephone": "03-1111-2222"}, secure=True)
    assert response.status_code == 302
    assert "TEL:03-1111-2222" in visit("/contact/").text


def test_a_refused_value_keeps_what_was_typed_beside_a_japanese_message(admin_client):
    desk = Desk.objects.get(role=DeskRole.AGENCY)
    address = reverse("admin:contacts_desk_change", args=[desk.pk])
    html = admin_client.post(address, {"telephone": "でんわ"}, secure=True).content.decode()
    assert "電話番号は「03-5422-6351」のように" in html
    assert 'value="でんわ"' in html


@pytest.mark.parametrize("name", ["contacts_desk", "products_product", "products_supportdesk"])
def test_what_the_pages_rely_on_cannot_be_added_or_deleted(admin_client, name):
    assert admin_client.get(reverse(f"admin:{name}_add"), secure=True).status_code == 403
    model = next(
        m for m in admin.site._registry if f"{m._meta.app_label}_{m._meta.model_name}" == name
    )
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
        ("2025-02-01T00:00", "公開中(満了)"),
    ],
)
def test_the_list_of_terms_says_what_visitors_see(admin_get, set_clock, public_from, label):
    PolicyTerm.objects.update(public_from=tokyo(public_from) if public_from else None)
    set_clock("2026-11-22T12:00")
    assert label in admin_get(reverse("admin:products_policyterm_changelist"))


def test_premium_rows_are_edited_within_their_term():
    inlines = admin.site._registry[PolicyTerm].inlines
    assert PremiumRow in {inline.model for inline in inlines}
