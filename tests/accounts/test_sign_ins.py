"""Sign-ins are kept for 90 days: when, which account, from which network, with what outcome."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import models
from accounts.models import Outcome, SignIn, network_of
from accounts.roles import EDITORS, USER_ADMINISTRATORS, VIEWERS
from core.clock import real_now
from tests.accounts.conftest import PASSWORD, Browser, set_up, token
from tests.html import Page
from tests.moments import tokyo

LOGIN = "/admin/login/"
AT = "2026-11-23T14:53"


def outcomes() -> list[tuple[str, str]]:
    return [(each.account, each.outcome) for each in reversed(SignIn.objects.all())]


def fail(computer: Browser, name: str, times: int = 1, **headers: str) -> None:
    for _ in range(times):
        computer.post(LOGIN, {"username": name, "password": "a wrong phrase"}, **headers)


def test_a_sign_in_is_kept_step_by_step(computer, hanako):
    key = computer.sign_in_with_app(hanako)
    assert outcomes() == [("hanako", Outcome.HALF), ("hanako", Outcome.SUCCEEDED)]
    other = Browser()
    other.give_password(hanako)
    other.post("/admin/second-factor/", {"token": "000000"})
    other.get("/admin/second-factor/")
    assert outcomes()[2:] == [("hanako", Outcome.HALF), ("hanako", Outcome.WRONG_TOKEN)]
    assert token(key)


def test_setting_up_the_second_factor_completes_a_sign_in(computer, hanako):
    set_up(computer, computer.sign_in(hanako))
    assert outcomes() == [("hanako", Outcome.HALF), ("hanako", Outcome.SUCCEEDED)]


def test_without_a_second_factor_the_password_is_enough(computer, hanako, settings):
    settings.SECOND_FACTOR = False
    computer.give_password(hanako)
    assert outcomes() == [("hanako", Outcome.SUCCEEDED)]


@pytest.mark.parametrize(
    ("name", "kept"),
    [("hanako", "hanako"), (PASSWORD, ""), ("hanak", ""), ("Hanako", ""), ("名" * 150, "")],
)
def test_of_a_failed_one_only_the_name_of_an_account_is_kept(computer, hanako, name, kept):
    fail(computer, name)
    assert outcomes() == [(kept, Outcome.WRONG_PASSWORD)]


def test_a_locked_out_attempt_is_kept_too(computer, hanako):
    fail(computer, "hanako", 5)
    computer.sign_in(hanako, status=429)
    assert outcomes() == [("hanako", Outcome.WRONG_PASSWORD)] * 6


@pytest.mark.parametrize(
    ("ip", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2::", "2001:db8:1::/48"),
        ("2001:db8:ffff:ffff::", "2001:db8:ffff::/48"),
        (None, ""),
    ],
)
def test_the_network_names_no_household(ip, network):
    assert network_of(ip) == network


def test_the_network_is_that_of_the_visitor_and_not_of_the_proxy(computer, hanako, settings):
    settings.TRUSTED_PROXIES = 1
    fail(computer, "hanako", HTTP_X_FORWARDED_FOR="6.6.6.6, 198.51.100.9")
    assert SignIn.objects.get().network == "198.51.100.0/24"


def test_after_90_days_an_attempt_is_neither_shown_nor_kept(
    computer, hanako, admin_user, set_clock
):
    set_clock(AT)
    fail(computer, "hanako")
    begin = tokyo(AT)
    for days, shown in ((89, 1), (90, 0)):
        set_clock(f"{begin + timedelta(days=days):%Y-%m-%dT%H:%M}")
        assert SignIn.objects.visible_to(admin_user).count() == shown
    assert SignIn.objects.count() == 1
    fail(computer, "nobody")
    assert outcomes() == [("", Outcome.WRONG_PASSWORD)]


def test_attempts_by_the_thousand_do_not_fill_the_table(computer, hanako, monkeypatch):
    monkeypatch.setattr(models, "MOST_KEPT", 3)
    fail(computer, "nobody", 5)
    assert SignIn.objects.count() == 3


@pytest.fixture
def signed_in(person, settings):
    """Sign in somebody with the roles."""
    settings.SECOND_FACTOR = False

    def signed_in(*roles: str, **fields) -> Browser:
        computer = Browser()
        computer.sign_in(person("jiro", *roles, **fields))
        return computer

    return signed_in


@pytest.mark.parametrize(
    ("roles", "fields", "names"),
    [
        ([USER_ADMINISTRATORS], {}, {"hanako", "jiro", "(登録のない名前)"}),
        ([], {"is_superuser": True}, {"hanako", "jiro", "chief", "(登録のない名前)"}),
        ([EDITORS], {}, None),
        ([VIEWERS], {}, None),
    ],
)
def test_administrators_see_them_and_superusers_only_those_of_superusers(
    hanako, person, signed_in, roles, fields, names
):
    person("chief", is_superuser=True)
    for name in ("hanako", "chief", "nobody"):
        fail(Browser(), name)
    computer = signed_in(*roles, **fields)
    assert computer.get("/admin/sign-ins/").status_code == (200 if names else 403)
    assert bool(computer.see("/admin/").all("a[href='/admin/sign-ins/']")) is bool(names)
    if names:
        page = computer.see("/admin/sign-ins/")
        assert set(page.texts("tbody td:nth-child(2)")) == names


def test_they_are_paged_and_take_as_many_queries(hanako, signed_in):
    computer = signed_in(USER_ADMINISTRATORS)
    with CaptureQueriesContext(connection) as few:
        computer.get("/admin/sign-ins/")
    for _ in range(120):
        SignIn.note(None, "hanako", Outcome.SUCCEEDED)
    with CaptureQueriesContext(connection) as many:
        page = computer.see("/admin/sign-ins/")
    assert len(many) == len(few)
    assert len(page.all("tbody tr")) == 100
    assert len(computer.see("/admin/sign-ins/?p=2").all("tbody tr")) == 21


def test_they_outlive_the_account_as_words(hanako):
    SignIn.note(None, "hanako", Outcome.SUCCEEDED)
    User.objects.all().delete()
    assert outcomes() == [("hanako", Outcome.SUCCEEDED)]


def test_everybody_sees_the_last_sign_ins_of_the_own_account_only(computer, person, set_clock):
    hanako, taro = person("hanako", EDITORS), person("taro", EDITORS)
    set_clock(AT)
    fail(Browser(REMOTE_ADDR="198.51.100.7"), "hanako")
    fail(Browser(REMOTE_ADDR="192.0.2.7"), "taro")
    computer.sign_in_with_app(hanako)
    too_long_ago = tokyo("2026-08-01T10:00")
    SignIn.objects.create(at=too_long_ago, account="hanako", outcome=Outcome.SUCCEEDED)
    rows = computer.see("/admin/account/").texts(".sign-ins tbody tr")
    assert [row.removeprefix("2026年11月23日14:53") for row in rows] == [
        "hanako成功127.0.0.0/24",
        "hanakoパスワードまで(2段階認証の前)127.0.0.0/24",
        "hanako失敗(パスワード)198.51.100.0/24",
    ]
    assert taro.username not in "".join(rows)


def test_the_account_shows_a_bounded_number_of_sign_ins(computer, hanako):
    SignIn.objects.bulk_create(
        SignIn(at=real_now(), account="hanako", outcome=Outcome.WRONG_PASSWORD) for _ in range(50)
    )
    computer.sign_in_with_app(hanako)
    assert len(computer.see("/admin/account/").all(".sign-ins tbody tr")) == 20


@pytest.mark.parametrize("following", ["account", "no-page", "\0", "//elsewhere.example/", "x:y"])
def test_where_one_goes_after_signing_in_is_a_path(computer, hanako, settings, following):
    settings.SECOND_FACTOR = False
    computer.give_password(hanako)
    response = computer.post("/admin/second-factor/", {"next": following})
    assert response.headers["Location"] == "/admin/"


def test_the_sign_in_page_says_whom_to_ask(client):
    page = Page(client.get(LOGIN, secure=True))
    assert "「システム管理」の担当者に連絡してください" in page.text
    assert "サイトの保守担当者に連絡してください" in page.text
