"""Pages for what went wrong, and how they come by the telephone numbers."""

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client

from contacts.models import Desk, DeskRole, PersonInCharge
from jnxcyber.pages.errors import refresh_error_page
from tests.html import Page

pytestmark = pytest.mark.django_db


def database_away(*args):
    raise OperationalError("the database is away")


@pytest.fixture
def broken_site(client: Client) -> Client:
    return Client(raise_request_exception=False)


def get_without_database(client: Client, path: str) -> Page:
    with connection.execute_wrapper(database_away):
        response = client.get(path, secure=True)
    assert response.status_code == 500
    return Page(response)


def test_a_missing_page_leads_on_and_has_the_contact_desks(visit):
    page = visit("/nowhere/", status=404)
    assert page.texts("h1") == ["ページが見つかりません"]
    links = [link.get("href") for link in page.all("main a")]
    assert links == ["/", "/site-map/", "/contact/"]
    assert "0120-318-258" in page.texts(".emergency")[0]
    assert "03-5422-6351" in page.texts(".contacts")[0]
    assert not page.all('link[rel="canonical"]')


@pytest.mark.parametrize("path", ["/", "/insurance/", "/nowhere/"])
def test_without_a_database_the_error_page_has_the_numbers_with_their_conditions(broken_site, path):
    refresh_error_page()
    page = get_without_database(broken_site, path)
    assert page.texts("h1") == ["ページを表示できません"]
    assert "※損保ジャパンのご契約者専用窓口です。損保ジャパンのご契約者さまであれば、" in page.text
    assert "ご利用いただけます。TEL:0120-318-258" in page.text
    assert "※24時間365日受付(年中無休)" in page.text
    assert "TEL:03-5422-6351<受付時間>平日:午前9時から午後5時まで(土・日" in page.text
    assert "03-3349-3297" in page.text


def test_the_error_page_asks_the_server_for_nothing_and_is_small(broken_site):
    refresh_error_page()
    page = get_without_database(broken_site, "/")
    assert not page.all("link, script, style, img")
    assert len(page.html.encode()) < 5_000


def test_a_changed_telephone_number_reaches_the_error_page_when_it_is_saved(
    broken_site, django_capture_on_commit_callbacks
):
    refresh_error_page()
    desk = Desk.objects.get(role=DeskRole.AGENCY)
    with django_capture_on_commit_callbacks(execute=True):
        desk.telephone = "03-0000-0000"
        desk.save()
    page = get_without_database(broken_site, "/")
    assert "TEL:03-0000-0000" in page.text
    assert "03-5422-6351" not in page.text


def test_a_removed_person_leaves_the_error_page(broken_site, django_capture_on_commit_callbacks):
    refresh_error_page()
    with django_capture_on_commit_callbacks(execute=True):
        PersonInCharge.objects.get(name="千葉").delete()
    assert "担当:飯島〒" in get_without_database(broken_site, "/").text


def test_the_last_error_page_stays_while_the_database_is_away(broken_site):
    refresh_error_page()
    before = settings.ERROR_PAGE.read_text()
    with connection.execute_wrapper(database_away):
        refresh_error_page()
    assert settings.ERROR_PAGE.read_text() == before
    assert list(settings.ERROR_PAGE.parent.glob("500-*")) == []


def test_without_any_error_page_the_answer_is_still_in_japanese(broken_site):
    page = get_without_database(broken_site, "/")
    assert page.texts("h1") == ["ページを表示できません"]
