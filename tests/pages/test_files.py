"""Answers for software: feed, site map, robots.txt, security.txt."""

from datetime import datetime

import pytest
from django.conf import settings
from lxml import etree

from core.clock import parse_site_clock
from products.models import Notice
from tests.admin_forms import form_url_of, save
from tests.moments import tokyo

pytestmark = pytest.mark.django_db
tokyo_time = datetime.fromisoformat
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_the_feed_holds_the_public_notices_the_newest_first(visit):
    for day in (1, 2, 9):
        Notice.objects.create(
            title=f"お知らせ{day}", text="<本文>", public_from=tokyo(f"2025-10-0{day}T09:00")
        )
    feed = etree.fromstring(visit("/news/feed.atom").html.encode())
    assert feed.xpath("a:entry/a:title/text()", namespaces=ATOM) == ["お知らせ2", "お知らせ1"]
    assert feed.xpath("a:entry/a:updated/text()", namespaces=ATOM)[0].startswith("2025-10-02T")
    urls = feed.xpath("a:entry/a:link/@href", namespaces=ATOM)
    assert all(url.startswith(f"{settings.SITE_URL}/news/") for url in urls)
    newest = Notice.objects.get(title="お知らせ2")
    assert feed.xpath("a:entry/a:id/text()", namespaces=ATOM)[0] == f"urn:uuid:{newest.uid}"
    assert feed.xpath("a:link[@rel='self']/@href", namespaces=ATOM) == [
        f"{settings.SITE_URL}/news/feed.atom"
    ]
    assert feed.xpath("a:author/a:name/text()", namespaces=ATOM) == ["損害保険ジャパン株式会社"]


def test_the_feed_shows_text_as_text_in_its_paragraphs(visit):
    Notice.objects.create(
        title="件名",
        text="<b>例</b>の段落\n次の行\n\n次の段落",
        public_from=tokyo("2025-10-01T09:00"),
    )
    feed = etree.fromstring(visit("/news/feed.atom").html.encode())
    (summary,) = feed.xpath("a:entry/a:summary", namespaces=ATOM)
    assert summary.get("type") == "html"
    assert summary.text == "<p>&lt;b&gt;例&lt;/b&gt;の段落<br>次の行</p><p>次の段落</p>"


def test_a_corrected_notice_is_updated_in_the_feed_and_for_search_engines(
    visit, admin_client, set_clock
):
    notice = Notice.objects.create(title="件名", text="本文", public_from=tokyo("2025-10-01T09:00"))
    set_clock("2025-10-02T10:00")
    save(admin_client, form_url_of(notice), text="直した本文")

    def updated() -> list[str]:
        feed = etree.fromstring(visit("/news/feed.atom").html.encode())
        return feed.xpath("a:entry/a:updated/text() | a:updated/text()", namespaces=ATOM)

    assert {tokyo_time(text) for text in updated()} == {tokyo("2025-10-02T10:00")}
    (article,) = [
        each
        for each in visit(notice.get_absolute_url()).structured_data
        if each["@type"] == "NewsArticle"
    ]
    assert article["datePublished"].startswith("2025-10-01")
    assert article["dateModified"] == "2025-10-02T10:00:00+09:00"


def test_an_empty_feed_is_a_feed(visit):
    feed = etree.fromstring(visit("/news/feed.atom").html.encode())
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"


def test_the_site_map_is_xml_of_full_urls(visit):
    site_map = etree.fromstring(visit("/sitemap.xml").html.encode())
    assert all(location.text.startswith(settings.SITE_URL) for location in site_map.iter("{*}loc"))


def test_the_site_map_says_when_a_notice_changed_and_of_other_pages_nothing(visit):
    Notice.objects.create(title="件名", text="本文", public_from=tokyo("2025-09-01T10:00"))
    site_map = etree.fromstring(visit("/sitemap.xml").html.encode())
    changed = {
        url.findtext("{*}loc"): url.findtext("{*}lastmod")
        for url in site_map.iter("{*}url")
        if url.findtext("{*}lastmod")
    }
    (pk,) = Notice.objects.values_list("pk", flat=True)
    assert changed == {f"{settings.SITE_URL}/news/{pk}/": "2025-09-01T10:00:00+09:00"}


def test_the_icon_is_an_icon(client, visit):
    visit("/")
    response = client.get("/favicon.ico", secure=True)
    assert response["Content-Type"] == "image/vnd.microsoft.icon"
    assert response.content.startswith(b"\0\0\1\0")


def test_robots_are_kept_out_of_the_admin_and_of_previews(visit):
    assert visit("/robots.txt").html.splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /preview/",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]


def test_robots_are_kept_out_altogether_while_the_clock_is_pinned(visit, settings):
    settings.SITE_CLOCK = parse_site_clock("2025-10-03T10:00")
    assert "Disallow: /" in visit("/robots.txt").html.splitlines()


@pytest.mark.parametrize(
    ("at", "expires"),
    [
        ("2025-01-31T12:00", "2025-07-01"),
        ("2025-07-01T00:00", "2026-01-01"),
        ("2025-12-31T12:00", "2026-06-01"),
    ],
)
def test_the_security_contact_expires_within_a_year(visit, at, expires):
    lines = visit("/.well-known/security.txt", at=at).html.splitlines()
    fields = dict(line.split(": ", 1) for line in lines)
    assert fields["Contact"] == f"{settings.SITE_URL}/contact/"
    assert datetime.fromisoformat(fields["Expires"]) == tokyo(f"{expires}T00:00")
    assert fields["Canonical"] == f"{settings.SITE_URL}/.well-known/security.txt"
