"""Telephone numbers, postal codes and days of the year as people write them."""

import pytest

from contacts.models import Desk, DeskRole, Organisation
from contacts.typed_numbers import (
    hyphenated_month_and_day,
    hyphenated_postal_code,
    hyphenated_telephone,
)
from tests.admin_forms import form_url_of, save


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("03-5422-6351", "03-5422-6351"),
        ("03(5422)6351", "03-5422-6351"),
        ("（０３）５４２２－６３５１", "03-5422-6351"),
        ("03 5422　6351", "03-5422-6351"),
        ("0354226351", "03-5422-6351"),
        ("0612345678", "06-1234-5678"),
        ("0120318258", "0120-318-258"),
        ("0120―318―258", "0120-318-258"),
        ("08001234567", "0800-123-4567"),
        ("09012345678", "090-1234-5678"),
        ("03-5422-635①", "03-5422-635①"),  # a number in a circle is no digit
        ("0451234567", "0451234567"),  # of which area, only a list could tell
        ("03-5422-6351(代)", "03-5422-6351(代)"),
        ("03(5422)", "03(5422)"),
        ("でんわ", "でんわ"),
        ("", ""),
    ],
)
def test_a_telephone_number(typed, stored):
    assert hyphenated_telephone(typed) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("〒108-0074", "108-0074"),
        ("1080074", "108-0074"),
        ("１０８－００７４", "108-0074"),
        ("108-007⁴", "108-007⁴"),
        ("108", "108"),
    ],
)
def test_a_postal_code(typed, stored):
    assert hyphenated_postal_code(typed) == stored


@pytest.mark.django_db
def test_a_form_stores_them_with_hyphens_and_refuses_what_it_cannot_read(admin_client):
    desk = Desk.objects.get(role=DeskRole.AGENCY)
    assert save(admin_client, form_url_of(desk), telephone="03(5422)6351").status_code == 302
    assert save(admin_client, form_url_of(desk), telephone="0451234567").status_code == 200
    desk.refresh_from_db()
    assert desk.telephone == "03-5422-6351"
    days = {"year_end_first_day": "12月30日", "year_end_last_day": "1/4"}
    assert save(admin_client, form_url_of(desk), **days).status_code == 302
    desk.refresh_from_db()
    assert (desk.year_end_first_day, desk.year_end_last_day) == ("12-30", "01-04")
    organisation = Organisation.objects.first()
    assert save(admin_client, form_url_of(organisation), postal_code="〒1080074").status_code == 302
    organisation.refresh_from_db()
    assert organisation.postal_code == "108-0074"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("12-29", "12-29"),
        ("12/29", "12-29"),
        ("１２月２９日", "12-29"),
        ("1月3日", "01-03"),
        ("1月 3", "01-03"),
        ("W52-1", "W52-1"),
        ("12-29-1", "12-29-1"),
        ("1229", "1229"),
        ("①-3", "①-3"),
        ("", ""),
    ],
)
def test_a_day_of_the_year(typed, stored):
    assert hyphenated_month_and_day(typed) == stored
