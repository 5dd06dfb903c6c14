"""The database stops, freezes, or is gone while everything starts: visitors notice nothing."""

import time

from tests.faults.conftest import FAULT_SECONDS
from tests.faults.load import assert_nobody_noticed, visitors
from tests.serving import get, wait_until_cached


def test_an_edit_is_seen_through_every_worker_within_two_seconds(postgres_site):
    for number in ("03-0000-0001", "03-0000-0002", "03-0000-0003"):
        postgres_site.change_telephone(number)
        postgres_site.wait_for(number, within=2)


def test_visitors_do_not_notice_that_the_database_is_stopped(postgres_site, postgres):
    wait_until_cached(postgres_site.checkout)
    with visitors(postgres_site.port, postgres_site.paths) as answers:
        time.sleep(1)
        postgres.stop()
        time.sleep(FAULT_SECONDS)
        postgres.start()
        time.sleep(2)
    assert_nobody_noticed(answers, expected=200 * FAULT_SECONDS)
    postgres_site.change_telephone("03-0000-0010")
    postgres_site.wait_for("03-0000-0010", within=6)  # the breaker waits longer after a fault


def test_visitors_do_not_notice_that_the_database_is_frozen(postgres_site, postgres):
    wait_until_cached(postgres_site.checkout)
    with visitors(postgres_site.port, postgres_site.paths) as answers:
        time.sleep(1)
        postgres.freeze()
        time.sleep(FAULT_SECONDS)
        unknown, _ = get(postgres_site.port, "/insurance/join/?on=2025-05-05")
        postgres.thaw()
        time.sleep(2)
    assert unknown.status == 503  # what nobody had asked for before, and not after a minute
    assert_nobody_noticed(answers, expected=200 * FAULT_SECONDS)
    postgres_site.change_telephone("03-0000-0011")
    postgres_site.wait_for("03-0000-0011", within=6)


def test_everything_starts_and_serves_while_the_database_is_down(postgres_site, postgres):
    wait_until_cached(postgres_site.checkout)
    paths = postgres_site.paths
    before = {path: get(postgres_site.port, path)[1] for path in paths}
    postgres_site.stop()
    postgres.stop()
    try:
        began = time.monotonic()
        postgres_site.start()
        first = time.monotonic() - began
        after = {path: get(postgres_site.port, path) for path in paths}
    finally:
        postgres.start()
    assert first <= 3
    assert {response.status for response, _ in after.values()} == {200}
    assert {path: body for path, (_, body) in after.items()} == before
    postgres_site.change_telephone("03-0000-0012")
    postgres_site.wait_for("03-0000-0012", within=6)
