"""The SQL of the migrations, which no move or renaming of code may change: installations have run it."""

import re
import subprocess
import sys

import django
import pytest
from django.conf import settings
from django.db import connection

# In a process of its own: SQLite's schema editor does not work within the transaction of a test.
PRINT_SQL = """
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

labels = {apps.get_app_config(app).label for app in settings.OWN_APPS}
for label, name in sorted(MigrationLoader(connection).disk_migrations):
    if label in labels:
        print(f"-- {label}.{name}", flush=True)
        call_command("sqlmigrate", label, name, no_color=True)
        print()
"""


def sections(text: str) -> dict[str, list[str]]:
    """The words of each migration's SQL by its name. (Newer migrations than the stored ones may follow.)"""
    parts = re.split(r"^-- (\w+\.\d{4}_\w+)$", text, flags=re.MULTILINE)[1:]
    return {name: sql.split() for name, sql in zip(parts[::2], parts[1::2], strict=True)}


@pytest.mark.skipif(django.VERSION[:2] != (5, 2), reason="The SQL was stored with Django 5.2.")
def test_the_sql_of_the_migrations_is_as_it_was_run():
    path = settings.BASE_DIR / "tests" / "data" / f"migrations.{connection.vendor}.sql"
    command = [sys.executable, "manage.py", "shell", "--verbosity=0", "-c", PRINT_SQL]
    printed = subprocess.run(
        command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    stored, now = sections(path.read_text(encoding="utf-8")), sections(printed.stdout)
    assert len(stored) >= 6
    assert {name: now.get(name) for name in stored} == stored


def test_migrations_name_no_field_of_ours():
    for app in settings.OWN_APPS:
        for path in (settings.BASE_DIR / app / "migrations").glob("0*.py"):
            assert "core.fields." not in path.read_text().replace("core.fields.validate_year", "")
