"""Tests of how long a session lasts and what ends it early."""

import re
from datetime import timedelta

import pytest
from django.conf import settings as installed
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.roles import VIEWERS
from tests.accounts.conftest import Browser, token
from tests.moments import IN_THE_TERM, tokyo

MORNING = "2026-11-23T09:00"


@pytest.fixture(params=["", IN_THE_TERM], ids=["clock runs", "clock pinned"])
def signed_in(request, computer, hanako, settings, set_clock) -> Browser:
    """Since nine in the morning of the computer's clock, whatever the site's clock shows."""
    settings.SITE_CLOCK = tokyo(request.param) if request.param else None
    set_clock(MORNING)
    computer.sign_in_with_app(hanako)
    return computer


def after(minutes: int) -> str:
    return (tokyo(MORNING) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize(("idle", "inside"), [(29, True), (31, False)])
def test_a_session_ends_after_30_idle_minutes(signed_in, set_clock, idle, inside):
    for minutes in (20, 40, 40 + idle):  # it is only since the last request that counts
        set_clock(after(minutes))
        last = signed_in.is_inside()
    assert last == inside


def test_a_session_ends_after_8_hours_of_work(signed_in, set_clock):
    for minutes in range(20, 480, 20):
        set_clock(after(minutes))
        assert signed_in.is_inside(), minutes
    set_clock(after(480))
    response = signed_in.get("/admin/products/notice/")
    assert response.headers["Location"] == "/admin/login/?next=/admin/products/notice/"
    assert "8時間がたちました" in signed_in.see("/admin/login/").text
    assert not Session.objects.exists()


def test_a_session_that_is_over_cannot_be_prolonged_with_a_password(signed_in, hanako, set_clock):
    for minutes in range(20, 500, 20):
        set_clock(after(minutes))
        signed_in.get("/admin/jsi18n/") if minutes < 480 else None
    signed_in.sign_in(hanako)
    assert not signed_in.is_inside()


def test_the_cookie_lives_as_long_as_the_session(signed_in):
    cookie = signed_in.get("/admin/").cookies["sessionid"]
    assert cookie["max-age"] == installed.SESSION_COOKIE_AGE == 1800
    assert cookie["secure"]
    assert cookie["httponly"]


def test_sessions_that_have_ended_are_not_kept(signed_in, person, set_clock):
    set_clock(after(60))
    Browser().sign_in(person("taro"))
    assert Session.objects.count() == 1


def test_whoever_is_disabled_is_out_at_the_next_request(signed_in, hanako):
    hanako.is_active = False
    hanako.save()
    assert not signed_in.is_inside()


def test_a_role_that_is_taken_or_changed_counts_at_the_next_request(signed_in, hanako):
    notice = "/admin/products/notice/add/"
    assert signed_in.get(notice).status_code == 200
    hanako.groups.set([Group.objects.get(name=VIEWERS)])
    assert signed_in.get(notice).status_code == 403
    hanako.groups.clear()
    assert signed_in.get("/admin/products/notice/").status_code == 403


def test_a_changed_password_ends_the_other_sessions(signed_in, hanako):
    hanako.set_password("another phrase nobody else would use")
    hanako.save()
    assert not signed_in.is_inside()


def test_all_sessions_of_a_user_end_at_once_and_no_other(signed_in, hanako, person, settings):
    settings.SECOND_FACTOR = False
    second, taro_s = Browser(), Browser()
    second.sign_in(hanako)
    taro_s.sign_in(person("taro"))
    assert second.is_inside()
    page = signed_in.see("/admin/account/", {"end_sessions": "1"})
    assert "すべての端末からログアウトしました" in page.text
    assert not signed_in.is_inside()
    assert not second.is_inside()
    assert taro_s.is_inside()


def test_another_site_cannot_end_the_sessions(signed_in, hanako):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in.cookies
    answer = strict.post("/admin/account/", {"end_sessions": "1"}, secure=True)
    assert answer.status_code == 403
    form = strict.get("/admin/account/", secure=True).content.decode()
    data = {
        "end_sessions": "1",
        "csrfmiddlewaretoken": re.search('csrfmiddlewaretoken" value="(.*?)"', form)[1],
    }
    referer = {"HTTP_REFERER": "https://testserver/admin/account/"}
    assert strict.post("/admin/account/", data, secure=True, **referer).status_code == 302
    assert not Session.objects.exists()


def test_the_second_factor_can_be_given_for_as_long_as_the_session_lasts(
    signed_in, hanako, set_clock
):
    key = hanako.totpdevice_set.get().bin_key
    late = Browser()
    late.sign_in(hanako)
    set_clock(after(29))
    late.see("/admin/second-factor/", {"token": token(key)})
    assert late.is_inside()
