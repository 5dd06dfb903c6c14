"""Each role may do what the table says, and nothing else."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.db import models
from django.urls import reverse

from accounts.roles import EDITORS, USER_ADMINISTRATORS, VIEWERS
from contacts.models import Organisation
from products.models import FaqEntry

ACTIONS = ("add", "change", "delete", "view")
CONTENT = ("contacts", "products", "pages", "editing")

# What a role may do with a model of the content, with users, with groups; with all else nothing.
MAY = {
    EDITORS: (ACTIONS, (), ()),
    VIEWERS: (("view",), (), ()),
    USER_ADMINISTRATORS: ((), ACTIONS, ("view",)),
}


def allowed(role: str, model: type[models.Model]) -> tuple[str, ...]:
    content, users, groups = MAY[role]
    if not model._meta.default_permissions:
        return ()
    if model._meta.app_label in CONTENT:
        return content
    return {User: users, Group: groups}.get(model, ())


@pytest.mark.parametrize("role", MAY)
@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_a_role_may_do_with_a_model_what_the_table_says(person, role, model):
    user = person("taro", role)
    may = [
        action
        for action in ACTIONS
        if user.has_perm(f"{model._meta.app_label}.{action}_{model._meta.model_name}")
    ]
    assert may == list(allowed(role, model))


@pytest.mark.parametrize("role", MAY)
@pytest.mark.parametrize("model", [FaqEntry, Organisation, User], ids=lambda model: model.__name__)
def test_the_pages_obey_the_table(computer, person, settings, role, model):
    settings.SECOND_FACTOR = False
    computer.sign_in(person("taro", role))
    row = person("jiro") if model is User else model._default_manager.first()
    names = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    may = allowed(role, model)
    for action, url in {
        "view": reverse(f"{names}_changelist"),
        "add": reverse(f"{names}_add"),
        "change": reverse(f"{names}_change", args=[row.pk]),
        "delete": reverse(f"{names}_delete", args=[row.pk]),
    }.items():
        status = computer.get(url).status_code
        if action == "change" and may == ("view",):
            assert status == 200
            assert computer.post(url, {}).status_code == 403
        else:
            assert status == (200 if action in may else 403), url


@pytest.mark.parametrize("role", [EDITORS, VIEWERS])
def test_an_editor_finds_no_user_and_no_internal_table(computer, person, settings, role):
    settings.SECOND_FACTOR = False
    computer.sign_in(person("taro", role))
    links = {link.get("href") for link in computer.see("/admin/").all("a")}
    apps_linked = {link.split("/")[2] for link in links if link and link.startswith("/admin/")}
    assert apps_linked >= {"contacts", "products", "pages"}
    of_no_table = {"", "account", "handbook", "password_change", "preview", "record", "site"}
    assert apps_linked <= {*CONTENT, *of_no_table}


def test_no_table_of_the_machinery_is_in_the_admin():
    registered = {model for model in apps.get_models() if admin.site.is_registered(model)}
    assert {model._meta.app_label for model in registered} - set(CONTENT) == {"auth"}
    assert Group not in registered


def test_migrating_sets_right_what_was_changed_by_hand(person):
    taro = person("taro", VIEWERS)
    Group.objects.get(name=VIEWERS).permissions.set(
        Permission.objects.filter(content_type__app_label="auth")
    )
    Group.objects.get(name=EDITORS).delete()
    call_command("migrate", verbosity=0)
    taro = User.objects.get(pk=taro.pk)
    assert not taro.has_perm("auth.change_user")
    assert taro.has_perm("products.view_notice")
    assert Group.objects.get(name=EDITORS).permissions.exists()
    assert Group.objects.count() == 3
