"""Tests that health checks answer at once, whatever the database does."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

from tests.patience import limit
from tests.serving import get

VISITORS = 40  # more than all workers together have threads for


def test_readiness_is_told_while_all_threads_hang_on_a_frozen_database(postgres_site, postgres):
    def ask() -> dict:
        began = time.monotonic()
        response, body = get(postgres_site.port, "/readyz")
        assert time.monotonic() - began < limit(1)
        assert response.status == 200
        return json.loads(body)

    def wait_for(**facts: object) -> None:
        """Wait until many answers in a row tell it: each worker finds out by itself."""
        end, in_a_row = time.monotonic() + limit(30), 0
        while in_a_row < 20:
            in_a_row = in_a_row + 1 if facts.items() <= (about := ask()).items() else 0
            assert time.monotonic() < end, about
            time.sleep(0.05)

    whole = {"database": "answers", "all_pages_cached": True, "missing_migrations": []}
    wait_for(**whole)
    postgres.freeze()
    with ThreadPoolExecutor(VISITORS) as visitors:
        signed_in = [
            visitors.submit(get, postgres_site.port, "/admin/", Cookie=f"sessionid={'x' * 32}")
            for _ in range(VISITORS)
        ]
        try:
            wait_for(database="away", all_pages_cached=True, missing_migrations="unknown")
            for _ in range(20):
                assert ask()["database"] == "away"
                assert get(postgres_site.port, "/healthz")[0].status == 200
            assert not any(each.done() for each in signed_in)  # they still hang
        finally:
            postgres.thaw()
    wait_for(**whole)
