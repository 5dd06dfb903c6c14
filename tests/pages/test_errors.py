"""Pages for what went wrong, and how they come by the telephone numbers."""

import pytest
from django.db import OperationalError, connection
from django.http import QueryDict
from django.test import Client

from contacts.models import Desk, DeskRole, PersonInCharge
from core.moment import Moment
from jnxcyber.asgi import create_application
from pages.errors import UNAVAILABLE
from publishing.page_as_of import page_as_of
from publishing.rendering import REFUSED, render
from publishing.revision import content_revision
from tests.html import Page
from tests.moments import IN_THE_TERM, moment, tokyo

pytestmark = pytest.mark.django_db


def database_away(*args):
    raise OperationalError("the database is away")


@pytest.fixture
def broken_site() -> Client:
    return Client(raise_request_exception=False)


def cache_the_page(settings) -> None:
    cache = create_application(settings.PAGE_CACHE_DIR).cache
    cache.set_revision(content_revision())
    for page in (UNAVAILABLE, REFUSED):
        cache.render(page, moment(IN_THE_TERM))


def get_without_database(client: Client, path: str) -> Page:
    with connection.execute_wrapper(database_away):
        response = client.get(path, secure=True)
    assert response.status_code == 500
    return Page(response)


def test_a_missing_page_leads_on_and_has_the_contact_desks(visit):
    page = visit("/nowhere/", status=404)
    assert page.texts("h1") == ["ページが見つかりません"]
    links = [link.get("href") for link in page.all("main a")]
    assert links == ["/", "/insurance/", "/site-map/", "/contact/"]
    assert "保険期間:2025年4月1日(午後4時)〜2026年4月1日(午後4時)" in page.main
    assert "0120-318-258" in page.texts(".emergency")[0]
    assert "03-5422-6351" in page.texts(".contacts")[0]
    assert not page.all('link[rel="canonical"]')


def test_a_forgotten_slash_costs_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/insurance/join?on=2025-10-03", secure=True)
    assert response.status_code == 301
    assert response.headers["Location"] == "/insurance/join/?on=2025-10-03"


def test_in_a_preview_where_nobody_redirects_a_forgotten_slash_is_a_missing_page(db):
    pinned = Moment(tokyo(IN_THE_TERM), pinned=True)
    page = Page(page_as_of("/contact", QueryDict(), pinned))
    assert page.texts("h1") == ["ページが見つかりません"]


@pytest.mark.parametrize("path", ["/", "/insurance/", "/nowhere/"])
def test_without_a_database_the_error_page_has_the_numbers_with_their_conditions(
    settings, broken_site, path
):
    cache_the_page(settings)
    page = get_without_database(broken_site, path)
    assert page.texts("h1") == ["ページを表示できません"]
    assert "※損保ジャパンのご契約者専用窓口です。損保ジャパンのご契約者さまであれば、" in page.text
    assert "ご利用いただけます。TEL:0120-318-258" in page.text
    assert "※24時間365日受付(年中無休)" in page.text
    assert "TEL:03-5422-6351<受付時間>平日:午前9時から午後5時まで(土・日" in page.text
    assert "03-3349-3297" in page.text


def test_the_error_page_asks_the_server_for_nothing_and_is_small(settings, broken_site):
    cache_the_page(settings)
    page = get_without_database(broken_site, "/")
    assert not page.all("link, script, style, img")
    assert len(page.html.encode()) < 5_000


def test_the_error_page_reads_the_same_at_any_moment(db):
    now = moment(IN_THE_TERM)
    page = render(UNAVAILABLE, now)
    assert now.expires_at is None
    assert render(UNAVAILABLE, moment("2026-12-31T23:59")).bodies == page.bodies


def test_a_changed_telephone_number_reaches_the_error_page(settings, broken_site):
    cache_the_page(settings)
    Desk.objects.filter(role=DeskRole.AGENCY).update(telephone="03-0000-0000")
    PersonInCharge.objects.get(name="千葉").delete()
    cache_the_page(settings)
    page = get_without_database(broken_site, "/")
    assert "TEL:03-0000-0000" in page.text
    assert "03-5422-6351" not in page.text
    assert "担当:飯島〒" in page.text


def test_without_any_error_page_the_answer_is_still_in_japanese(broken_site):
    page = get_without_database(broken_site, "/")
    assert page.texts("h1") == ["ページを表示できません"]


@pytest.mark.parametrize(
    ("ask", "status"),
    [
        (lambda client: client.get("/", headers={"host": "evil.example"}, secure=True), 400),
        (lambda client: client.post("/faq/", {"a": "b"}, secure=True), 405),
        (lambda client: client.delete("/insurance/", secure=True), 405),
    ],
)
def test_a_request_that_nothing_answers_gets_the_same_calm_page(settings, broken_site, ask, status):
    cache_the_page(settings)
    response = ask(broken_site)
    assert response.status_code == status
    page = Page(response)
    assert page.texts("h1") == ["リクエストを受け付けられません"]
    assert page.one("title").text.startswith("JNX団体サイバー保険 ")
    assert "JNX団体サイバー保険(損害保険ジャパン)" in page.text
    assert "ご利用いただけます。TEL:0120-318-258" in page.text
    assert "TEL:03-5422-6351<受付時間>平日:午前9時から午後5時まで" in page.text
    assert page.attributes("meta[name=robots]", "content") == ["noindex"]
    assert not page.all("link, script, style, img")
    assert len(page.html.encode()) < 5_000
    if status == 405:
        assert response.headers["Allow"] == "GET, HEAD"
