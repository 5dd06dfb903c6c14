"""Tests of the page cache: what it caches, how long, and never anything private."""

from collections.abc import Iterator

import pytest
from django.core.signals import request_finished
from django.db import OperationalError, close_old_connections, connection
from django.templatetags.static import static

from core.moment import Moment
from products.models import Document, Notice
from publishing import rendering
from publishing.cached_response import BEST, BROTLI, IDENTITY, QUICK, compressed
from publishing.page_cache import PageCache, copies
from publishing.rendering import CacheKey, CannotRenderError, render
from publishing.revision import content_revision
from tests.moments import IN_THE_TERM, moment, tokyo
from tests.pages.page_paths import FILE_PATHS, PAGE_PATHS, TERM_PATH
from tests.publishing.caching import (
    CONTACT,
    NOW,
    another_process,
    change_telephone,
    html,
    no_queries,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", [*PAGE_PATHS, *FILE_PATHS, TERM_PATH, "/unavailable/"])
def test_a_page_is_rendered_once_and_then_cached(cache, page_at, path):
    first = page_at(path)
    assert first.status == 200
    assert page_at(path) is first
    with connection.execute_wrapper(no_queries):
        assert cache.fresh(CacheKey(path), NOW) is first


def test_an_edit_makes_the_cached_page_old(cache, page_at):
    assert "03-5422-6351" in html(page_at("/contact/"))
    change_telephone()
    assert "03-5422-6351" in html(page_at("/contact/"))  # nobody has polled yet
    cache.set_revision(content_revision())
    assert "03-0000-0000" in html(page_at("/contact/"))


def test_a_page_ends_at_the_instant_that_changes_it(page_at):
    first = page_at("/contact/", at="2025-10-03T16:59:59")
    assert page_at("/contact/", at="2025-10-03T16:59") is not first  # nor is it good before
    assert "ただいま受付時間外" not in html(first)
    assert "ただいま受付時間外" in html(page_at("/contact/", at="2025-10-03T17:00"))


def test_a_page_for_later_waits_beside_the_present_one(cache):
    now, later = moment("2025-10-03T10:00"), moment("2025-10-03T17:00")
    present, later_one = cache.render(CONTACT, now), cache.render(CONTACT, later)
    assert cache.fresh(CONTACT, NOW) is present
    assert cache.fresh(CONTACT, later.at.timestamp()) is later_one
    assert cache.fresh(CONTACT, later.at.timestamp() - 0.001) is present


def test_versions_that_are_over_for_a_day_are_let_go(cache):
    for day in range(1, 21):
        cache.render(CONTACT, moment(f"2025-10-{day:02}T17:00"))
    cached = [
        day
        for day in range(1, 21)
        if cache.fresh(CONTACT, tokyo(f"2025-10-{day:02}T17:00").timestamp())
    ]
    assert cached == [17, 18, 19, 20]  # a Friday's evening lasts until Monday


def test_of_other_content_nothing_stays_beside_a_new_page(cache):
    later = tokyo("2025-10-03T17:00").timestamp()
    cache.render(CONTACT, moment("2025-10-03T17:00"))
    change_telephone()
    cache.set_revision(content_revision())
    cache.render(CONTACT, moment(IN_THE_TERM))
    copies_of_later = [page for page in copies(cache.folder, CONTACT) if page.is_good_at(later)]
    assert copies_of_later  # for a start without a database, until they are cleared away
    cache.evict_outdated(NOW)
    assert cache.last(CONTACT, later) is None


def test_the_last_page_serves_while_nothing_fresh_can_be_rendered(cache, page_at):
    cached = page_at("/contact/")
    change_telephone()
    cache.set_revision(content_revision())
    assert cache.fresh(CONTACT, NOW) is None
    assert cache.last(CONTACT, NOW) is cached


def test_not_even_the_last_page_outlives_its_instant(cache, page_at):
    page_at("/contact/", at="2025-10-03T16:59")
    assert cache.last(CONTACT, tokyo("2025-10-03T16:59:59").timestamp())
    assert cache.last(CONTACT, tokyo("2025-10-03T17:00").timestamp()) is None


def test_answers_to_what_visitors_choose_do_not_push_out_the_pages(settings, db):
    cache = another_process(settings, answers_size=100_000)
    cache.set_revision(content_revision())
    cache.render(CONTACT, moment(IN_THE_TERM))
    chosen = [CacheKey("/insurance/join/", f"on=2025-10-{day:02}") for day in range(1, 29)]
    for key in chosen:
        cache.render(key, moment(IN_THE_TERM))
    cached = [key for key in chosen if cache.fresh(key, NOW)]
    assert cached == chosen[-len(cached) :]
    assert 2 <= len(cached) <= 8
    assert cache.fresh(CONTACT, NOW)


def test_a_page_of_a_pinned_clock_is_not_cached(settings, cache):
    pinned = Moment(tokyo(IN_THE_TERM), pinned=True)
    page = cache.render(CONTACT, pinned)
    assert page.cache_control == "no-store"
    assert "時計を止めて表示しています" in html(page)
    assert cache.last(CONTACT, NOW) is None
    assert not settings.PAGE_CACHE_DIR.exists()


def test_a_page_during_whose_rendering_the_content_changed_is_rendered_again(settings, db):
    edits = iter(["03-0000-0001", None])

    def render_while_somebody_edits(key, moment):
        page = render(key, moment)
        if number := next(edits):
            change_telephone(number)
        return page

    cache = PageCache(settings.PAGE_CACHE_DIR, render_while_somebody_edits, "build id")
    page = cache.render(CONTACT, moment(IN_THE_TERM))
    assert "03-0000-0001" in html(page)
    assert page.revision == f"build id.{content_revision()}"


def test_while_somebody_edits_all_the_time_nothing_is_cached(settings, db):
    def render_while_somebody_edits(key, moment):
        change_telephone()
        return render(key, moment)

    cache = PageCache(settings.PAGE_CACHE_DIR, render_while_somebody_edits, "build id")
    with pytest.raises(CannotRenderError):
        cache.render(CONTACT, moment(IN_THE_TERM))
    assert cache.count == 0


def test_a_fault_is_not_cached(cache):
    change_telephone()  # else the content is in memory
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE products_product RENAME TO gone")
    with pytest.raises(CannotRenderError):
        cache.render(CONTACT, moment(IN_THE_TERM))
    assert cache.count == 0


def test_a_database_that_is_away_is_said(cache):
    def away(*arguments):
        raise OperationalError("away")

    with connection.execute_wrapper(away), pytest.raises(OperationalError):
        cache.render(CONTACT, moment(IN_THE_TERM))


def test_a_missing_page_appears_at_its_instant(cache, page_at):
    Notice.objects.create(pk=7, title="件名", text="本文", public_from=tokyo("2025-10-03T12:00"))
    cache.set_revision(content_revision())
    assert page_at("/news/7/", at="2025-10-03T11:59").status == 404
    assert page_at("/news/7/", at="2025-10-03T12:00").status == 200


@pytest.fixture
def notice(db) -> Notice:
    return Notice.objects.create(
        pk=7, title="件名", text="本文", public_from=tokyo("2025-10-01T12:00")
    )


def test_a_page_that_is_gone_does_not_come_back(settings, notice, cache, page_at):
    key = CacheKey("/news/7/")
    assert page_at(key.path).status == 200
    notice.delete()
    cache.set_revision(content_revision())
    gone = page_at(key.path)
    assert gone.status == 404
    assert page_at(key.path) is gone
    assert cache.last(key, NOW) is gone
    assert another_process(settings).last(key, NOW).status == 404


def test_a_page_that_is_gone_and_that_nobody_asked_for_since_is_forgotten(notice, cache, page_at):
    page_at("/news/7/")
    notice.delete()
    cache.set_revision(content_revision())
    page_at("/contact/")
    cache.evict_outdated(NOW)
    assert cache.last(CacheKey("/news/7/"), NOW) is None
    assert cache.last(CONTACT, NOW)


def test_how_a_page_will_change_is_cached_beside_it(notice, cache, page_at):
    notice.public_until = tokyo("2025-10-03T12:00")
    notice.save()
    cache.set_revision(content_revision())
    present = page_at("/news/7/")
    later = page_at("/news/7/", at="2025-10-03T12:00")
    assert (present.status, later.status) == (200, 200)
    assert present.expires_at == tokyo("2025-10-03T12:00").timestamp()
    assert page_at("/news/7/") is present
    assert page_at("/news/7/", at="2025-10-03T12:00") is later


def test_a_document_that_cannot_be_read_is_looked_for_again_in_a_minute(cache, page_at):
    Document.objects.create(
        code="pamphlet", title="パンフレット", kind="pamphlet", file="documents/gone.pdf",
        public_from=tokyo("2025-06-01T12:00"),
    )  # fmt: skip
    cache.set_revision(content_revision())
    page = page_at("/documents/pamphlet.pdf")
    assert (page.status, page.expires_at) == (404, NOW + 60)


def test_a_document_is_a_page_like_others(settings, cache, page_at):
    document = Document.objects.create(
        code="pamphlet", title="パンフレット", kind="pamphlet", file="documents/a.pdf",
        public_from=tokyo("2025-06-01T12:00"),
    )  # fmt: skip
    path = settings.MEDIA_ROOT / "documents" / "a.pdf"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"%PDF-1.7 text")
    cache.set_revision(content_revision())
    page = page_at(f"/documents/{document.code}.pdf")
    assert page.bodies == {"": b"%PDF-1.7 text"}
    assert dict(page.headers)["Content-Type"] == "application/pdf"
    assert "filename*=utf-8''" in dict(page.headers)["Content-Disposition"]


@pytest.fixture
def connection_that_stays() -> Iterator[None]:
    """To close the answer with a file closes the database too, and with it the test's transaction."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


@pytest.mark.usefixtures("connection_that_stays", "collected")
def test_a_static_file_is_cached_as_it_was_collected(settings, cache, page_at):
    """With the hashed names as in production; whatever happens to the content."""
    rendering.request_handler.cache_clear()  # WhiteNoise lists the files when it begins
    key = CacheKey(static("css/site.css"))
    page = cache.render(key, moment(IN_THE_TERM))
    collected = settings.STATIC_ROOT / key.path.removeprefix("/static/")
    for encoding, suffix in (("", ""), ("gzip", ".gz"), ("br", ".br")):
        assert page.bodies[encoding] == collected.with_name(collected.name + suffix).read_bytes()
    headers = {name.decode(): value.decode() for name, value in page.head("br", NOW)}
    assert headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Security-Policy" not in headers  # of no use beside a style sheet
    assert "Last-Modified" not in headers
    picture = cache.render(CacheKey(static("icon.svg")), moment(IN_THE_TERM))
    assert "Content-Security-Policy" in dict(picture.headers)  # which can be opened by itself
    change_telephone()
    cache.set_revision(content_revision())
    assert cache.fresh(key, NOW) is page
    rendering.request_handler.cache_clear()


@pytest.mark.parametrize(("query", "quality"), [("", BEST), ("on=2025-12-10", QUICK)])
def test_a_page_for_everybody_is_compressed_better_than_the_answer_to_a_question(query, quality):
    page = render(CacheKey("/insurance/join/", query), moment(IN_THE_TERM))
    sizes = {
        each: len(compressed(page.bodies[IDENTITY], "text/html", each)[BROTLI])
        for each in (BEST, QUICK)
    }
    assert sizes[BEST] < sizes[QUICK]
    assert len(page.bodies[BROTLI]) == sizes[quality]
