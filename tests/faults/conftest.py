"""The site as it is run, under faults. FAULT_SECONDS says how long a fault lasts: a few seconds in CI,
a minute where the promises are measured."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.patience import limit
from tests.postgres import Postgres, cluster
from tests.serving import LoggedProcess, free_port, get, wait_until_cached, wait_until_served

FAULT_SECONDS = float(os.environ.get("FAULT_SECONDS", "6"))


class RunningSite:
    """A copy of the checkout with its own settings, and the server that runs in it."""

    def __init__(self, checkout: Path, database_url: str) -> None:
        self.checkout = checkout
        self.port = free_port()
        self.sqlite = checkout / "var" / "db.sqlite3"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
            "SECRET_KEY": "a key for the tests alone",
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "DATABASE_URL": database_url,
            "SECOND_FACTOR": "off",
        }
        self.process: LoggedProcess | None = None
        self.manage("prepare")

    def manage(self, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=self.checkout, env=self.environment, check=True, capture_output=True, text=True,
        )  # fmt: skip

    def start(self) -> None:
        gunicorn = Path(sys.executable).parent / "gunicorn"
        command = [gunicorn, "--bind", f"127.0.0.1:{self.port}"]
        self.process = LoggedProcess(command, self.checkout, self.environment)
        wait_until_served(self.process, self.port)

    def stop(self, number: int = signal.SIGTERM) -> str:
        os.killpg(self.process.pid, number)
        return self.process.printed_until_its_end()

    @property
    def workers(self) -> list[int]:
        pid = self.process.pid
        return [*map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]

    @property
    def paths(self) -> list[str]:
        """Every URL of the site map."""
        urls = re.findall("<loc>(.*?)</loc>", get(self.port, "/sitemap.xml")[1].decode())
        return [url.removeprefix(self.environment["SITE_URL"]) for url in urls]

    def telephones(self, visitors: int = 30) -> set[str]:
        """The agency's numbers that visitors read who ask now. They all connect before any of them
        asks, so that every worker gets its share."""
        connections = [HTTPConnection("127.0.0.1", self.port, timeout=10) for _ in range(visitors)]
        for connection in connections:
            connection.connect()
        numbers = set()
        for connection in connections:
            connection.request("GET", "/contact/")
            page = connection.getresponse().read().decode()
            numbers.add(re.findall(r"tel:(03-[\d-]+)", page)[0])
            connection.close()
        return numbers

    def change_telephone(self, number: str) -> None:
        self.manage(
            "shell", "-c",
            "from contacts.models import Desk;"
            f"Desk.objects.filter(role='agency').update(telephone='{number}')",
        )  # fmt: skip

    def wait_for(self, telephone: str, within: float) -> None:
        """Wait until every visitor reads the number, for so many seconds at most on a quiet machine."""
        end = time.monotonic() + limit(within)
        while self.telephones() != {telephone}:
            assert time.monotonic() < end, f"{self.telephones()} after {within} seconds"
            time.sleep(0.05)


@pytest.fixture(scope="module")
def sqlite_site(tmp_path_factory, copy_prepared) -> Iterator[RunningSite]:
    site = RunningSite(copy_prepared(tmp_path_factory.mktemp("checkout")), "")
    yield from running(site)


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with cluster() as postgres:
        yield postgres


@pytest.fixture(scope="module")
def postgres_site(tmp_path_factory, copy_prepared, postgres) -> Iterator[RunningSite]:
    site = RunningSite(copy_prepared(tmp_path_factory.mktemp("checkout")), postgres.url)
    yield from running(site)


def running(site: RunningSite) -> Iterator[RunningSite]:
    site.start()
    wait_until_cached(site.checkout)
    yield site
    if site.process.poll() is None:
        site.stop(signal.SIGKILL)
