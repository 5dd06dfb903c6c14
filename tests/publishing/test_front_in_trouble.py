"""Tests of what the front sends while a page cannot be rendered, or not in time."""

import asyncio
import time

import pytest

from core.clock import parse_site_clock
from core.moment import Moment
from products.models import Notice
from publishing.cached_response import CachedResponse
from publishing.page_cache import Render
from publishing.rendering import CacheKey, CannotRenderError, render
from publishing.revision import content_revision
from tests.application import Application, in_a_thread
from tests.moments import IN_THE_TERM, moment, tokyo

pytestmark = pytest.mark.django_db


class Counted:
    """Renders pages as the site does, counts them, and takes its time."""

    def __init__(self, seconds: float = 0.0, *, broken: bool = False) -> None:
        self.seconds = seconds
        self.broken = broken
        self.count = 0

    def __call__(self, key: CacheKey, moment: Moment) -> CachedResponse:
        self.count += 1
        time.sleep(self.seconds)
        if self.broken:
            raise CannotRenderError(key.path)
        return render(key, moment)


def restarted(site: Application, render: Render) -> Application:
    """The site after a restart, with its copies on disk, that renders in this way."""
    later = Application(site.cache.folder, render=render)
    later.cache.set_revision(site.poller.revision)
    return later


def test_a_page_is_rendered_once_however_many_ask(settings, site):
    renderer = Counted(0.1)
    site = restarted(site, renderer)

    async def all_at_once():
        return await asyncio.gather(*(site.answer("/contact/", "GET", "") for _ in range(50)))

    answers = asyncio.run(all_at_once())
    assert renderer.count == 1
    assert all(answer == answers[0] for answer in answers)
    assert answers[0].status == 200


def test_who_asks_for_what_takes_long_gets_the_last_page(settings, site):
    old = site.ask("/contact/")
    site = restarted(site, Counted(1.5))
    site.cache.set_revision("a later revision")
    assert site.ask("/contact/").body == old.body


@pytest.mark.parametrize("cached", [True, False])
def test_a_fault_is_covered_by_the_last_page_or_said(settings, site, cached):
    if cached:
        site.ask("/contact/")
    site = restarted(site, Counted(broken=True))
    site.cache.set_revision("a later revision")
    assert site.ask("/contact/").status == (200 if cached else 503)


def test_a_page_that_ends_while_another_is_rendered_is_not_served_either(settings, site, set_clock):
    site.ask("/contact/")

    def render_until_the_desks_close(key: CacheKey, moment: Moment) -> CachedResponse:
        set_clock("2025-10-03T17:00")
        time.sleep(1)
        raise CannotRenderError(key.path)

    site = restarted(site, render_until_the_desks_close)
    site.cache.set_revision("a later revision")
    assert site.ask("/contact/").status == 503


def test_under_a_pinned_clock_nothing_cached_before_is_served(settings, site):
    site.ask("/contact/")
    settings.SITE_CLOCK = parse_site_clock("2025-12-10T10:00")
    site = restarted(site, Counted(broken=True))
    assert site.ask("/contact/").status == 503


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_where_there_is_no_page_the_telephone_numbers_are(site, method):
    site.cache_page("/unavailable/", moment(IN_THE_TERM))
    site.poll_in_vain()
    answer = site.ask("/contact/", method)
    assert answer.status == 503
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Retry-After"] == "30"
    assert "Content-Security-Policy" in answer.headers
    assert "ETag" not in answer.headers
    if method == "GET":
        assert "0120-318-258" in answer.body.decode()
        assert answer.headers["Content-Length"] == str(len(answer.body))
    else:
        assert answer.body == b""


def test_where_nothing_was_ever_cached_it_is_said_in_japanese(site):
    site.poll_in_vain()
    answer = site.ask("/contact/")
    assert answer.status == 503
    assert "ページを表示できません" in answer.body.decode()


def test_a_page_that_is_over_is_not_served_for_want_of_another(site, set_clock):
    site.ask("/contact/")
    site.poll_in_vain()
    assert site.ask("/contact/").status == 200
    set_clock("2025-10-03T16:59:59")
    assert site.ask("/contact/").status == 200
    set_clock("2025-10-03T17:00")
    assert site.ask("/contact/").status == 503


def test_what_was_prewarmed_serves_in_its_time(site, set_clock):
    site.ask("/contact/")
    site.cache_page("/contact/", moment("2025-10-03T17:00"))
    site.poll_in_vain()
    set_clock("2025-10-03T17:00")
    answer = site.ask("/contact/")
    assert answer.status == 200
    assert "ただいま受付時間外" in answer.body.decode()


def test_all_pages_are_prewarmed_for_a_day(site):
    in_a_thread(lambda: site.front.prewarmer.prewarm(moment(IN_THE_TERM)))
    for at in ("2025-10-03T10:00", "2025-10-03T17:00", "2025-10-04T00:00", "2025-10-04T09:59"):
        for path in ("/", "/contact/", "/insurance/join/", "/404", "/unavailable/", "/robots.txt"):
            assert site.cache.fresh(CacheKey(path), tokyo(at).timestamp()), (path, at)


def test_what_will_be_public_is_prewarmed_too(site, set_clock):
    Notice.objects.create(
        pk=8, title="件名", text="本文",
        public_from=tokyo("2025-10-03T12:00"), public_until=tokyo("2025-10-03T13:00"),
    )  # fmt: skip
    site.cache.set_revision(content_revision())
    site.front.prewarmer.prewarm(moment(IN_THE_TERM))
    site.poll_in_vain()
    for at, has_ended in (
        ("2025-10-03T12:00", False),
        ("2025-10-03T12:59", False),
        ("2025-10-03T13:00", True),
    ):
        set_clock(at)
        answer = site.ask("/news/8/")
        assert answer.status == 200, at
        assert ("掲載は終了しています" in answer.body.decode()) == has_ended, at
