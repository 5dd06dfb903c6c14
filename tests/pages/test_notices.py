"""Notices with a life: a bar while an important one lives, a list in pages."""

import pytest
from django.conf import settings

from products.models import Notice
from tests.constraints import assert_refused
from tests.moments import tokyo
from tests.pages.page_paths import PAGE_PATHS

pytestmark = pytest.mark.django_db


@pytest.fixture
def important() -> Notice:
    return Notice.objects.create(
        title="受付時間の変更",
        text="本文",
        important=True,
        public_from=tokyo("2025-10-01T09:00"),
        public_until=tokyo("2025-10-08T17:00"),
    )


@pytest.mark.parametrize("path", PAGE_PATHS)
def test_an_important_notice_stands_above_the_heading_of_every_page(visit, important, path):
    page = visit(path)
    (bar,) = page.all(".notice-bar")
    assert "".join(bar.text_content().split()) == "重要2025年10月1日受付時間の変更"
    assert bar.cssselect("a")[0].get("href") == important.get_absolute_url()
    main = page.document.get_element_by_id("main")
    order = [element for element in main.iter() if element is bar or element.tag == "h1"]
    assert order[0] is bar


def test_two_important_notices_stand_in_one_region(visit, important):
    Notice.objects.create(
        title="もう一つの件名", text="本文", important=True,
        public_from=important.public_from, public_until=important.public_until,
    )  # fmt: skip
    (bar,) = visit("/").all("[aria-label=重要なお知らせ]")
    assert len(bar.cssselect("p a")) == 2


@pytest.mark.parametrize(
    ("at", "lives"),
    [
        ("2025-10-01T08:59", False),
        ("2025-10-01T09:00", True),
        ("2025-10-08T16:59", True),
        ("2025-10-08T17:00", False),
    ],
)
def test_the_bar_lives_as_long_as_its_notice(visit, important, at, lives):
    assert bool(visit("/", at=at).all(".notice-bar")) == lives


def test_an_ordinary_notice_has_no_bar(visit, important):
    important.important = False
    important.save()
    assert not visit("/").all(".notice-bar")


def test_a_notice_whose_time_has_passed_says_so_at_its_url_and_is_nowhere_else(visit, important):
    path, ended = important.get_absolute_url(), "2025-10-08T17:00"
    sentence = "このお知らせの掲載は終了しています。"
    now = visit(path, at="2025-10-08T16:59")
    assert sentence not in now.main
    assert not now.all("meta[name=robots]")
    past = visit(path, at=ended)
    assert sentence in past.texts("article .caution")[0]
    assert "本文" in past.main
    assert past.attributes("meta[name=robots]", "content") == ["noindex"]
    for other in ("/", "/news/", "/news/feed.atom", "/sitemap.xml", "/site-map/"):
        assert path not in visit(other, at=ended).html, other


@pytest.mark.parametrize("public_from", [None, "2025-11-01T09:00"])
def test_a_draft_and_a_planned_notice_have_no_page(visit, important, public_from):
    important.important = False
    important.public_from = public_from and tokyo(public_from)
    important.public_until = tokyo("2025-12-01T09:00")
    important.save()
    visit(important.get_absolute_url(), at="2025-10-08T16:59", status=404)


def test_a_deleted_notice_has_no_page(visit, important):
    path = important.get_absolute_url()
    important.delete()
    visit(path, at="2025-10-08T17:00", status=404)


def test_an_important_notice_must_have_an_end(important):
    assert_refused(important, "重要なお知らせには、公開終了日時を", public_until=None)


@pytest.fixture
def many(db) -> None:
    for number in range(1, 46):
        Notice.objects.create(
            title=f"お知らせ{number}", text="本文", public_from=tokyo("2025-09-01T09:00")
        )


@pytest.mark.parametrize(
    ("page", "first", "count"),
    [("", "お知らせ45", 20), ("?page=2", "お知らせ25", 20), ("?page=3", "お知らせ5", 5)],
)
def test_the_list_comes_in_pages(visit, many, page, first, count):
    titles = visit(f"/news/{page}").texts("main .notices a")
    assert (titles[0], len(titles)) == (first, count)


def test_each_page_of_the_list_has_a_url_and_a_title_of_its_own(visit, many):
    pages = [visit("/news/"), visit("/news/?page=1"), visit("/news/?page=2")]
    canonical = [page.one('link[rel="canonical"]').get("href") for page in pages]
    news = f"{settings.SITE_URL}/news/"
    assert canonical == [news, news, f"{news}?page=2"]
    assert "(2ページ目)" in pages[2].one("title").text


def test_the_pages_lead_to_each_other(visit, many):
    links = [link.get("href") for link in visit("/news/?page=2").all(".pager a")]
    assert links == ["?page=1", "?page=3"]


@pytest.mark.parametrize("page", ["0", "-1", "4", "x", "９", "9" * 1000, ""])
def test_a_page_that_is_not_there_is_the_nearest(visit, many, page):
    assert visit(f"/news/?page={page}").texts("main .notices a")
