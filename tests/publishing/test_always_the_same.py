"""Whatever happens in whatever order, the cache gives the page as it is rendered at that instant."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.models import ClosedDay, Desk, DeskRole
from core.clock import TOKYO
from core.moment import Moment
from jnxcyber.asgi import create_application
from products.models import FaqEntry, Notice, PolicyTerm, PremiumRow
from publishing.cached_response import CachedResponse
from publishing.rendering import CacheKey, render
from publishing.revision import content_revision
from tests.factories import make_term
from tests.pages.page_paths import FILE_PATHS, PAGE_PATHS, TERM_PATH

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 30, 8, 59, tzinfo=TOKYO)  # days in which much changes by itself
URLS = [
    *map(
        CacheKey,
        [
            *PAGE_PATHS,
            *FILE_PATHS,
            TERM_PATH,
            "/insurance/terms/2026/",
            "/news/1/",
            "/news/2/",
            "/404",
        ],
    ),
    CacheKey("/insurance/join/", "on=2026-04-01"),
    CacheKey("/insurance/premiums/", "profit=no&turnover=1000000000"),
    CacheKey("/insurance/summary/", "no=1"),
]


def edit_telephone(number: int) -> None:
    Desk.objects.filter(role=DeskRole.AGENCY).update(telephone=f"03-0000-{number:04}")


def edit_premium(number: int) -> None:
    PremiumRow.objects.filter(number=1).update(annual_low=100_000 + number)


def close_a_day(number: int) -> None:
    agency = Desk.objects.get(role=DeskRole.AGENCY)
    ClosedDay.objects.get_or_create(desk=agency, date=(START + timedelta(days=number % 5)).date())


def publish_or_take_back_a_notice(number: int) -> None:
    notice, created = Notice.objects.get_or_create(
        pk=1 + number % 2,
        defaults={
            "title": f"件名{number}", "text": "本文", "important": number % 3 == 0,
            "public_from": START + timedelta(hours=number),
            "public_until": START + timedelta(hours=number + 20),
        },
    )  # fmt: skip
    if not created:
        notice.delete()


def move_the_next_term(number: int) -> None:
    PolicyTerm.objects.filter(code="2026").update(public_from=START + timedelta(hours=number))


def reorder_questions(number: int) -> None:
    FaqEntry.objects.filter(pk=FaqEntry.objects.first().pk).update(answer=f"回答{number}")


EDITS = [
    edit_telephone,
    edit_premium,
    close_a_day,
    publish_or_take_back_a_notice,
    move_the_next_term,
    reorder_questions,
]
STEPS = st.one_of(
    st.tuples(st.just("ask"), st.sampled_from(URLS)),
    st.tuples(st.just("ask"), st.sampled_from(URLS)),
    st.tuples(st.just("edit"), st.tuples(st.sampled_from(EDITS), st.integers(0, 99))),
    st.tuples(
        st.just("wait"),
        st.one_of(st.integers(0, 3 * 24 * 3600), st.sampled_from([1, 59, 60, 3599, 3600, 25_260])),
    ),
    st.tuples(st.just("prewarm"), st.sampled_from(URLS)),
    st.tuples(st.just("restart"), st.none()),
)


def same(one: CachedResponse, other: CachedResponse) -> bool:
    return (one.status, one.headers, one.bodies) == (other.status, other.headers, other.bodies)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
    max_examples=25,
)
@given(steps=st.lists(STEPS, min_size=5, max_size=25))
def test_the_page_cache_answers_as_if_it_cached_nothing(db, tmp_path_factory, steps):
    from django.db import transaction

    with transaction.atomic():
        make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from="2026-03-30T09:30")
        folder = tmp_path_factory.mktemp("pages")
        cache = create_application(folder).cache
        now = START
        for kind, what in steps:
            if kind == "edit":
                edit, number = what
                edit(number)
            elif kind == "wait":
                now += timedelta(seconds=what)
            elif kind == "restart":
                cache = create_application(folder).cache
            else:
                cache.set_revision(content_revision())
                page = cache.fresh(what, now.timestamp()) or cache.render(what, Moment(now))
                if kind == "prewarm" and page.expires_at < now.timestamp() + 86_400:
                    later = datetime.fromtimestamp(page.expires_at, TOKYO)
                    assert same(cache.render(what, Moment(later)), render(what, Moment(later)))
                assert same(page, render(what, Moment(now)))
        transaction.set_rollback(True)
