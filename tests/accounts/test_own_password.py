"""Tests of changing the own password: the old one is asked for, a first one has to go, guessing is limited."""

from io import StringIO

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.core.management import call_command

from accounts.roles import EDITORS, USER_ADMINISTRATORS
from tests.accounts.conftest import PASSWORD, Browser, set_up
from tests.accounts.test_users import USERS, role

OWN = "/admin/password_change/"
NEW = "an other phrase nobody would use"
NEWEST = "the third phrase of them all"


def change(computer: Browser, old: str, new: str, status: int = 200):
    data = {"old_password": old, "new_password1": new, "new_password2": new}
    return computer.see(OWN, data, status)


@pytest.fixture
def _no_second_factor(settings) -> None:
    settings.SECOND_FACTOR = False


@pytest.mark.usefixtures("_no_second_factor")
def test_wrong_old_passwords_are_limited_as_failed_sign_ins_are(computer, hanako):
    computer.give_password(hanako)
    for _ in range(4):
        assert "元のパスワードが間違っています" in change(computer, "typed wrong", NEW).text
    page = change(computer, "typed wrong", NEW, 429)
    assert "パスワードの変更もできません" in page.text
    change(computer, PASSWORD, NEW, 429)
    hanako.refresh_from_db()
    assert hanako.check_password(PASSWORD)
    assert "失敗(パスワード)" in computer.see("/admin/account/").text
    elsewhere = Browser(REMOTE_ADDR="192.0.2.7")
    elsewhere.give_password(hanako)
    change(elsewhere, PASSWORD, NEW)
    hanako.refresh_from_db()
    assert hanako.check_password(NEW)


@pytest.mark.usefixtures("_no_second_factor")
def test_no_password_is_stored_with_a_wrong_old_one(computer, hanako):
    computer.give_password(hanako)
    change(computer, "almost the old one", NEW)
    attempt = AccessAttempt.objects.get()
    for secret in ("almost the old one", "almost", NEW, "phrase"):
        assert secret not in attempt.post_data


@pytest.mark.usefixtures("_no_second_factor")
def test_the_new_password_is_another_one(computer, hanako):
    computer.give_password(hanako)
    page = change(computer, PASSWORD, PASSWORD)
    assert "いまのパスワードとは違うものを入力してください。" in page.text


def add_taro(office: Browser, taro: str) -> None:
    data = {"username": taro, "password1": NEW, "password2": NEW, "groups": [role(EDITORS)]}
    office.see(f"{USERS}add/", data)


def reset_taro(office: Browser, taro: str) -> None:
    user = User.objects.create_user(taro, password=PASSWORD, is_staff=True)
    user.groups.set([role(EDITORS)])
    data = {"password1": NEW, "password2": NEW, "set-password": "1", "usable_password": "true"}
    office.see(f"{USERS}{user.pk}/password/", data)


def reset_by_command(office: Browser, taro: str, monkeypatch: pytest.MonkeyPatch) -> None:
    user = User.objects.create_user(taro, password=PASSWORD, is_staff=True)
    user.groups.set([role(EDITORS)])
    monkeypatch.setattr("getpass.getpass", lambda prompt: NEW)
    call_command("changepassword", taro, stdout=StringIO())


@pytest.mark.parametrize("way", ["added", "reset", "by command"])
def test_a_password_set_by_somebody_else_is_changed_before_anything_else(person, monkeypatch, way):
    office = Browser()
    office.sign_in_with_app(person("kanri", USER_ADMINISTRATORS))
    if way == "by command":
        reset_by_command(office, "taro", monkeypatch)
    else:
        (add_taro if way == "added" else reset_taro)(office, "taro")
    taro = User.objects.get(username="taro")
    his = Browser()
    _, codes = set_up(his, his.sign_in(taro, NEW))
    for path in ("/admin/", "/admin/account/", "/admin/products/notice/add/", "/admin/login/"):
        for answer in (his.get(path), his.post(path) if "login" not in path else his.get(path)):
            assert answer.status_code == 302
            assert answer.headers["Location"] == OWN
            assert "no-store" in answer.headers["Cache-Control"]
    page = his.see(OWN)
    assert "no-store" in page.response.headers["Cache-Control"]
    assert "いまのパスワードは、ほかの人が決めたものです。" in page.text
    assert page.all("#nav-sidebar") == []
    his.post("/admin/logout/")
    assert his.get("/admin/").headers["Location"].startswith("/admin/login/")

    his.sign_in(taro, NEW)
    his.see("/admin/second-factor/", {"token": codes[0]})
    change(his, NEW, NEW)
    assert not his.is_inside()
    change(his, NEW, NEWEST)
    assert his.is_inside()
    assert "いまのパスワードは、ほかの人が" not in his.see(OWN).text
    again = Browser()
    again.sign_in(taro, NEWEST)
    again.see("/admin/second-factor/", {"token": codes[1]})
    assert again.is_inside()


@pytest.mark.usefixtures("_no_second_factor")
def test_a_password_of_ones_own_is_asked_for_no_change(computer, hanako):
    computer.give_password(hanako)
    assert computer.is_inside()
    change(computer, PASSWORD, NEW)
    assert computer.is_inside()
