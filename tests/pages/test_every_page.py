"""Tests of what every public page has."""

import re
from itertools import pairwise
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from contacts.models import Desk
from pages.public_content import content_now
from pages.site_map import public_paths
from products.models import Notice
from tests.html import Page
from tests.moments import IN_THE_TERM, clock_at, moment, tokyo
from tests.pages.page_paths import PAGE_PATHS, TERM_PATH

PATHS = [*PAGE_PATHS, TERM_PATH, "/news/1/"]  # the last is that of the notice
SOURCE_OF_THE_CLOSING_NOTES = (
    "サイバー保険は、業務過誤賠償責任保険普通保険約款にサイバー保険特約条項をセットして"
    "お引き受けする賠償責任保険の商品名です。",
    "このページは概要を説明したものです。"
    "詳しい内容につきましては、取扱代理店または損保ジャパンまでお問合せください。",
)


def make_notice() -> Notice:
    return Notice.objects.create(
        pk=1, title="保険料表を更新しました", text="本文", public_from=tokyo("2025-09-01T10:00")
    )


@pytest.fixture
def notice(db) -> Notice:
    return make_notice()


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker) -> dict[str, Page]:
    """Return each page by its path, with a notice among the shipped content; all are fetched once."""
    with django_db_blocker.unblock(), clock_at(IN_THE_TERM), transaction.atomic():
        make_notice()
        answers = {path: Client().get(path, secure=True) for path in PATHS}
        transaction.set_rollback(True)
    assert {answer.status_code for answer in answers.values()} == {200}
    return {path: Page(answer) for path, answer in answers.items()}


@pytest.fixture(params=PATHS)
def path(request) -> str:
    return request.param


@pytest.fixture
def public_page(pages, path) -> Page:
    return pages[path]


@pytest.mark.criteria("2.4.5")
def test_the_list_of_pages_is_the_site_map(visit, db):
    assert list(public_paths(content_now(), moment(IN_THE_TERM))) == PAGE_PATHS
    links = [link.get("href") for link in visit("/site-map/").all(".site-map a")]
    assert links == PAGE_PATHS
    locations = re.findall("<loc>(.*?)</loc>", visit("/sitemap.xml").html)
    assert locations == [settings.SITE_URL + path for path in PAGE_PATHS]


def test_the_site_map_lists_notices_and_other_terms(visit, notice):
    from tests.factories import make_term

    make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from="2025-10-01T00:00")
    links = [link.get("href") for link in visit("/site-map/").all(".site-map a")]
    others = ["/insurance/terms/2026/", notice.get_absolute_url()]
    assert sorted(links) == sorted([*PAGE_PATHS, *others])
    for path in others:
        visit(path)


@pytest.mark.criteria("1.3.1")
def test_a_page_has_one_top_heading_and_skips_no_level(public_page):
    headings = [int(h.tag[1]) for h in public_page.all("h1, h2, h3, h4, h5, h6")]
    assert headings.count(1) == 1
    assert headings[0] == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(headings))


@pytest.mark.criteria("2.4.2")
def test_a_title_begins_with_the_product_and_names_the_insurer(pages):
    for path, page in pages.items():
        title = page.one("title").text
        assert title.startswith("JNX団体サイバー保険 "), path
        assert title.endswith("|損害保険ジャパン"), path


def test_a_social_card_has_title_description_type_site_size_and_alt(pages):
    for path, page in pages.items():
        card = {each.get("property"): each.get("content") for each in page.all("meta[property]")}
        assert page.one("title").text.startswith(card["og:title"]), path
        assert card["og:type"] == "website"
        assert card["og:site_name"] == card["og:image:alt"] == "JNX団体サイバー保険"
        assert (card["og:image:width"], card["og:image:height"]) == ("1200", "630")
        if path != "/accessibility/":
            assert card["og:description"] == page.one("meta[name=description]").get("content")


def test_titles_and_descriptions_are_unique(pages):
    titles = [page.one("title").text for page in pages.values()]
    descriptions = [page.one('meta[name="description"]').get("content") for page in pages.values()]
    assert len(set(titles)) == len(titles)
    assert len(set(descriptions)) == len(descriptions)
    assert all(len(description) > 20 for description in descriptions)
    assert not [text for text in titles + descriptions if "スケールメリット" in text]


def test_the_canonical_url_comes_from_the_setting(client, public_page, path, notice, set_clock):
    canonical = "/insurance/" if path == TERM_PATH else path
    assert public_page.one('link[rel="canonical"]').get("href") == settings.SITE_URL + canonical
    set_clock(IN_THE_TERM)
    response = client.get(path, secure=True, headers={"host": "testserver"})
    assert b"testserver" not in response.content


@pytest.mark.criteria("3.1.1")
def test_a_page_says_that_it_is_in_japanese(public_page):
    assert public_page.document.get("lang") == "ja"


@pytest.mark.criteria("3.2.3")
def test_the_menus_are_the_same_on_every_page(public_page):
    assert public_page.texts(".menu a") == [
        "保険のご案内", "保険料", "サポートデスク", "セキュリティサービス", "資料", "よくあるご質問", "お知らせ",
        "お問い合わせ",
    ]  # fmt: skip
    assert public_page.texts(".site-footer a") == [
        "ホーム", "緊急のとき", "会社概要", "個人情報の取扱いについて",
        "アクセシビリティ", "サイトマップ",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/insurance/", ("保険のご案内", "page")),
        (TERM_PATH, ("保険のご案内", "true")),
        ("/insurance/join/", ("保険のご案内", "true")),
        ("/insurance/premiums/", ("保険料", "page")),
        ("/contact/", ("お問い合わせ", "page")),
        ("/", None),
        ("/privacy/", None),
    ],
)
def test_the_menu_marks_where_the_visitor_is(visit, path, current):
    marked = [
        (link.text, link.get("aria-current")) for link in visit(path).all(".menu [aria-current]")
    ]
    assert marked == ([current] if current else [])


def test_every_inner_page_says_where_it_stands(public_page, path):
    crumbs = public_page.all(".breadcrumb li")
    if path == "/":
        assert not crumbs
        return
    assert crumbs[0].cssselect("a")[0].get("href") == "/"
    assert len(crumbs) == (3 if path.count("/") > 2 else 2)
    assert crumbs[-1].cssselect("[aria-current=page]")


@pytest.mark.criteria("3.2.6")
def test_the_emergency_number_stands_on_top_after_who_may_call_it(public_page):
    strip = public_page.texts(".emergency")[0]
    who = "損保ジャパンのご契約者専用(サイバー保険未加入者も利用可能)"
    assert 0 < strip.index(who) < strip.index("0120-318-258")
    assert "24時間365日受付(年中無休)" in strip
    assert "※夜間(17時以降)・休日は翌営業日対応の場合あり" in strip
    assert public_page.text.index("0120-318-258") < public_page.text.index("JNX団体サイバー保険(")


def test_without_short_words_the_strip_says_all_of_the_long_ones(visit):
    Desk.objects.update(who_may_call_in_short="", after_hours_note_in_short="")
    (strip,) = visit("/").texts(".emergency")
    assert "損保ジャパンのご契約者専用窓口です。" in strip
    assert "※夜間(17時以降)および休日の受付事案については、" in strip


def test_no_telephone_number_stands_without_its_hours(public_page):
    links = public_page.all('a[href^="tel:"]')
    assert links
    for link in links:
        (block,) = link.xpath("ancestor::div[starts-with(@class, 'telephone')]")
        text = block.text_content()
        assert "平日:午前9時から午後5時まで" in text or "24時間365日受付" in text
        if link.get("href") == "tel:0120-318-258":
            assert "損保ジャパンのご契約者専用" in text
            assert "翌営業日" in text
    assert len(
        re.findall(r"0\d{1,3}-\d{3,4}-\d{3,4}", public_page.document.body.text_content())
    ) == len(links)


def test_the_contact_desks_and_the_closing_notes_stand_on_every_page(public_page):
    for desk in ("取扱代理店", "引受保険会社", "事務局"):
        assert desk in public_page.texts(".contacts h3")
    for fact in ("03-5422-6351", "03-3349-3297", "iijima@japia.or.jp", "飯島・千葉", "荒木・木村"):
        assert fact in public_page.texts(".contacts")[0]
    assert public_page.texts(".closing-notes li") == list(SOURCE_OF_THE_CLOSING_NOTES)


def test_every_link_within_the_site_leads_to_a_page_and_to_an_anchor_on_it(visit, pages, notice):
    seen = dict(pages)
    for path, page in pages.items():
        for link in page.all("a[href]"):
            target, _, anchor = link.get("href").partition("#")
            target = urljoin(path, target)
            if not target.startswith("/"):
                continue
            if target not in seen:
                seen[target] = visit(target)
            if anchor:
                assert seen[target].document.get_element_by_id(anchor) is not None, link.get("href")


@pytest.mark.criteria("4.1.1")
def test_an_id_stands_once_on_a_page(public_page):
    ids = [element.get("id") for element in public_page.all("[id]")]
    assert len(set(ids)) == len(ids)


@pytest.mark.criteria("3.2.1", "3.2.2")
def test_a_page_runs_no_script_and_has_no_inline_style(public_page):
    assert not public_page.all("script:not([type='application/ld+json']), style, [style]")
    assert not public_page.document.xpath("//@*[starts-with(name(), 'on')]")


@pytest.mark.criteria("1.4.5")
def test_no_page_has_a_picture_of_text(public_page):
    assert not public_page.all("img, picture, canvas, video, object, iframe")
    assert not public_page.all("svg:not([aria-hidden=true])")


def test_structured_data_names_the_page_and_its_place(public_page, path):
    things = public_page.structured_data
    kinds = {thing["@type"] for thing in things}
    special = {
        "/": "WebSite",
        "/insurance/": "FinancialProduct",
        TERM_PATH: "FinancialProduct",
        "/support-desk/": "ItemList",
        "/security-services/": "ItemList",
        "/company/": "Organization",
        "/contact/": "ItemList",
        "/faq/": "FAQPage",
    }
    if path != "/":
        assert "BreadcrumbList" in kinds
    if path in special:
        assert special[path] in kinds
    if path.startswith("/news/") and path != "/news/":
        assert "NewsArticle" in kinds


def test_structured_data_cannot_end_its_element(visit, notice):
    notice.title = "</script><b>太字</b>"
    notice.save()
    page = visit(notice.get_absolute_url())
    (article,) = [thing for thing in page.structured_data if thing["@type"] == "NewsArticle"]
    assert article["headline"] == notice.title
    assert not page.all("h1 b")


def test_the_emergency_number_carries_its_conditions_in_structured_data(visit):
    (desks,) = [t for t in visit("/contact/").structured_data if t["@type"] == "ItemList"]
    points = {
        item["item"]["name"]: item["item"]["contactPoint"]
        for item in desks["itemListElement"]
        if "telephone" in item["item"]["contactPoint"]
    }
    incident = points["SOMPOリスクマネジメント株式会社"]
    assert incident["telephone"] == "+81-120-318-258"
    assert "損保ジャパンのご契約者専用窓口です。" in incident["description"]
    assert "翌営業日" in incident["description"]
    agency = points["株式会社自動車部品会館"]
    assert "平日:午前9時から午後5時まで" in agency["description"]
    assert "土・日・祝日・年末年始は、お休み" in agency["description"]
