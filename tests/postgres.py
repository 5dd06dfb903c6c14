"""A PostgreSQL cluster of a test's own, which can be stopped, frozen and started again."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from tests.serving import free_port

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
MISSING = (
    "PostgreSQL is missing: NOTHING OF WHAT HAPPENS WITHOUT IT IS TESTED. apt install postgresql"
)
# PostgreSQL refuses to run as root.
SOMEBODY = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}


class Postgres:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder.with_name("postgres.log")
        self.port = free_port()
        self.url = f"postgres://tester@127.0.0.1:{self.port}/postgres"
        subprocess.run(
            [BINARIES[-1] / "initdb", "--auth=trust", "--username=tester", "--encoding=UTF8", "-D", folder],
            check=True, stdout=subprocess.DEVNULL, cwd="/", **SOMEBODY,
        )  # fmt: skip

    def start(self, *settings: str) -> None:
        """With these settings beside those of the cluster, as "name=value"."""
        self._launch(settings)
        for _ in range(200):
            with suppress(psycopg.OperationalError):
                psycopg.connect(self.url).close()
                return
            if self.process.poll() is not None:  # a backend of before still held the memory
                self._launch(settings)
            time.sleep(0.1)
        pytest.fail(f"PostgreSQL did not start: {self.log.read_text()[-2_000:]}")

    def _launch(self, settings: tuple[str, ...]) -> None:
        own = (
            f"port={self.port}",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=off",  # else a start after a fault takes this machine's disk half a minute
        )
        self.process = subprocess.Popen(
            [BINARIES[-1] / "postgres", "-D", self.folder]
            + [part for setting in (*own, *settings) for part in ("-c", setting)],
            stdout=self.log.open("a"), stderr=subprocess.STDOUT, cwd="/", **SOMEBODY,
        )  # fmt: skip

    def stop(self) -> None:
        """As when the machine goes down: nobody is waited for."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(20)

    def freeze(self) -> None:
        self._signal_all(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal_all(signal.SIGCONT)

    def _signal_all(self, number: int) -> None:
        pid = self.process.pid
        os.kill(pid, number)  # first, so that a stopped one starts no more children
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for process in map(int, children):
            with suppress(ProcessLookupError):  # some end while others are signalled
                os.kill(process, number)


@contextmanager
def cluster() -> Iterator[Postgres]:
    """A new cluster that runs. Skips, or in CI fails, where PostgreSQL is missing."""
    if not BINARIES:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to other users
        folder = Path(name) / "data"
        folder.mkdir()
        if SOMEBODY:
            shutil.chown(name, **SOMEBODY)
            shutil.chown(folder, **SOMEBODY)
        postgres = Postgres(folder)
        postgres.start()
        yield postgres
        if postgres.process.poll() is None:
            postgres.thaw()
            postgres.stop()
