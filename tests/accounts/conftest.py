"""People of the secretariat, who sign in as they really do: with a password and a second factor."""

from base64 import b32decode
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.roles import EDITORS
from accounts.second_factor import new_recovery_codes
from tests.html import Page

PASSWORD = "a phrase nobody else would use"  # noqa: S105


class Browser(Client):
    def generic(self, *arguments: Any, **options: Any) -> Any:
        return super().generic(*arguments, **options | {"secure": True})

    def see(self, path: str, data: dict | None = None, status: int = 200) -> Page:
        """The page that is at last shown; with data, after posting it."""
        response = (
            self.get(path, follow=True) if data is None else self.post(path, data, follow=True)
        )
        assert response.status_code == status, response.status_code
        return Page(response)

    def sign_in(self, user: User, password: str = PASSWORD, status: int = 200) -> Page:
        return self.see(
            "/admin/login/?next=/admin/account/",
            {"username": user.username, "password": password},
            status,
        )

    def give_password(self, user: User) -> None:
        """Do the first step of signing in, without looking at the page of the second."""
        self.post("/admin/login/", {"username": user.username, "password": PASSWORD})

    def sign_in_with_app(self, user: User) -> bytes:
        """Sign in a user who has set up an app and recovery codes before; return the key of the app.

        Looks at no page on the way, which takes a tenth of the time of setting up.
        """
        device = TOTPDevice.objects.create(user=user, name="認証アプリ")
        new_recovery_codes(user)
        self.give_password(user)
        self.post("/admin/second-factor/", {"token": token(device.bin_key)})
        return device.bin_key

    def is_inside(self) -> bool:
        """Return whether the admin answers, instead of redirecting to the sign-in page."""
        return self.get("/admin/jsi18n/").status_code == 200  # the view that takes least time


def key_on(page: Page) -> bytes:
    return b32decode(page.one(".secret").text.replace(" ", ""))


def token(key: bytes, later: int = 0) -> str:
    """Return the code of an authenticator app, now or a number of half minutes later."""
    return f"{totp(key, drift=later):06}"


def set_up(computer: Browser, page: Page) -> tuple[bytes, list[str]]:
    """Do as the page of the set-up says; the key and the recovery codes."""
    key = key_on(page)
    codes = computer.see("/admin/second-factor/", {"token": token(key)})
    return key, [code.text for code in codes.all(".recovery-codes code")]


@pytest.fixture(autouse=True)
def _second_factor_on(settings) -> None:
    settings.SECOND_FACTOR = True


@pytest.fixture
def computer(db) -> Browser:
    return Browser()


@pytest.fixture
def person(db) -> Callable[..., User]:
    def person(name: str = "hanako", *roles: str, **fields: Any) -> User:
        user = User.objects.create_user(name, password=PASSWORD, is_staff=True, **fields)
        user.groups.set(Group.objects.filter(name__in=roles))
        return user

    return person


@pytest.fixture
def hanako(person) -> User:
    return person("hanako", EDITORS)
