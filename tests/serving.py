"""The site as it is really served: `make run` in a copy of the checkout, with gunicorn."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from django.conf import settings

NOT_IN_A_CHECKOUT = shutil.ignore_patterns(
    ".git", ".venv", "var", ".env", "__pycache__", ".*_cache"
)


class LoggedProcess(subprocess.Popen):
    """A process in a session of its own, in the folder `cwd`, that prints into a file beside this folder.

    A pipe would not do: after 64 KiB that nobody has read, the site stands still at the next line of its log.
    """

    def __init__(self, arguments: list[str | Path], cwd: Path, env: dict[str, str]) -> None:
        file, name = tempfile.mkstemp(prefix="printed-", dir=cwd.parent)
        self._printed = Path(name)
        super().__init__(
            arguments,
            cwd=cwd,
            env=env,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        os.close(file)

    def printed(self) -> str:
        return self._printed.read_text(encoding="utf-8")

    def printed_until_its_end(self, timeout: float = 60) -> str:
        """Wait for the end of the process. Raises TimeoutExpired after so many seconds."""
        self.wait(timeout)
        return self.printed()


Make = Callable[..., LoggedProcess]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(
    port: int, path: str, method: str = "GET", body: str | None = None, **headers: str
) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, body, headers=headers)
    response = connection.getresponse()
    return response, response.read()


def copy_checkout(folder: Path) -> Path:
    return Path(shutil.copytree(settings.BASE_DIR, folder / "site", ignore=NOT_IN_A_CHECKOUT))


@pytest.fixture(scope="session")
def made_once(tmp_path_factory) -> Callable[[str, Callable[[Path], None]], Path]:
    """Return a folder of this name for all workers of the run, filled by the first that needs it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def made_once(name: str, fill: Callable[[Path], None]) -> Path:
        folder = shared / f"once-{name}"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not folder.exists():
                begun = shared / f"begun-{name}"
                begun.mkdir()
                fill(begun)
                begun.rename(folder)
        return folder

    return made_once


@pytest.fixture(scope="session")
def prepared_checkout(made_once) -> Path:
    """A checkout with collected files, the shipped content in SQLite and compiled code; to be copied."""
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "a key for the tests alone",
        "SITE_URL": "http://127.0.0.1",
    }

    def prepare(folder: Path) -> None:
        checkout = copy_checkout(folder)
        for command in ("prepare", "collectstatic --noinput"):
            subprocess.run(
                [sys.executable, "manage.py", *command.split()],
                cwd=checkout, env=environment, check=True, capture_output=True,
            )  # fmt: skip

    return made_once("checkout", prepare) / "site"


@pytest.fixture(scope="session")
def copy_prepared(prepared_checkout) -> Callable[[Path], Path]:
    """Copy the prepared checkout into the folder, which takes far less time than preparing one."""

    def copy_prepared(folder: Path) -> Path:
        return Path(shutil.copytree(prepared_checkout, folder / "site"))

    return copy_prepared


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Path:
    return copy_checkout(tmp_path_factory.mktemp("checkout"))


@pytest.fixture(scope="module")
def make(checkout) -> Iterator[Make]:
    with making(checkout) as make:
        yield make


@contextmanager
def making(checkout: Path) -> Iterator[Make]:
    """Start make in the checkout, in the environment that runs the tests."""
    started = []
    own_settings = (
        "SECRET_KEY",
        "SITE_URL",
        "ALLOWED_HOSTS",
        "SITE_CLOCK",
        "DEBUG",
        "DATABASE_URL",
        "SECOND_FACTOR",
        "TRUSTED_PROXIES",
    )
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in own_settings and not name.startswith(("MAKE", "MFLAGS", "PYTEST", "DJANGO"))
    }

    def make(*arguments: str) -> LoggedProcess:
        command = ["make", f"VENV={sys.prefix}", f"PYTHON={sys.executable}", *arguments]
        process = LoggedProcess(command, checkout, environment)
        started.append(process)
        return process

    yield make
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until_served(process: LoggedProcess, port: int) -> None:
    for _ in range(600):
        try:
            get(port, "/")
        except OSError:
            assert process.poll() is None, process.printed()
            time.sleep(0.1)
        else:
            return
    pytest.fail("the site did not start within a minute")


def wait_until_cached(checkout: Path) -> None:
    """Until all pages have copies on disk, for now and for later: until none has come for a second."""
    folder, before, quiet = checkout / "var" / "pages", set(), 0
    for _ in range(600):
        now = {path.name for path in folder.glob("*.page")}
        quiet = quiet + 1 if now == before and len(now) > 20 else 0
        if quiet == 10:
            return
        before = now
        time.sleep(0.1)
    pytest.fail("the pages were not rendered within a minute")


def stop(process: LoggedProcess) -> str:
    process.send_signal(signal.SIGTERM)
    return process.printed_until_its_end(timeout=15)
