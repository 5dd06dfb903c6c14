"""The system checks of the toolkit: what the apps declare for it fits together."""

import pytest
import reversion
from django.apps import apps
from django.contrib import admin

from contacts.models import Desk, Organisation
from editing.admin import place_link
from editing.models import AcceptedFinding
from editing.system_checks import content_is_versioned, pages_are_known, parts_have_forms


def ids(errors) -> list[str]:
    return [error.id for error in errors]


def test_the_apps_as_they_are_have_no_fault():
    assert content_is_versioned() == pages_are_known() == parts_have_forms() == []


def test_versions_are_registered_before_the_admin_finds_the_admin_modules():
    names = [config.name for config in apps.get_app_configs()]
    assert names.index("editing") < names.index("django.contrib.admin")


def test_a_content_model_without_versions_is_an_error():
    reversion.unregister(Organisation)
    try:
        assert ids(content_is_versioned()) == ["editing.E002"]
    finally:
        reversion.register(Organisation)


def test_versions_of_what_is_no_content_are_an_error():
    reversion.register(AcceptedFinding)
    try:
        assert ids(content_is_versioned()) == ["editing.E001"]
    finally:
        reversion.unregister(AcceptedFinding)


@pytest.mark.parametrize("name", ["persns", "organisation", "title"])
def test_parts_must_be_relations_to_content(monkeypatch, name):
    monkeypatch.setattr(Desk, "parts", ("persons", name))
    assert ids(content_is_versioned()) == ["editing.E003"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("shown_on", ("contact", "contacts")),
        (
            "fieldsets",
            ((None, {"fields": ("role",), "description": place_link("説明", "contacts")}),),
        ),
    ],
)
def test_a_page_that_does_not_exist_is_an_error(monkeypatch, name, value):
    monkeypatch.setattr(type(admin.site.get_model_admin(Desk)), name, value)
    (error,) = pages_are_known()
    assert error.id == "editing.E004"
    assert "there is no page contacts" in error.msg


def test_a_part_without_a_form_is_an_error(monkeypatch):
    desk_admin = type(admin.site.get_model_admin(Desk))
    monkeypatch.setattr(desk_admin, "inlines", desk_admin.inlines[:1])
    (error,) = parts_have_forms()
    assert error.id == "editing.E005"
    assert "disagree on ClosedDay" in error.msg


def test_rows_in_a_form_that_are_no_parts_are_an_error(monkeypatch):
    monkeypatch.setattr(Desk, "parts", ("persons",))
    assert ids(parts_have_forms()) == ["editing.E005"]
