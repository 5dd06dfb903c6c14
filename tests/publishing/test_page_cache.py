"""Tests of the page cache: what it keeps, how long, under which key, and never anything private."""

import os
from collections.abc import Iterator
from hashlib import sha256

import pytest
from django.core.signals import request_finished
from django.db import OperationalError, close_old_connections, connection
from django.templatetags.static import static
from django.urls import get_resolver

from contacts.models import Desk, DeskRole
from core.moment import Moment
from products.models import Document, Notice
from publishing import page_cache as module
from publishing import rendering
from publishing.page_cache import PageCache, copies
from publishing.rendering import NOT_FOUND, CacheKey, CannotRenderError, cache_key_of, render
from publishing.revision import content_revision
from tests.moments import IN_THE_TERM, moment, tokyo
from tests.pages.paths import FILES, PAGES, TERM

pytestmark = pytest.mark.django_db
NOW = tokyo(IN_THE_TERM).timestamp()
CONTACT = CacheKey("/contact/")


def change_telephone(number: str = "03-0000-0000") -> None:
    Desk.objects.filter(role=DeskRole.AGENCY).update(telephone=number)


def another_process(settings, build_id: str = "build id") -> PageCache:
    return PageCache(settings.PAGE_CACHE_DIR, render, build_id)


@pytest.mark.parametrize("path", [*PAGES, *FILES, TERM, "/unavailable/"])
def test_a_page_is_made_once_and_then_kept(cache, page_at, path):
    first = page_at(path)
    assert first.status == 200
    assert page_at(path) is first
    with connection.execute_wrapper(no_queries):
        assert cache.fresh(CacheKey(path), NOW) is first


def no_queries(execute, sql, *rest):
    raise AssertionError(f"queries: {sql}")


@pytest.mark.parametrize(
    ("path", "query", "kept_as"),
    [
        ("/", "", CacheKey("/")),
        ("/", "utm_source=x&fbclid=1", CacheKey("/")),
        ("/contact/", "on=2025-10-03", CacheKey("/contact/")),  # another page's parameter
        ("/insurance/join/", "", CacheKey("/insurance/join/")),
        ("/insurance/join/", "on=2025-10-03", CacheKey("/insurance/join/", "on=2025-10-03")),
        (
            "/insurance/join/",
            "utm=1&on=x&on=2025-10-03",
            CacheKey("/insurance/join/", "on=2025-10-03"),
        ),
        ("/insurance/join/", "on=", CacheKey("/insurance/join/", "on=")),
        (
            "/insurance/premiums/",
            "turnover=1000000000&gclid=7&profit=no",
            CacheKey("/insurance/premiums/", "profit=no&turnover=1000000000"),
        ),
        (
            "/insurance/premiums/",
            "own=12%E5%84%84",
            CacheKey("/insurance/premiums/", "own=12%E5%84%84"),
        ),
        ("/insurance/premiums/", "own=12億", CacheKey("/insurance/premiums/", "own=12%E5%84%84")),
        ("/nowhere/", "", NOT_FOUND),
        ("/nowhere/else", "on=1", NOT_FOUND),
        ("/wp-login.php", "", NOT_FOUND),
        ("/static/nowhere.css", "", NOT_FOUND),
        ("/static/../manage.py", "", NOT_FOUND),
        ("/static/\0", "", NOT_FOUND),
        ("/news/999/", "", CacheKey("/news/999/")),
        # Django's own: they depend on more, or the whole query string goes along.
        ("/contact", "a=b", None),
        ("/admin/", "", None),
        ("/admin/login/", "", None),
        ("/admin", "", None),
        ("/preview/x/", "", None),
        ("/preview/x/contact/", "", None),
        ("/insurance/join/", "&".join(["a=b"] * 1_001), None),
    ],
)
def test_only_a_pages_own_parameters_are_part_of_its_cache_key(path, query, kept_as):
    assert cache_key_of(path, query) == kept_as


def test_the_order_of_parameters_makes_no_other_cache_key():
    path = "/insurance/premiums/"
    urls = {cache_key_of(path, query) for query in ("own=1&profit=no", "profit=no&own=1")}
    assert len(urls) == 1


def test_every_view_that_is_not_marked_public_stays_out():
    """Whatever is added to the URLs: without `public_page` it is never kept."""
    public = {pattern.name for pattern in get_resolver().url_patterns if is_public(pattern)}
    others = [
        str(pattern.pattern) for pattern in get_resolver().url_patterns if not is_public(pattern)
    ]
    assert len(public) == 27
    assert others == ["preview/<str:link>/<path:path>", "preview/<str:link>/", "admin/"]


def is_public(pattern) -> bool:
    return hasattr(getattr(pattern, "callback", None), "parameters")


def test_an_edit_makes_the_kept_page_old(cache, page_at):
    assert "03-5422-6351" in html(page_at("/contact/"))
    change_telephone()
    assert "03-5422-6351" in html(page_at("/contact/"))  # nobody has looked yet
    cache.set_revision(content_revision())
    assert "03-0000-0000" in html(page_at("/contact/"))


def test_a_page_ends_at_the_instant_that_changes_it(page_at):
    first = page_at("/contact/", at="2025-10-03T16:59:59")
    assert page_at("/contact/", at="2025-10-03T16:59") is not first  # nor is it good before
    assert "ただいま受付時間外" not in html(first)
    assert "ただいま受付時間外" in html(page_at("/contact/", at="2025-10-03T17:00"))


def test_a_page_for_later_waits_beside_the_present_one(cache):
    now, later = moment("2025-10-03T10:00"), moment("2025-10-03T17:00")
    present, coming = cache.render(CONTACT, now), cache.render(CONTACT, later)
    assert cache.fresh(CONTACT, NOW) is present
    assert cache.fresh(CONTACT, later.at.timestamp()) is coming
    assert cache.fresh(CONTACT, later.at.timestamp() - 0.001) is present


def test_versions_that_are_over_for_a_day_are_let_go(cache):
    for day in range(1, 21):
        cache.render(CONTACT, moment(f"2025-10-{day:02}T17:00"))
    kept = [
        day
        for day in range(1, 21)
        if cache.fresh(CONTACT, tokyo(f"2025-10-{day:02}T17:00").timestamp())
    ]
    assert kept == [17, 18, 19, 20]  # a Friday's evening lasts until Monday


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


def test_the_last_page_serves_while_nothing_fresh_can_be_made(cache, page_at):
    kept = page_at("/contact/")
    change_telephone()
    cache.set_revision(content_revision())
    assert cache.fresh(CONTACT, NOW) is None
    assert cache.last(CONTACT, NOW) is kept


def test_not_even_the_last_page_outlives_its_instant(cache, page_at):
    page_at("/contact/", at="2025-10-03T16:59")
    assert cache.last(CONTACT, tokyo("2025-10-03T16:59:59").timestamp())
    assert cache.last(CONTACT, tokyo("2025-10-03T17:00").timestamp()) is None


def test_a_new_process_finds_the_copy_on_disk(settings, cache, page_at):
    kept = page_at("/contact/")
    new = another_process(settings)
    again = new.last(CONTACT, NOW)  # it has not seen the database
    assert again.bodies == kept.bodies
    new.set_revision(content_revision())
    with connection.execute_wrapper(no_queries):
        assert new.render(CONTACT, moment(IN_THE_TERM)).bodies == kept.bodies


def test_the_copy_of_another_build_serves_only_for_want_of_a_fresh_page(settings, cache, page_at):
    kept = page_at("/contact/")
    new = another_process(settings, build_id="other code")
    new.set_revision(content_revision())
    assert new.fresh(CONTACT, NOW) is None
    assert new.last(CONTACT, NOW).bodies == kept.bodies
    made = new.render(CONTACT, moment(IN_THE_TERM))
    assert made.revision.startswith("other code")


def cut_off(copy: bytes) -> bytes:
    return copy[:-1]


def of_another_release(copy: bytes) -> bytes:
    """Whole, but with a field that this code does not know."""
    rest = copy.partition(b"\n")[2].replace(b'{"status"', b'{"colour": 1, "status"')
    return b"\n".join([sha256(rest).hexdigest().encode(), rest])


def without_a_field(copy: bytes) -> bytes:
    rest = copy.partition(b"\n")[2].replace(b'"lengths"', b'"widths"')
    return b"\n".join([sha256(rest).hexdigest().encode(), rest])


@pytest.mark.parametrize(
    "damage",
    [lambda copy: b"", lambda copy: b"garbage", cut_off, of_another_release, without_a_field],
)
def test_a_damaged_copy_is_none(settings, cache, page_at, damage, caplog):
    page_at("/contact/")
    (path,) = settings.PAGE_CACHE_DIR.glob("*.page")
    path.write_bytes(damage(path.read_bytes()))
    cache.evict_outdated(NOW - 1)
    assert not path.exists()
    path.write_bytes(damage(page_at("/contact/").to_bytes()))
    assert another_process(settings).last(CONTACT, NOW) is None
    assert path.name in caplog.text


def test_of_several_copies_the_newest_serves(settings, cache, page_at):
    page_at("/contact/")
    change_telephone()
    cache.set_revision(content_revision())
    page_at("/contact/")
    for age, page in enumerate(sorted(settings.PAGE_CACHE_DIR.iterdir(), key=os.path.getmtime)):
        os.utime(page, (age, age))
    assert "03-0000-0000" in html(another_process(settings).last(CONTACT, NOW))
    cache.evict_outdated(NOW)
    (only,) = copies(settings.PAGE_CACHE_DIR, CONTACT)
    assert "03-0000-0000" in html(only)


def test_what_was_left_half_written_is_cleared_away(settings, cache, page_at):
    page_at("/contact/")
    half = settings.PAGE_CACHE_DIR / "tmpabc.new"
    half.write_bytes(b"half")
    cache.evict_outdated(half.stat().st_mtime + 30)
    assert half.exists()  # somebody may be writing it
    cache.evict_outdated(half.stat().st_mtime + 61)
    assert not half.exists()


def test_a_disk_that_takes_nothing_costs_the_copy_alone(settings, cache, page_at, caplog):
    settings.PAGE_CACHE_DIR.write_text("a file where the folder should be")
    assert page_at("/contact/").status == 200
    assert cache.fresh(CONTACT, NOW)
    assert "No copy of /contact/ was written" in caplog.text


def test_answers_to_what_visitors_choose_are_not_written_to_the_disk(settings, page_at):
    page_at("/insurance/join/", "on=2025-10-03")
    page_at("/news/999/")
    assert not settings.PAGE_CACHE_DIR.exists()


def test_answers_to_what_visitors_choose_do_not_push_out_the_pages(monkeypatch, settings, db):
    monkeypatch.setattr(module, "ANSWERS_SIZE", 100_000)
    cache = another_process(settings)
    cache.set_revision(content_revision())
    cache.render(CONTACT, moment(IN_THE_TERM))
    chosen = [CacheKey("/insurance/join/", f"on=2025-10-{day:02}") for day in range(1, 29)]
    for key in chosen:
        cache.render(key, moment(IN_THE_TERM))
    kept = [key for key in chosen if cache.fresh(key, NOW)]
    assert kept == chosen[-len(kept) :]
    assert 2 <= len(kept) <= 8
    assert cache.fresh(CONTACT, NOW)


def test_what_is_very_large_is_on_disk_alone(settings, cache, page_at, monkeypatch):
    monkeypatch.setattr(module, "LARGEST_IN_MEMORY", 1_000)
    page_at("/contact/")
    assert cache.fresh(CONTACT, NOW) is None
    with connection.execute_wrapper(no_queries):
        assert cache.render(CONTACT, moment(IN_THE_TERM)).status == 200


def test_a_page_of_a_pinned_clock_is_not_kept(settings, cache):
    pinned = Moment(tokyo(IN_THE_TERM), pinned=True)
    page = cache.render(CONTACT, pinned)
    assert page.cache_control == "no-store"
    assert "時計を止めて表示しています" in html(page)
    assert cache.last(CONTACT, NOW) is None
    assert not settings.PAGE_CACHE_DIR.exists()


def test_a_page_during_whose_making_the_content_changed_is_made_again(settings, db):
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


def test_while_somebody_edits_all_the_time_nothing_is_kept(settings, db):
    def render_while_somebody_edits(key, moment):
        change_telephone()
        return render(key, moment)

    cache = PageCache(settings.PAGE_CACHE_DIR, render_while_somebody_edits, "build id")
    with pytest.raises(CannotRenderError):
        cache.render(CONTACT, moment(IN_THE_TERM))
    assert cache.count == 0


def test_a_fault_is_not_kept(cache):
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


def test_that_a_page_will_be_gone_is_kept_beside_it(notice, cache, page_at):
    notice.public_until = tokyo("2025-10-03T12:00")
    notice.save()
    cache.set_revision(content_revision())
    present = page_at("/news/7/")
    later = page_at("/news/7/", at="2025-10-03T12:00")
    assert (present.status, later.status) == (200, 404)
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


def html(page) -> str:
    return page.bodies[""].decode()


@pytest.fixture
def connection_that_stays() -> Iterator[None]:
    """To close the answer with a file closes the database too, and with it the test's transaction."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


@pytest.mark.usefixtures("connection_that_stays", "collected")
def test_a_static_file_is_kept_as_it_was_collected(settings, cache, page_at):
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
