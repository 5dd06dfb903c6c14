"""The SQLite file is locked, missing, empty or overwritten."""

import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.conftest import FAULT_SECONDS, RunningSite
from tests.faults.load import assert_nobody_noticed, visitors
from tests.serving import get, wait_until_cached


def test_visitors_do_not_notice_that_the_database_is_locked(sqlite_site):
    wait_until_cached(sqlite_site.checkout)
    with visitors(sqlite_site.port, sqlite_site.paths) as answers:
        time.sleep(1)
        with closing(sqlite3.connect(sqlite_site.sqlite)) as database:
            database.execute("BEGIN EXCLUSIVE")
            time.sleep(max(FAULT_SECONDS, 6))  # longer than SQLite itself would wait
            database.rollback()
        time.sleep(1)
    assert_nobody_noticed(answers, expected=200 * FAULT_SECONDS)
    sqlite_site.change_telephone("03-0000-0020")
    sqlite_site.wait_for("03-0000-0020", within=6)


def remove(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def overwrite(path: Path) -> None:
    path.write_bytes(b"This is no database. " * 1_000)


def replace_by_another(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE other (id)")
        database.commit()


@pytest.mark.parametrize(
    ("lose", "words"),
    [
        (remove, "is missing"),
        (empty, "is empty"),
        (overwrite, "cannot be read: file is not a database"),
        (replace_by_another, "is empty, or was never prepared"),
    ],
)
def test_a_lost_database_is_noticed_at_the_start_and_costs_no_page_before(sqlite_site, lose, words):
    wait_until_cached(sqlite_site.checkout)
    backup = sqlite_site.sqlite.with_suffix(".backup")
    shutil.copy(sqlite_site.sqlite, backup)
    with visitors(sqlite_site.port, sqlite_site.paths) as answers:
        time.sleep(0.5)
        lose(sqlite_site.sqlite)
        lost = sqlite_site.sqlite.read_bytes() if sqlite_site.sqlite.exists() else None
        time.sleep(2.5)
    assert_nobody_noticed(answers, expected=100)
    get(sqlite_site.port, "/admin/")  # somebody tries to edit, and makes no new file either
    sqlite_site.stop()

    for command in (["gunicorn", "--bind", "127.0.0.1:1"], ["python", "manage.py", "prepare"]):
        refusal = subprocess.run(
            [Path(sys.executable).parent / command[0], *command[1:]],
            cwd=sqlite_site.checkout, env=sqlite_site.environment, capture_output=True, text=True,
        )  # fmt: skip
        assert refusal.returncode != 0
        (line,) = [line for line in refusal.stderr.splitlines() if "INFO" not in line]
        assert f"{sqlite_site.sqlite} {words}" in line
        assert "Restore it from a backup" in line
    assert (sqlite_site.sqlite.read_bytes() if sqlite_site.sqlite.exists() else None) == lost

    shutil.copy(backup, sqlite_site.sqlite)
    sqlite_site.start()
    assert get(sqlite_site.port, "/insurance/join/?on=2025-06-06")[0].status == 200


def test_a_restored_database_is_seen_by_the_running_server(sqlite_site: RunningSite):
    sqlite_site.change_telephone("03-0000-0021")
    sqlite_site.wait_for("03-0000-0021", within=6)
    backup = sqlite_site.sqlite.with_suffix(".backup")
    shutil.copy(sqlite_site.sqlite, backup)
    sqlite_site.change_telephone("03-0000-0022")
    sqlite_site.wait_for("03-0000-0022", within=2)
    backup.replace(sqlite_site.sqlite)
    sqlite_site.wait_for("03-0000-0021", within=2)
