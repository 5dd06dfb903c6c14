"""The instants at which the site changes by itself: after one, nobody gets a page of before it."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest

from tests.faults.conftest import RunningSite
from tests.faults.load import visitors
from tests.serving import get, wait_until_cached

TITLE = "臨時の受付時間について"


def publish_a_notice(site: RunningSite, seconds: float) -> datetime:
    """A notice that every page shows, until an instant so many seconds from now, which is returned."""
    until = (datetime.now(UTC) + timedelta(seconds=seconds)).replace(microsecond=0)
    site.manage(
        "shell", "-c",
        "from products.models import Notice; from datetime import datetime;"
        f"Notice.objects.update_or_create(title='{TITLE}', defaults=dict(text='本文', important=True,"
        " public_from=datetime.fromisoformat('2025-01-01T00:00+09:00'),"
        f" public_until=datetime.fromisoformat('{until.isoformat()}')))",
    )  # fmt: skip
    return until


def ask_until(
    site: RunningSite, end: datetime, paths: list[str]
) -> list[tuple[datetime, int, bool]]:
    """Record of each request: its time, the status, and whether the notice was on the page."""
    answers = []
    while datetime.now(UTC) < end:
        for path in paths:
            asked_at = datetime.now(UTC)
            response, body = get(site.port, path)
            answers.append((asked_at, response.status, TITLE in body.decode()))
    return answers


@pytest.mark.parametrize("site", ["sqlite_site", "postgres_site"], indirect=True)
def test_at_the_instant_the_page_changes_for_everybody(site):
    until = publish_a_notice(site, seconds=6)
    time.sleep(2.2)
    with visitors(site.port, ["/company/"]):
        answers = ask_until(site, until + timedelta(seconds=1.5), ["/", "/news/", "/contact/"])
    assert all(status == 200 for _, status, _ in answers)
    assert {shown for asked_at, _, shown in answers if asked_at >= until} == {False}
    assert {
        shown for asked_at, _, shown in answers if asked_at < until - timedelta(seconds=0.5)
    } == {True}


def test_it_changes_in_time_without_its_database(postgres_site, postgres):
    until = publish_a_notice(postgres_site, seconds=20)
    wait_until_cached(postgres_site.checkout)
    paths = postgres_site.paths
    (its_own,) = [path for path in paths if re.fullmatch(r"/news/\d+/", path)]
    paths.remove(its_own)
    assert datetime.now(UTC) < until - timedelta(seconds=3), "the machine is too slow for this test"
    postgres.stop()
    try:
        answers = ask_until(postgres_site, until + timedelta(seconds=1), paths)
        assert (
            "このお知らせの掲載は終了しています。" in get(postgres_site.port, its_own)[1].decode()
        )
    finally:
        postgres.start()
    assert {status for _, status, _ in answers} == {200}
    assert {shown for asked_at, _, shown in answers if asked_at >= until} == {False}
    assert {
        shown for asked_at, _, shown in answers if asked_at < until - timedelta(seconds=0.5)
    } == {True}


@pytest.fixture
def site(request) -> RunningSite:
    return request.getfixturevalue(request.param)
