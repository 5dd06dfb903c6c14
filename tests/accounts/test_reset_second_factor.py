"""The command that lets in a sole administrator who has lost the telephone and the codes."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from editing.models import RecordedChange
from tests.accounts.conftest import Browser, set_up


def run(name: str) -> str:
    output = StringIO()
    call_command("reset_second_factor", name, stdout=output)
    return output.getvalue()


def test_the_second_factor_is_set_up_anew_and_the_lock_out_lifted(person):
    chief = person("chief", is_superuser=True)
    elsewhere, computer = Browser(REMOTE_ADDR="192.0.2.7"), Browser()
    elsewhere.sign_in_with_app(chief)
    for _ in range(5):
        computer.post("/admin/login/", {"username": "chief", "password": "typed wrong"})
    computer.sign_in(chief, status=429)
    assert "chief sets up a new second factor at the next sign-in." in run("chief")
    assert not elsewhere.is_inside()
    set_up(computer, computer.sign_in(chief))
    assert computer.is_inside()
    entry = RecordedChange.objects.last()
    assert (entry.by, entry.name) == ("", "chief")
    assert entry.says == "コマンドで2段階認証とログインの停止を解除しました。"


def test_a_name_that_is_no_user_is_said(db):
    with pytest.raises(CommandError, match="There is no user nobody"):
        run("nobody")
