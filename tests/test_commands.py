"""`make run` as a newcomer uses it, with the real gunicorn, in a copy of the checkout."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from django.conf import settings

NOT_IN_A_CHECKOUT = shutil.ignore_patterns(
    ".git", ".venv", "var", ".env", "__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache"
)
Make = Callable[..., subprocess.Popen]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(port: int, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers=headers)
    response = connection.getresponse()
    return response, response.read()


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("checkout") / "site"
    return Path(shutil.copytree(settings.BASE_DIR, folder, ignore=NOT_IN_A_CHECKOUT))


@pytest.fixture
def make(checkout) -> Iterator[Make]:
    """Start make in the checkout, in the environment that runs the tests."""
    started = []
    own_settings = (
        "SECRET_KEY",
        "SITE_URL",
        "ALLOWED_HOSTS",
        "SITE_CLOCK",
        "DEBUG",
        "DATABASE_URL",
    )
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in own_settings and not name.startswith(("MAKE", "MFLAGS", "PYTEST", "DJANGO"))
    }

    def make(*arguments: str) -> subprocess.Popen:
        process = subprocess.Popen(
            ["make", f"VENV={sys.prefix}", f"PYTHON={sys.executable}", *arguments],
            cwd=checkout,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield make
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until_served(process: subprocess.Popen, port: int) -> None:
    for _ in range(600):
        try:
            get(port, "/")
        except OSError:
            assert process.poll() is None, process.stdout.read()
            time.sleep(0.1)
        else:
            return
    pytest.fail("the site did not start within a minute")


def stop(process: subprocess.Popen) -> str:
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=15)
    return output


def test_make_run_serves_the_whole_site_from_a_clean_checkout(make, checkout):
    port = free_port()
    process = make("run", f"PORT={port}")
    wait_until_served(process, port)

    site_map = get(port, "/sitemap.xml")[1].decode()
    addresses = re.findall("<loc>(.*?)</loc>", site_map)
    assert len(addresses) == 11
    assert {get(port, address.split(str(port))[1])[0].status for address in addresses} == {200}

    home = get(port, "/")[1].decode()
    style_sheet = re.search(r"/static/css/base\.[0-9a-f]{12}\.css", home).group()
    response, body = get(port, style_sheet, **{"Accept-Encoding": "br"})
    assert response.headers["Content-Encoding"] == "br"
    assert "immutable" in response.headers["Cache-Control"]
    response, body = get(port, "/", method="HEAD")
    assert response.status == 200
    assert body == b""
    assert get(port, "/", Host="elsewhere.example")[0].status == 400

    output = stop(process)
    assert f"http://127.0.0.1:{port}/" in output
    assert "manage.py createsuperuser" in output
    assert "make run SITE_CLOCK=2025-" in output
    assert "To stop:" in output
    with pytest.raises(OSError, match="refused"):
        get(port, "/")

    # Again: nothing is loaded over what an editor changed, and the clock can be set.
    with sqlite3.connect(checkout / "var" / "db.sqlite3") as database:
        database.execute("UPDATE contacts_desk SET telephone='03-9999-9999' WHERE role='agency'")
    database.close()
    secret = (checkout / ".env").read_text()
    began = time.monotonic()
    process = make("run", f"PORT={port}", "SITE_CLOCK=2025-10-03T10:00")
    wait_until_served(process, port)
    assert time.monotonic() - began < 10
    contact = get(port, "/contact/")[1].decode()
    assert "03-9999-9999" in contact
    assert "2025年10月3日(午前10時)" in contact
    assert "円〜" not in home
    assert "140,230円" in get(port, "/")[1].decode()
    assert "Loaded" not in stop(process)
    assert (checkout / ".env").read_text() == secret
    assert (checkout / ".env").stat().st_mode & 0o077 == 0


def test_ctrl_c_ends_the_site(make):
    port = free_port()
    process = make("run", f"PORT={port}")
    wait_until_served(process, port)
    os.killpg(process.pid, signal.SIGINT)  # a terminal signals make and gunicorn alike
    output, _ = process.communicate(timeout=15)
    assert "Traceback" not in output


@pytest.mark.parametrize("port", ["taken", "no-number", "70000"])
def test_a_port_that_cannot_be_used_is_said_in_one_line(make, port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1] if port == "taken" else port
        process = make("run", f"PORT={port}")
        output, _ = process.communicate(timeout=60)
    lines = [line for line in output.splitlines() if not line.startswith("make")]
    assert lines == [
        f"Port {port} is in use or cannot be used: choose another, as in: make run PORT=8001"
    ]
    assert process.returncode != 0


@pytest.mark.parametrize(
    ("clock", "message"),
    [
        ("yesterday", "SITE_CLOCK must look like 2025-10-03T10:00 (Tokyo time), not 'yesterday'."),
        (
            "2025-02-30",
            "SITE_CLOCK must look like 2025-10-03T10:00 (Tokyo time), not '2025-02-30'.",
        ),
    ],
)
def test_a_clock_that_is_no_moment_is_said_in_one_line(make, clock, message):
    process = make("run", f"PORT={free_port()}", f"SITE_CLOCK={clock}")
    output, _ = process.communicate(timeout=60)
    lines = [line for line in output.splitlines() if not line.startswith("make")]
    assert lines[-1] == f"The settings are not right: {message}"
    assert "Traceback" not in output
    assert process.returncode != 0


@pytest.mark.parametrize("target", ["run", "test"])
@pytest.mark.parametrize(
    ("fails_on", "message"),
    [
        ("version_info", "Python 3.9.2 is too old: install Python 3.11 or later"),
        (
            "ensurepip",
            "Python's venv module is missing: install it, on Debian with: apt install python3-venv",
        ),
    ],
)
def test_a_python_that_will_not_do_is_said_in_one_line(make, tmp_path, fails_on, message, target):
    python = tmp_path / "python3"
    python.write_text(
        f"""#!/bin/sh
case "$*" in
  *{fails_on}*) exit 1 ;;
  --version) echo Python 3.9.2 ;;
  *) exec {sys.executable} "$@" ;;
esac
"""
    )
    python.chmod(0o755)
    process = make(target, f"VENV={tmp_path / 'venv'}", f"PYTHON={python}")
    output, _ = process.communicate(timeout=60)
    lines = [line for line in output.splitlines() if not line.startswith("make")]
    assert len(lines) == 1
    assert lines[0].startswith(message)
    assert process.returncode != 0


@pytest.mark.parametrize("target", ["run", "test"])
def test_a_missing_python_is_said_in_one_line(make, tmp_path, target):
    process = make(target, f"VENV={tmp_path / 'venv'}", "PYTHON=python-of-nobody")
    output, _ = process.communicate(timeout=60)
    assert output.splitlines()[0] == "python-of-nobody is missing: install Python 3.11 or later."
    assert process.returncode != 0
