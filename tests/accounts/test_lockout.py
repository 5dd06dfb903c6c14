"""Tests of the lock-out: a user name that fails too often from one IP has to wait, no other."""

import logging

import pytest
from django.test import RequestFactory

from accounts.client_ip import client_ip_of
from tests.accounts.conftest import PASSWORD, Browser
from tests.moments import IN_THE_TERM, tokyo

LOGIN = "/admin/login/"
MISTYPED = "a secret typed wrong"
AT = "2026-11-23T14:53:40"


def fail(computer: Browser, name: str, times: int = 5, **headers: str) -> list[int]:
    data = {"username": name, "password": MISTYPED}
    return [computer.post(LOGIN, data, **headers).status_code for _ in range(times)]


@pytest.mark.parametrize("clock", ["", IN_THE_TERM])
@pytest.mark.parametrize("name", ["hanako", "nobody"])
def test_the_fifth_failure_locks_out_and_the_page_says_until_when(
    computer, hanako, settings, set_clock, name, clock
):
    settings.SITE_CLOCK = tokyo(clock) if clock else None
    set_clock(AT)
    assert fail(computer, name) == [200] * 4 + [429]
    page = computer.see(LOGIN, {"username": name, "password": MISTYPED}, 429)
    assert "午後3時24分まで" in page.text
    assert page.response.headers["Retry-After"] == "1800"
    assert "script-src 'self'" in page.response.headers["Content-Security-Policy"]
    assert page.all(".secret, #nav-sidebar") == []


def test_what_is_said_does_not_tell_whether_a_user_exists(computer, hanako, set_clock):
    set_clock(AT)
    pages = {}
    for name in ("hanako", "nobody"):
        data = {"username": name, "password": MISTYPED}
        pages[name] = [computer.see(LOGIN, data, 200 if n < 4 else 429).text for n in range(5)]
    assert pages["hanako"] == pages["nobody"]


def test_the_right_password_does_not_help_until_the_time_is_over(computer, hanako, set_clock):
    set_clock(AT)
    fail(computer, "hanako")
    for time in ("15:10", "15:23:39", "15:23:40"):
        set_clock(f"2026-11-23T{time}")
        # Trying again meanwhile does not put it off.
        assert "午後3時24分まで" in computer.sign_in(hanako, status=429).text
    set_clock("2026-11-23T15:24")
    assert computer.sign_in(hanako).all(".secret")


def test_another_user_and_another_ip_are_not_locked_out(computer, hanako, person):
    taro = person("taro")
    fail(computer, "hanako")
    assert computer.sign_in(taro).all(".secret")
    elsewhere = Browser(REMOTE_ADDR="192.0.2.7")
    assert elsewhere.sign_in(hanako).all(".secret")


def test_another_browser_with_the_same_ip_is_locked_out(computer, hanako):
    statuses = [fail(computer, "hanako", 1, HTTP_USER_AGENT=f"Browser/{n}")[0] for n in range(6)]
    assert statuses == [200] * 4 + [429] * 2


def test_a_success_forgives_the_failures_before(computer, hanako):
    for _ in range(3):
        assert fail(computer, "hanako", 3) == [200] * 3
        assert computer.sign_in(hanako).all(".secret")


def test_the_log_has_neither_password_nor_name_nor_ip(computer, hanako, caplog):
    with caplog.at_level(logging.DEBUG):
        fail(computer, "hanako")
        fail(computer, PASSWORD)  # typed into the wrong field
        computer.sign_in(hanako, status=429)
    assert "Locking out somebody" in caplog.text
    for secret in (MISTYPED, PASSWORD, "127.0.0.1"):
        assert secret not in "\n".join(
            line for line in caplog.text.splitlines() if "django.db" not in line
        )


def test_a_forged_header_does_not_evade_the_lock_out(computer, hanako):
    statuses = [
        fail(computer, "hanako", 1, HTTP_X_FORWARDED_FOR=f"192.0.2.{n}")[0] for n in range(6)
    ]
    assert statuses == [200] * 4 + [429] * 2


@pytest.mark.parametrize(
    ("proxies", "forwarded", "direct", "ip"),
    [
        (0, None, "203.0.113.5", "203.0.113.5"),
        (0, "192.0.2.1", "203.0.113.5", "203.0.113.5"),
        (1, "192.0.2.1", "127.0.0.1", "192.0.2.1"),
        (1, "6.6.6.6, 192.0.2.1", "127.0.0.1", "192.0.2.1"),
        (2, "6.6.6.6, 192.0.2.1, 10.0.0.1", "127.0.0.1", "192.0.2.1"),
        (2, "192.0.2.1", "127.0.0.1", "127.0.0.1"),
        (1, None, "127.0.0.1", "127.0.0.1"),
        (1, "unknown", "127.0.0.1", "127.0.0.1"),
        (1, "192.0.2.1", "", "192.0.2.1"),
        (0, None, "", None),
        (1, "2001:db8:1:2:3:4:5:6", "127.0.0.1", "2001:db8:1:2::"),
        (1, "2001:db8:1:2:ffff::1", "127.0.0.1", "2001:db8:1:2::"),
        (1, "::ffff:192.0.2.1", "127.0.0.1", "192.0.2.1"),
    ],
)
def test_a_forwarded_ip_is_believed_as_far_as_proxies_are_configured(
    settings, proxies, forwarded, direct, ip
):
    settings.TRUSTED_PROXIES = proxies
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    request = RequestFactory().get("/admin/", REMOTE_ADDR=direct, **headers)
    assert client_ip_of(request) == ip
