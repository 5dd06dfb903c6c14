"""A postal address that a desk shares with its organisation is stored once."""

from importlib import import_module

import pytest
from django.apps import apps

from contacts.models import Desk, DeskRole, Organisation
from tests.pages.page_paths import PAGE_PATHS

pytestmark = pytest.mark.django_db
MIGRATION = import_module("contacts.migrations.0003_one_address")


def test_after_a_move_no_page_shows_the_old_place(visit):
    old = "東京都新宿区西新宿1-26-1"
    shown = {path for path in PAGE_PATHS if old in visit(path).text}
    Organisation.objects.filter(address=old).update(
        postal_code="100-0001", address="東京都千代田区千代田1-1"
    )
    assert {path for path in PAGE_PATHS if "東京都千代田区千代田1-1" in visit(path).text} == shown
    assert not [path for path in PAGE_PATHS if old in visit(path).text]
    assert "〒100-0001東京都千代田区千代田1-1" in visit("/contact/").main


def test_a_database_of_before_keeps_the_place_with_the_organisation():
    insurer = Desk.objects.get(role=DeskRole.INSURER)
    MIGRATION.give_back(apps, None)
    insurer.refresh_from_db()
    assert (insurer.postal_code, insurer.address) == ("160-8338", "東京都新宿区西新宿1-26-1")
    Organisation.objects.update(postal_code="")
    MIGRATION.keep_one_address(apps, None)
    insurer = Desk.objects.get(role=DeskRole.INSURER)
    assert (insurer.postal_code, insurer.address) == ("", "")
    assert insurer.postal_address == "〒160-8338 東京都新宿区西新宿1-26-1"


def test_a_place_of_its_own_stays_with_a_desk():
    MIGRATION.keep_one_address(apps, None)
    agency = Desk.objects.get(role=DeskRole.AGENCY)
    assert (agency.postal_code, agency.address) == ("108-0074", "東京都港区高輪1-16-15")


def test_a_desk_with_a_different_postal_code_keeps_its_place():
    place = {"postal_code": "160-0023", "address": "東京都新宿区西新宿1-26-1"}
    Desk.objects.filter(role=DeskRole.INSURER).update(**place)
    MIGRATION.keep_one_address(apps, None)
    insurer = Desk.objects.get(role=DeskRole.INSURER)
    assert insurer.postal_address == "〒160-0023 東京都新宿区西新宿1-26-1"
    assert insurer.organisation.postal_code == "160-8338"
