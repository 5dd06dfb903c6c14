"""The command that lets the first person in."""

import re
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command

from core.served_url import note_served_url, served_url
from tests.accounts.conftest import PASSWORD, set_up


def run(*arguments: str) -> str:
    output = StringIO()
    call_command("first_administrator", *arguments, stdout=output)
    return output.getvalue()


def test_what_the_command_prints_lets_in(computer):
    output = run()
    name, password = re.findall(r"(?:User name|Password): +(\S+)", output)
    user = User.objects.get(username=name)
    validate_password(password, user)
    set_up(computer, computer.sign_in(user, password))
    add = "/admin/auth/user/add/"
    assert computer.get(add).headers["Location"] == "/admin/password_change/"
    new = {"old_password": password, "new_password1": PASSWORD, "new_password2": PASSWORD}
    computer.see("/admin/password_change/", new)
    assert computer.get(add).status_code == 200
    assert "https://cyber.jnx.test/admin/" in output
    for step in (
        "Set up the second factor",
        "Change the password: the admin asks for it",
        "Add your colleagues",
    ):
        assert step in output
    assert password not in run_again()


def run_again() -> str:
    with pytest.raises(CommandError) as refusal:
        run("--username", "another")
    return str(refusal.value)


def test_there_is_one_first_administrator(db):
    run("--username", "chief")
    assert "There is an administrator already: chief." in run_again()
    assert User.objects.count() == 1


def test_the_name_of_another_user_is_not_taken_over(hanako):
    with pytest.raises(CommandError, match="There is a user hanako already"):
        run("--username", "hanako")
    hanako.refresh_from_db()
    assert not hanako.is_superuser


def test_the_command_prints_the_port_at_which_the_site_was_started_last(db, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.SITE_URL = "http://127.0.0.1:8001"
    note_served_url()
    settings.SITE_URL = "http://127.0.0.1:8000"
    assert "Sign in at http://127.0.0.1:8001/admin/" in run()
    settings.SITE_URL = "https://cyber.example.jp"
    assert served_url() == "https://cyber.example.jp"


def test_the_second_factor_is_mentioned_where_it_is_asked_for(db, settings):
    settings.SECOND_FACTOR = False
    assert "second factor" not in run()
