"""The unit files: systemd takes them, and what they start does what they promise."""

import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.deploy.installation import Instance, answers, ask
from tests.deploy.processes import serving, wait_for
from tests.deploy.shipped import DEPLOY, command_of, needed, own_environment

UNIT_FILES = sorted(path.name for path in (DEPLOY / "systemd").glob("*.*") if path.is_file())
SERVICES = [unit for unit in UNIT_FILES if unit.endswith(".service")]


@pytest.fixture
def units(tmp_path) -> Path:
    """The unit files as they are installed, with programs that are here."""
    folder = tmp_path / "units"
    shutil.copytree(DEPLOY / "systemd", folder, symlinks=True)
    for path in folder.glob("*.service"):
        text = path.read_text().replace("/opt/jnxcyber/.venv", sys.prefix)
        path.write_text(text.replace("/opt/jnxcyber/deploy", str(DEPLOY)))
    return folder


def analyze(units: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [needed("systemd-analyze", "systemd"), *arguments],
        env=own_environment(SYSTEMD_UNIT_PATH=f"{units}:"), capture_output=True, text=True,
    )  # fmt: skip


@pytest.mark.parametrize("unit", UNIT_FILES)
def test_systemd_finds_no_fault_in_a_unit(units, unit):
    done = analyze(units, "verify", unit)
    ours = [line for line in done.stderr.splitlines() if "jnxcyber" in line]
    assert (done.returncode, ours) == (0, [])


@pytest.mark.parametrize("unit", SERVICES)
def test_a_service_may_do_little_more_than_it_needs(units, unit):
    """A sandbox that is not read, for a misspelt name or folder, is silent: 9.6 instead of 1.3."""
    done = analyze(units, "security", "--offline=true", "--threshold=15", unit)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("unit", SERVICES)
def test_a_service_writes_only_where_its_unit_says(units, unit):
    text = (units / unit).read_text()
    assert re.search("^(ReadWritePaths=/opt/jnxcyber/var|StateDirectory=)", text, re.MULTILINE)


@pytest.fixture(scope="module")
def site(tmp_path_factory, copy_prepared) -> Instance:
    return Instance.in_folder(copy_prepared(tmp_path_factory.mktemp("site")))


def test_the_service_tells_systemd_that_it_is_ready_and_stops_when_it_is_told_to(site, tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
        told.bind(str(tmp_path / "notify"))
        told.settimeout(20)
        command = site.placed(command_of("jnxcyber.service"))
        process = subprocess.Popen(
            command, cwd=site.folder,
            env=own_environment(NOTIFY_SOCKET=str(tmp_path / "notify")),
        )  # fmt: skip
        try:
            assert "READY=1" in told.recv(1000).decode()
            wait_for(lambda: answers(site.port), seconds=5)
            response, body = ask(site.port, "/")
            assert response.status == 200
            assert "JNX団体サイバー保険" in body.decode()
            time.sleep(
                2
            )  # gunicorn loses what it is told while a worker starts; systemd then kills it
            process.terminate()
            assert process.wait(timeout=30) == 0
        finally:
            process.kill()


def test_the_service_is_the_site_of_gunicorns_own_settings(site):
    """Two workers on the front with the page cache: not the plain WSGI that gunicorn would start."""
    with serving(site):
        response, _ = ask(site.port, "/faq/", Accept_Encoding="br")
        assert response.headers["Content-Encoding"] == "br"
        assert response.headers["ETag"]
        workers = Path(f"/proc/{site.process.pid}/task/{site.process.pid}/children")
        wait_for(lambda: len(workers.read_text().split()) == 2)  # they start one after the other
    assert "asgi" in (site.folder / "log").read_text()


def test_the_service_of_the_mirror_writes_one(site, tmp_path):
    command = site.placed(command_of("jnxcyber-mirror.service"))
    assert command[-1] == "/var/lib/jnxcyber/mirror"
    subprocess.run(
        [*command[:-1], str(tmp_path / "mirror")],
        cwd=site.folder, env=own_environment(), check=True, capture_output=True,
    )  # fmt: skip
    assert "控えのページです" in (tmp_path / "mirror" / "index.html").read_text()
