"""Every answer knows until when it is good, and says so to those who cache it."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.http import Http404, QueryDict
from django.urls import resolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.models import ClosedDay, Desk, DeskRole
from core.clock import TOKYO
from core.moment import Moment
from products.models import Document, Notice, PolicyTerm
from publishing.cached_response import life
from publishing.rendering import CacheKey, render
from publishing.request_moment import RequestAsOf
from tests.factories import make_term
from tests.moments import tokyo
from tests.pages.page_paths import FILE_PATHS, PAGE_PATHS, TERM_PATH

pytestmark = pytest.mark.django_db
PATHS = [
    *PAGE_PATHS,
    *FILE_PATHS,
    TERM_PATH,
    "/insurance/terms/2026/",
    "/news/1/",
    "/insurance/join/?on=2026-04-01",
    "/insurance/premiums/?turnover=1000000000&profit=no",
    "/insurance/summary/?no=1",
    "/insurance/summary/?no=1&on=2026-02-21",
]


@pytest.fixture
def lively_content(db) -> None:
    """Content in which something begins or ends every few weeks."""
    make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from="2026-03-10T09:30")
    for pk, (start, end) in enumerate(
        [("2025-05-01T09:00", "2025-05-21T00:00"), ("2026-02-21T10:00", "2026-04-01T16:00")], 1
    ):
        Notice.objects.create(
            pk=pk, title=f"重要{pk}", text="本文", important=True,
            public_from=tokyo(start), public_until=tokyo(end),
        )  # fmt: skip
    Document.objects.create(
        code="pamphlet", title="パンフレット", kind="pamphlet", url="https://example.com/",
        term=PolicyTerm.objects.get(code="2025"), public_from=tokyo("2025-06-01T12:00"),
    )  # fmt: skip
    ClosedDay.objects.create(desk=Desk.objects.get(role=DeskRole.AGENCY), date="2025-08-14")


def render_page(path: str, moment: Moment) -> tuple[bytes, str]:
    """Return the page as of the moment, and what it says about caching it."""
    path, _, query = path.partition("?")
    match = resolve(path)
    try:
        response = match.func(RequestAsOf(path, QueryDict(query), moment), **match.kwargs)
    except Http404:
        return b"404", ""
    return response.content, response.headers["Cache-Control"]


MOMENTS = st.one_of(
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 6, 1)),  # noqa: DTZ001
    st.sampled_from(
        [
            datetime.fromisoformat(text)
            for text in (
                "2025-02-01T00:00",
                "2025-04-01T15:59:59",
                "2025-04-01T16:00",
                "2025-05-20T23:59",
                "2025-05-21T00:00",
                "2026-02-20T23:59:59",
                "2026-02-21T00:00",
                "2026-03-10T09:29:59",
                "2026-04-01T15:59:30",
                "2026-04-01T16:00",
                "2027-04-01T16:00",
                "2025-12-26T16:59",
            )
        ]
    ),
).map(lambda at: at.replace(tzinfo=TOKYO))


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80
)
@given(at=MOMENTS, path=st.sampled_from(PATHS), fraction=st.floats(0, 1))
def test_until_it_expires_a_page_is_the_same_page(lively_content, at, path, fraction):
    moment = Moment(at)
    page, _ = render_page(path, moment)
    expires_at = moment.expires_at or at + timedelta(days=400)
    last = expires_at - timedelta(microseconds=1)
    for later in (at + (last - at) * fraction, last):
        assert render_page(path, Moment(later))[0] == page


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
@given(at=MOMENTS, path=st.sampled_from(PATHS))
def test_nobody_is_told_to_cache_a_page_beyond_its_expiry(lively_content, at, path):
    moment = Moment(at)
    _, cache_control = render_page(path, moment)
    if cache_control:
        lives = [int(seconds) for seconds in re.findall(r"=(\d+)", cache_control)]
        assert len(lives) == 4
        longest = timedelta(seconds=max(lives[:2]) + max(lives[2:]))
        assert not longest or moment.expires_at is None or at + longest < moment.expires_at


@pytest.mark.parametrize(
    ("path", "at", "expires_at"),
    [
        ("/insurance/join/", "2025-10-03T18:00", "2025-10-04T00:00"),  # today is another day
        ("/", "2025-10-03T10:00", "2025-10-03T17:00"),  # the desks close
        ("/company/", "2025-10-03T18:00", "2025-10-06T09:00"),  # the desks open
        ("/", "2025-10-03T18:00", "2025-10-04T00:00"),  # it names the next deadline
        ("/", "2025-04-01T15:00", "2025-04-01T16:00"),  # the term starts
        ("/", "2026-02-20T18:00", "2026-02-21T00:00"),  # the last deadline passes
        ("/", "2026-03-09T18:00", "2026-03-10T09:00"),
        ("/", "2026-03-10T09:10", "2026-03-10T09:30"),  # the successor becomes public
        ("/news/", "2025-05-20T18:00", "2025-05-21T00:00"),  # a notice ends
        ("/news/feed.atom", "2025-05-02T18:00", "2025-05-21T00:00"),
        ("/robots.txt", "2025-05-02T18:00", None),
    ],
)
def test_a_page_expires_at_the_next_instant_that_changes_it(lively_content, path, at, expires_at):
    moment = Moment(tokyo(at))
    render_page(path, moment)
    assert moment.expires_at == (tokyo(expires_at) if expires_at else None)


@pytest.mark.parametrize(
    ("at", "expires_at"),
    [
        ("2026-07-13T18:00", "2026-07-14T09:00"),
        ("2026-07-14T18:00", "2026-07-15T00:00"),  # the line about the closed days appears
        ("2026-08-12T10:00", "2026-08-13T00:00"),  # the reason ends with its day
        ("2026-08-15T10:00", "2026-08-16T00:00"),
        ("2026-08-16T10:00", "2026-08-17T09:00"),
    ],
)
def test_what_a_desk_says_of_closed_days_changes_at_midnight(db, at, expires_at):
    for desk in Desk.objects.all():
        ClosedDay.objects.create(
            desk=desk, date="2026-08-12", last_day="2026-08-15", reason="夏季休業"
        )
    moment = Moment(tokyo(at))
    render_page("/contact/", moment)
    assert moment.expires_at == tokyo(expires_at)


def test_a_desk_with_no_opening_in_sight_is_looked_at_again_the_next_day(db):
    first = date(2025, 6, 1)
    for desk in Desk.objects.all():
        for days in range(120):
            ClosedDay.objects.create(desk=desk, date=first + timedelta(days=days))
    moment = Moment(tokyo("2025-06-02T12:00"))
    render_page("/contact/", moment)
    assert moment.expires_at == tokyo("2025-06-03T00:00")


@pytest.mark.parametrize(
    ("at", "expires_at"),
    [
        ("2025-03-01T12:00", "2025-04-01T16:00"),
        ("2025-10-03T10:00", "2026-02-21T00:00"),
        ("2026-02-21T00:00", "2026-04-01T16:00"),
        ("2026-04-01T16:00", None),
    ],
)
def test_the_state_of_a_term_says_by_itself_when_it_changes(db, at, expires_at):
    moment = Moment(tokyo(at))
    PolicyTerm.objects.get(code="2025").state_at(moment)
    assert moment.expires_at == (tokyo(expires_at) if expires_at else None)


def test_the_announced_life_shrinks_towards_the_instant(client, set_clock):
    lives = []
    for at in ("2025-10-03T16:58:00", "2025-10-03T16:59:30", "2025-10-03T16:59:59"):
        set_clock(at)
        lives.append(client.get("/", secure=True).headers["Cache-Control"])
    assert lives == [life(120), life(30), life(1)]


def test_a_missing_page_expires_when_it_may_come_to_be(lively_content):
    missing = render(CacheKey("/insurance/terms/2026/"), Moment(tokyo("2026-03-10T09:29:50")))
    assert missing.status == 404
    assert missing.expires_at == tokyo("2026-03-10T09:30").timestamp()


def test_a_pinned_page_is_not_cached(client, settings):
    settings.SITE_CLOCK = tokyo("2025-10-03T10:00")
    assert client.get("/", secure=True).headers["Cache-Control"] == "no-store"
    assert client.get("/nowhere/", secure=True).headers["Cache-Control"] == "no-store"
