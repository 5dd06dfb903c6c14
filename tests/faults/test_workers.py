"""Workers die: the others serve on, and nothing that anybody gets is wrong or torn."""

import os
import random
import signal
import time

from tests.faults.load import VISITORS, visitors

KILLS = 30


def test_killed_workers_cost_no_more_than_their_connections(sqlite_site):
    with visitors(sqlite_site.port, sqlite_site.paths) as answers:
        time.sleep(0.5)
        for _ in range(KILLS):
            workers = sqlite_site.workers
            if workers:
                os.kill(random.choice(workers), signal.SIGKILL)  # noqa: S311
            time.sleep(0.3)
        time.sleep(1)
    assert answers.statuses.keys() == {200}
    assert {len(bodies) for bodies in answers.bodies.values()} == {1}
    assert answers.broken_connections <= KILLS * VISITORS
    assert answers.count > 1_000
    assert len(sqlite_site.workers) == 2
