"""Tests of the health checks that a load balancer and monitoring read."""

import asyncio
import json
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from resource import RLIMIT_FSIZE, getrlimit, setrlimit
from threading import Event

import pytest

from pages.site_map import PAGES
from publishing.health import QUESTION_TIMEOUT, Question
from tests.application import Application
from tests.moments import IN_THE_TERM, moment
from tests.patience import limit
from tests.serving import free_port, get, wait_until_served

pytestmark = pytest.mark.django_db

NEEDED = tuple(page.path for page in PAGES.values())


@pytest.fixture
def site(settings) -> Application:
    return Application(settings.PAGE_CACHE_DIR)


def readiness(site: Application) -> tuple[int, dict]:
    answer = site.ask("/readyz")
    return answer.status, json.loads(answer.body)


@pytest.mark.parametrize(
    ("database", "cached", "status"),
    [
        ("answers", (), 200),
        ("answers", NEEDED, 200),
        ("away", NEEDED, 200),
        ("away", ("/",), 503),
        ("away", (), 503),
        ("lost", NEEDED, 200),
        ("lost", (), 503),
        ("never seen", NEEDED, 200),
        ("never seen", (), 503),
    ],
)
def test_a_site_is_ready_with_its_database_or_with_all_its_pages(
    site, set_clock, database, cached, status
):
    set_clock(IN_THE_TERM)
    for path in cached:
        site.cache_page(path, moment(IN_THE_TERM))
    if database in ("answers", "lost"):
        site.poller.poll()
    if database in ("away", "lost"):
        site.poll_in_vain()
    said, about = readiness(site)
    assert said == status
    assert about["status"] == ("ok" if status == 200 else "unavailable")
    assert about["database"] == ("answers" if database == "answers" else "away")
    assert about["cached_pages"] == len(cached)
    assert about["all_pages_cached"] == (cached == NEEDED)
    assert about["disk"]["can_be_written"]
    assert about["disk"]["free_bytes"] > 0
    if database == "answers":
        assert about["revision"] == site.poller.revision
    else:
        assert about["missing_migrations"] == "unknown"
    if database in ("answers", "lost"):
        assert 0 <= about["revision_age_seconds"] < 10
    else:
        assert about["revision_age_seconds"] is None


def test_pages_that_are_only_on_disk_count_too(site, set_clock):
    set_clock(IN_THE_TERM)
    for path in NEEDED:
        site.cache_page(path, moment(IN_THE_TERM))
    later = Application(site.cache.folder)
    later.poll_in_vain()
    assert later.cache.count == 0
    assert readiness(later)[0] == 200


def test_pages_whose_time_is_over_are_of_no_use(site, set_clock):
    set_clock(IN_THE_TERM)
    for path in NEEDED:
        site.cache_page(path, moment(IN_THE_TERM))
    set_clock("2031-10-03T10:00")
    site.poll_in_vain()
    assert readiness(site)[0] == 503


def test_a_disk_that_cannot_be_written_is_said_and_sends_no_visitor_away(site, settings, tmp_path):
    (tmp_path / "file").touch()
    settings.PAGE_CACHE_DIR = tmp_path / "file" / "pages"
    site.poller.poll()
    status, about = readiness(site)
    assert status == 200
    assert about["disk"] == {"free_bytes": None, "can_be_written": False}


def test_a_full_disk_is_said_and_sends_no_visitor_away(site):
    site.poller.poll()
    before = getrlimit(RLIMIT_FSIZE)
    setrlimit(RLIMIT_FSIZE, (0, before[1]))  # files can be made, but nothing be written into them
    try:
        status, about = readiness(site)
    finally:
        setrlimit(RLIMIT_FSIZE, before)
    assert status == 200
    assert not about["disk"]["can_be_written"]
    assert about["disk"]["free_bytes"] > 0


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@pytest.mark.parametrize(
    ("method", "status"),
    [("GET", 200), ("HEAD", 200), ("POST", 405), ("PUT", 405), ("OPTIONS", 405)],
)
def test_only_get_and_head_are_answered(site, path, method, status):
    site.poller.poll()
    answer = site.ask(path, method)
    assert answer.status == status
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers.get("Allow") == ("GET, HEAD" if status == 405 else None)
    if method == "HEAD":
        assert answer.body == b""
        assert int(answer.headers["Content-Length"]) > 0
    else:
        assert int(answer.headers["Content-Length"]) == len(answer.body)


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_load_balancer_may_ask_by_ip_and_without_https(site, path):
    site.poller.poll()
    answer = site.ask(path, Host="192.0.2.7:8000", X_Forwarded_Proto="http")
    assert answer.status == 200
    assert "X-Request-ID" not in answer.headers


def test_to_be_alive_takes_nothing(site, django_assert_num_queries):
    site.poll_in_vain()
    with django_assert_num_queries(0):
        answer = site.ask("/healthz")
    assert (answer.status, json.loads(answer.body)) == (200, {"status": "ok"})


def test_nobody_waits_for_an_answer_that_hangs_and_nobody_asks_twice():
    asked, goes_on = [], Event()

    def ask():
        asked.append(1)
        goes_on.wait(10)
        return "known"

    question = Question(ask)

    async def several():
        return await asyncio.gather(*(question.answer() for _ in range(5)))

    began = time.monotonic()
    assert asyncio.run(several()) == [None] * 5
    assert asyncio.run(question.answer()) is None
    assert QUESTION_TIMEOUT <= time.monotonic() - began < limit(4 * QUESTION_TIMEOUT)
    assert len(asked) == 1
    goes_on.set()
    for thread in threading.enumerate():
        if thread.name == "health":
            thread.join(5)
    assert asyncio.run(question.answer()) == "known"
    assert len(asked) == 2


@pytest.mark.server
def test_the_running_site_tells_its_state_even_while_all_threads_hang_on_the_database(
    make, checkout
):
    port = free_port()
    process = make("run", f"PORT={port}")
    wait_until_served(process, port)

    def ask() -> tuple[int, dict]:
        began = time.monotonic()
        response, body = get(port, "/readyz")
        assert time.monotonic() - began < limit(1)
        return response.status, json.loads(body)

    def wait_for(**facts) -> dict:
        for _ in range(100):
            status, about = ask()
            if facts.items() <= about.items():
                return about | {"code": status}
            time.sleep(0.1)
        pytest.fail(f"{facts} did not come: {about}")

    whole = {"database": "answers", "all_pages_cached": True, "missing_migrations": []}
    for _ in range(10):  # until each of the workers has answered
        assert wait_for(**whole)["code"] == 200
    assert get(port, "/healthz", Host="192.0.2.7")[0].status == 200

    with sqlite3.connect(checkout / "var" / "db.sqlite3") as database:
        database.execute("UPDATE django_migrations SET name='x' WHERE name='0001_initial'")
        database.commit()
        about = wait_for(status="unavailable")
        assert about["code"] == 503
        assert "contacts.0001_initial" in about["missing_migrations"]
        database.execute("UPDATE django_migrations SET name='0001_initial' WHERE name='x'")
        database.commit()
        assert wait_for(**whole)["code"] == 200

        database.execute("BEGIN EXCLUSIVE")  # from here on every query waits
        with ThreadPoolExecutor(40) as visitors:
            signed_in = [
                visitors.submit(get, port, "/admin/", Cookie=f"sessionid={'x' * 32}")
                for _ in range(40)
            ]
            about = wait_for(database="away", missing_migrations="unknown")
            assert about["code"] == 200
            assert about["all_pages_cached"]
            assert about["revision_age_seconds"] > 0.25
            assert get(port, "/healthz")[0].status == 200
            assert not any(each.done() for each in signed_in)  # they still hang
            database.rollback()
        assert wait_for(**whole)["code"] == 200
    database.close()
