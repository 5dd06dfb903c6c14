"""Settings by their effect."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
def test_sqlite_takes_its_lock_at_once_and_writes_through():
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA synchronous").fetchone() == (2,)
    assert connection.transaction_mode == "IMMEDIATE"


def test_the_cookies_of_the_admin_are_for_https_and_for_no_script(client, admin_user):
    data = {"username": admin_user.username, "password": "password"}
    response = client.post("/admin/login/?next=/admin/", data, secure=True)
    assert response.status_code == 302
    for name in ("csrftoken", "sessionid"):
        assert response.cookies[name]["secure"]
        assert response.cookies[name]["httponly"]


def test_a_visitor_of_http_is_sent_to_https(client):
    response = client.get("/insurance/")
    assert response.status_code == 301
    assert response.headers["Location"] == "https://testserver/insurance/"


def test_pages_can_be_made_whatever_other_hosts_are_listed():
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "a key",
        "SITE_URL": "https://cyber.example.jp",
        "ALLOWED_HOSTS": "www.example.jp",
        "DATABASE_URL": "sqlite://:memory:",
    }
    script = "from django.conf import settings; print(settings.ALLOWED_HOSTS)"
    told = subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity=0", "-c", script],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert ast.literal_eval(told) == ["cyber.example.jp", "www.example.jp"]


def test_the_settings_import_no_code_that_imports_settings():
    """Else a part of the settings could be read before it is set."""
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "a key",
        "SITE_URL": "https://a.example",
    }
    script = (
        "import sys; import jnxcyber.settings as it;"
        "print([module.__file__ for name, module in sys.modules.items()"
        " if name.partition('.')[0] in it.OWN_APPS and module.__file__])"
    )
    told = subprocess.run(
        [sys.executable, "-c", script],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    imported = [Path(name) for name in ast.literal_eval(told)]
    assert {path.stem for path in imported} > {"settings", "logs", "clock"}
    assert not [path for path in imported if "django.conf" in path.read_text()]
