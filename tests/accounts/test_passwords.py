"""Tests of the rules for passwords and of their hashes."""

from contextlib import nullcontext

import pytest
from django.contrib.auth.hashers import get_hashers_by_algorithm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from jnxcyber import settings as shipped
from tests.accounts.conftest import PASSWORD, set_up


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("fourteen chars", "パスワードは15文字以上にしてください。"),
        ("123456789012345678", "このパスワードは数字しか使われていません。"),
        ("1q2w3e4r5t6y7u8i9o0p", "このパスワードは一般的すぎます。"),
        ("hanako.yamada@example.jp", "パスワードがメールアドレスと似すぎています。"),
        ("fifteen chars, ok", None),
        ("正しい馬の電池とホチキスの合い言葉", None),
    ],
)
def test_a_password_has_to_be_long_and_not_common(hanako, password, message):
    hanako.email = "hanako.yamada@example.jp"
    with nullcontext() if message is None else pytest.raises(ValidationError, match=message):
        validate_password(password, hanako)


def test_a_new_password_is_kept_with_argon2(hanako, settings):
    settings.PASSWORD_HASHERS = shipped.PASSWORD_HASHERS
    get_hashers_by_algorithm.cache_clear()
    hanako.set_password(PASSWORD)
    assert hanako.password.startswith("argon2$argon2id$")
    assert hanako.check_password(PASSWORD)


def test_the_rules_are_said_before_and_kept_on_the_own_page(computer, hanako):
    set_up(computer, computer.sign_in(hanako))
    url = reverse("admin:password_change")
    assert "15文字以上にしてください" in computer.see(url).text
    data = {"old_password": PASSWORD, "new_password1": "short", "new_password2": "short"}
    assert "パスワードは15文字以上にしてください。" in computer.see(url, data).text
