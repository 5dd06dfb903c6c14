"""`make run` as a newcomer uses it, with the real gunicorn, in a copy of the checkout."""

import os
import re
import signal
import socket
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.pages.page_paths import PAGE_PATHS
from tests.patience import limit
from tests.serving import (
    copy_checkout,
    free_port,
    get,
    making,
    stop,
    wait_until_cached,
    wait_until_served,
)

pytestmark = pytest.mark.server


def test_make_run_serves_the_whole_site_from_a_clean_checkout(make, checkout):
    port = free_port()
    process = make("run", f"PORT={port}")
    wait_until_served(process, port)

    site_map = get(port, "/sitemap.xml")[1].decode()
    urls = re.findall("<loc>(.*?)</loc>", site_map)
    assert len(urls) == len(PAGE_PATHS)
    assert {get(port, url.split(str(port))[1])[0].status for url in urls} == {200}

    home = get(port, "/")[1].decode()
    assert "満了" in home
    assert "円〜" not in home
    style_sheet = re.search(r"/static/css/site\.[0-9a-f]{12}\.css", home).group()
    response, body = get(port, style_sheet, **{"Accept-Encoding": "br"})
    assert response.headers["Content-Encoding"] == "br"
    assert "immutable" in response.headers["Cache-Control"]
    response, body = get(port, "/", method="HEAD")
    assert response.status == 200
    assert body == b""
    assert get(port, "/", Host="elsewhere.example")[0].status == 400

    question = get(port, f"/insurance/join/?on={quote('あ' * 800)}")
    assert question[0].status == 400
    assert "日付として読み取れません" in question[1].decode()

    output = stop(process)
    assert f"http://127.0.0.1:{port}/" in output
    assert "manage.py first_administrator" in output
    assert (checkout / "var" / "served_at").read_text() == f"http://127.0.0.1:{port}"
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
    assert time.monotonic() - began < limit(10)
    contact = get(port, "/contact/")[1].decode()
    assert "03-9999-9999" in contact
    assert "2025年10月3日(午前10時)" in contact
    assert "140,230円" in get(port, "/")[1].decode()
    assert get(port, "/evil/sitemap.xml", SCRIPT_NAME="/evil")[0].status == 404

    output = stop(process)
    assert "Loaded" not in output
    assert (checkout / ".env").read_text() == secret
    assert (checkout / ".env").stat().st_mode & 0o077 == 0


def until(condition: Callable[[], bool], edited: Path) -> None:
    """Wait until the condition holds: the reloader looks at the files once a second.

    The file is saved again now and then: on a busy machine the server answers before its reloader has looked at
    the files for the first time, and an edit in between is not seen.
    """
    for attempt in range(200):
        if attempt % 50 == 49:
            edited.touch()
        with suppress(OSError):  # while the server restarts
            if condition():
                return
        time.sleep(0.1)
    pytest.fail("the edit did not show within 20 seconds")


def test_make_dev_shows_edits_of_templates_style_sheets_and_code_at_the_next_reload(tmp_path):
    checkout, port = copy_checkout(tmp_path), free_port()

    def edit(name: str, old: str, new: str) -> Path:
        path = checkout / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    def body(path: str) -> str:
        return get(port, path)[1].decode()

    with making(checkout) as make:
        process = make("dev", f"PORT={port}", "SITE_CLOCK=2025-10-03T10:00")
        wait_until_served(process, port)
        before = body("/contact/")
        assert '<link rel="stylesheet" href="/static/css/site.css">' in before
        for template in ("contact/index.html", "_telephone.html"):  # a page, and a fragment in it
            mark = f'data-edited="{template}"'
            edited = edit(f"templates/{template}", "<div", f"<div {mark}")
            until(lambda mark=mark: mark in body("/contact/"), edited)
        response, _ = get(port, "/static/css/components/footer.css")
        assert "max-age=0" in response.headers["Cache-Control"]
        edited = edit("static/css/components/footer.css", "{", "{ --edited: 1;")
        until(lambda: "--edited: 1" in body("/static/css/components/footer.css"), edited)
        edited = edit("pages/site_map.py", "会社概要", "会社の概要")
        until(lambda: "会社の概要" in body("/site-map/"), edited)
        edited = edit(
            "pages/views.py",
            "def faq(moment: Moment) -> HttpResponse:\n",
            "def faq(moment: Moment) -> HttpResponse:\n    1 / 0\n",
        )
        until(lambda: "ZeroDivisionError at /faq/" in body("/faq/"), edited)


def test_a_fault_answers_with_the_telephone_numbers_and_leaves_a_trace_in_the_log(make, checkout):
    port = free_port()
    process = make("run", f"PORT={port}")
    wait_until_served(process, port)
    wait_until_cached(checkout)
    database = sqlite3.connect(checkout / "var" / "db.sqlite3")
    database.execute("UPDATE contacts_desk SET telephone = telephone")  # else all is in memory
    database.execute("ALTER TABLE products_product RENAME TO gone")
    database.commit()
    try:
        response, body = get(port, "/insurance/join/?on=2025-04-01")  # which nobody has asked for
        assert response.status == 503
        assert response.headers["Cache-Control"] == "no-store"
        assert "0120-318-258" in body.decode()
        assert get(port, "/")[0].status == 200  # cached
    finally:
        database.execute("ALTER TABLE gone RENAME TO products_product")
        database.close()
    assert get(port, "/insurance/join/?on=2025-04-01")[0].status == 200
    assert "no such table: products_product" in stop(process)


def test_ctrl_c_ends_the_site(make):
    port = free_port()
    process = make("run", f"PORT={port}")
    wait_until_served(process, port)
    os.killpg(process.pid, signal.SIGINT)  # a terminal signals make and gunicorn alike
    output = process.printed_until_its_end(timeout=15)
    assert "Traceback" not in output


@pytest.mark.parametrize("port", ["taken", "no-number", "70000", "0", "-1"])
def test_a_port_that_cannot_be_used_is_said_in_one_line(make, port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1] if port == "taken" else port
        process = make("run", f"PORT={port}")
        output = process.printed_until_its_end()
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
    output = process.printed_until_its_end()
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
    output = process.printed_until_its_end()
    lines = [line for line in output.splitlines() if not line.startswith("make")]
    assert len(lines) == 1
    assert lines[0].startswith(message)
    assert process.returncode != 0


@pytest.mark.parametrize("target", ["run", "test"])
def test_a_missing_python_is_said_in_one_line(make, tmp_path, target):
    process = make(target, f"VENV={tmp_path / 'venv'}", "PYTHON=python-of-nobody")
    output = process.printed_until_its_end()
    assert output.splitlines()[0] == "python-of-nobody is missing: install Python 3.11 or later."
    assert process.returncode != 0
