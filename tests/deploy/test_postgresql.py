"""The database as it is shipped: the settings, and the way there and back of a backup."""

import ast
import contextlib
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.deploy.installation import Instance
from tests.deploy.shipped import DEPLOY, needed, own_environment
from tests.deploy.stack import Database

SHIPPED = DEPLOY / "postgresql" / "jnxcyber.conf"


def test_every_setting_that_is_shipped_is_in_force(database):
    named = re.findall(r"^(\w+) = ", SHIPPED.read_text(), re.MULTILINE)
    in_force = database.execute(
        "SELECT name FROM pg_file_settings WHERE sourcefile LIKE '%%/conf.d/jnxcyber.conf'"
        " AND applied AND error IS NULL"
    )
    assert {name for (name,) in in_force} == {*named}
    assert len(named) > 15
    assert database.execute("SELECT setting FROM pg_settings WHERE pending_restart") == []


def test_an_editor_who_hangs_holds_up_nobody_for_long(database):
    """The waiting one is told so, instead of waiting for ever."""
    database.execute("CREATE TABLE IF NOT EXISTS held (value int)")
    database.execute("INSERT INTO held VALUES (1)")
    with psycopg.connect(database.url) as hanging:
        hanging.execute("UPDATE held SET value = 2")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            database.execute("UPDATE held SET value = 3")
        hanging.rollback()
    database.execute("DROP TABLE held")


def test_what_was_typed_does_not_stand_in_the_log(database):
    database.execute("CREATE TABLE typed (value text PRIMARY KEY)")
    for _ in range(2):
        with contextlib.suppress(psycopg.errors.UniqueViolation):
            database.execute("INSERT INTO typed VALUES ('some secret')")
    database.execute("DROP TABLE typed")
    log = database.postgres.log.read_text()
    assert "typed_pkey" in log
    assert "some secret" not in log


def tables(database: Database) -> dict[str, list[tuple]]:
    names = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return {
        name: sorted(database.execute(f'SELECT * FROM "{name}"'), key=repr)  # noqa: S608
        for (name,) in names
    }


def test_a_backup_brings_back_the_database_and_the_uploaded_files(
    database, tmp_path, copy_prepared
):
    needed("pg_dump", "postgresql-client")
    before = database.beside("before")
    site = Instance.in_folder(copy_prepared(tmp_path), before.url)
    media = site.folder / "var" / "media"
    media.mkdir(exist_ok=True)
    (media / "a.pdf").write_bytes(b"%PDF")
    copies = tmp_path / "copies"
    copies.mkdir()
    expected = tables(before)
    assert len(expected) > 30
    subprocess.run(
        [str(site.folder / "deploy" / "backup"), str(copies)],
        env=own_environment(DATABASE_URL=before.url), check=True, cwd="/",
    )  # fmt: skip
    (copy,) = copies.iterdir()
    assert not [path for path in (copy, *copy.iterdir()) if path.stat().st_mode & 0o077]

    before.execute("UPDATE contacts_desk SET telephone = '03-0000-0000'")
    (media / "a.pdf").unlink()
    for command in restore_commands():
        subprocess.run(
            ["sh", "-c", command], check=True, cwd=site.folder,
            env=own_environment(DATABASE_URL=before.url, copy=str(copy)),
        )  # fmt: skip
    assert tables(before) == expected
    assert (media / "a.pdf").read_bytes() == b"%PDF"


def restore_commands() -> list[str]:
    """Return the commands of deploy/README.md, without those that stop and start services."""
    readme = Path(DEPLOY / "README.md").read_text()
    commands = re.findall(r"^    ((?:pg_restore|tar) .*)$", readme, re.MULTILINE)
    assert len(commands) == 2
    return commands


def test_the_site_notices_within_seconds_that_the_database_is_gone(database):
    """As libpq has taken it: a machine that is gone does not say so."""
    script = (
        "from django.db import connection; connection.ensure_connection();"
        "print(connection.connection.info.get_parameters())"
    )
    told = subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity=0", "-c", script],
        cwd=DEPLOY.parent, capture_output=True, text=True, check=True,
        env=own_environment(
            DATABASE_URL=database.url, SECRET_KEY="x", SITE_URL="https://cyber.example.jp"
        ),
    ).stdout  # fmt: skip
    parameters = ast.literal_eval(told)
    waits = ("connect_timeout", "keepalives_idle", "tcp_user_timeout")
    assert {name: parameters[name] for name in waits} == {
        "connect_timeout": "2",
        "keepalives_idle": "5",
        "tcp_user_timeout": "5000",
    }
