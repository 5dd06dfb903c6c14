"""A bounded load of visitors, on the loopback URL alone, and what came back."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException

from tests.patience import limit

VISITORS = 4
PAUSE = (
    0.002  # seconds between two requests of a visitor: the faults are the subject, not the speed
)
LONGEST = 120.0  # seconds after which the load ends by itself


@dataclass
class Answers:
    """Record of the responses that visitors got."""

    statuses: dict[int, int] = field(default_factory=dict)
    bodies: dict[str, set[bytes]] = field(default_factory=dict)
    slowest: float = 0.0
    broken_connections: int = 0

    @property
    def count(self) -> int:
        return sum(self.statuses.values())


@contextmanager
def visitors(port: int, paths: list[str]) -> Iterator[Answers]:
    """Visitors who ask for all these paths, again and again, until the block ends."""
    answers = Answers()
    lock = threading.Lock()
    over = threading.Event()
    end = time.monotonic() + LONGEST

    def visit(start: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        number = start
        while not over.wait(PAUSE) and time.monotonic() < end:
            path = paths[number % len(paths)]
            number += 1
            began = time.monotonic()
            try:
                connection.request("GET", path)
                response = connection.getresponse()
                body = response.read()
            except (OSError, HTTPException):
                connection.close()
                with lock:
                    answers.broken_connections += 1
                continue
            took = time.monotonic() - began
            with lock:
                answers.statuses[response.status] = answers.statuses.get(response.status, 0) + 1
                answers.bodies.setdefault(path, set()).add(body)
                answers.slowest = max(answers.slowest, took)

    threads = [threading.Thread(target=visit, args=(each * 5,)) for each in range(VISITORS)]
    for thread in threads:
        thread.start()
    try:
        yield answers
    finally:
        over.set()
        for thread in threads:
            thread.join()


def assert_nobody_noticed(answers, expected: int) -> None:
    assert answers.count > expected
    assert answers.statuses.keys() == {200}
    assert answers.broken_connections == 0
    assert answers.slowest <= limit(1)
    assert {len(bodies) for bodies in answers.bodies.values()} == {1}
