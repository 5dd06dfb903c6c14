"""The secretariat's guide: its page and its pictures. test_handbook_walk.py does its tasks."""

import re

import pytest
from django.conf import settings as site
from django.contrib.staticfiles import finders

from accounts.roles import EDITORS, USER_ADMINISTRATORS, VIEWERS
from editing import handbook
from editing.findings import content_checks
from tests.html import Page, squeezed
from tests.people import hire

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide(client, admin_user) -> Page:
    client.force_login(admin_user)
    return Page(client.get("/admin/handbook/", secure=True))


@pytest.mark.parametrize("role", [EDITORS, VIEWERS, USER_ADMINISTRATORS])
def test_everybody_who_signs_in_can_read_it(client, role):
    assert client.get("/admin/handbook/", secure=True).url.startswith("/admin/login/")
    client.force_login(hire("hanako", role))
    page = Page(client.get("/admin/handbook/", secure=True))
    assert page.texts("h1") == ["編集の手引き"]
    home = Page(client.get("/admin/", secure=True))
    assert "手引き" in home.texts("#user-tools a[href='/admin/handbook/']")


def test_the_home_leads_to_it(client, admin_user):
    client.force_login(admin_user)
    home = Page(client.get("/admin/", secure=True))
    assert "編集の手引き" in home.texts(".home a[href='/admin/handbook/']")
    assert home.all(".home a[href='/admin/handbook/#checks']")


def test_all_links_within_it_lead_somewhere(guide):
    links = [href[1:] for href in guide.attributes(".handbook a[href^='#']", "href")]
    identified = guide.attributes(".handbook [id]", "id")
    assert set(links) <= set(identified)
    assert len(set(identified)) == len(identified)
    assert guide.texts("nav[aria-labelledby=contents] a") == [
        squeezed(re.sub(r"<.*?>", "", title))
        for title in re.findall(r"^## (.+)$", handbook.HANDBOOK.read_text("utf-8"), re.MULTILINE)
    ]


def test_nothing_in_it_needs_a_laxer_policy(guide):
    assert not guide.all(".handbook :is(script, style, [style], [onclick], iframe)")
    assert "'unsafe-inline'" not in guide.response.headers["Content-Security-Policy"]


def test_every_picture_is_there_and_says_what_it_shows(guide):
    pictures = guide.all(".handbook img")
    shown = {each.get("src").removeprefix("/static/") for each in pictures}
    folder = site.BASE_DIR / "static" / "handbook"
    assert shown == {f"handbook/{path.name}" for path in folder.iterdir()}
    assert all(finders.find(name) for name in shown)
    assert all(re.search("[ぁ-ん]", each.get("alt")) for each in pictures)
    total = sum(path.stat().st_size for path in folder.iterdir())
    assert total < 500_000


def test_pictures_have_the_names_that_collected_files_have(client, admin_user, settings):
    static_files = settings.STORAGES["staticfiles"] | {"OPTIONS": {"base_url": "/static/hashed/"}}
    settings.STORAGES = settings.STORAGES | {"staticfiles": static_files}
    client.force_login(admin_user)
    page = Page(client.get("/admin/handbook/", secure=True))
    sources = page.attributes(".handbook img", "src")
    assert sources
    assert all(source.startswith("/static/hashed/handbook/") for source in sources)


def test_every_check_has_its_paragraph(guide):
    explained = {
        heading.cssselect("a")[0].get("id"): squeezed(heading.getnext().text_content())
        for heading in guide.all(".handbook h3")
        if heading.cssselect("a[id^=check-]")
    }
    assert explained.keys() == {f"check-{check.__name__}" for check in content_checks()}
    assert all(len(text) > 40 for text in explained.values())
