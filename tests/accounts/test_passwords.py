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
        ("passwordpassword", "推測されやすい"),
        ("Ｐａｓｓｗｏｒｄ２０２６", "推測されやすい"),
        ("P@ssw0rdP@ssw0rd", "推測されやすい"),
        ("iloveyouiloveyou", "推測されやすい"),
        ("Password-2026-11", "推測されやすい"),
        ("qwertyuiopasdfgh", "推測されやすい"),
        ("aB1!" * 18, "推測されやすい"),
        ("x" * 100_000, "推測されやすい"),
        ("yamadahanako1234", "推測されやすい"),
        ("Yamada_Hanako_1980-04-01", "推測されやすい"),
        ("山田花子のパスワード2026年4月", "推測されやすい"),
        ("jnxcyber-hoken-2026", "推測されやすい"),
        ("fifteen chars, ok", None),
        ("hanako likes cold noodles", None),
        ("正しい馬の電池とホチキスの合い言葉", None),
    ],
)
def test_a_password_has_to_be_long_and_not_easily_guessed(hanako, password, message):
    hanako.email = "hanako.yamada@example.jp"
    hanako.last_name, hanako.first_name = "山田", "花子"
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
    says = computer.see(url).text
    assert "15文字以上にしてください" in says
    assert "並んだキー、年や日付だけのパスワードは使えません" in says
    data = {"old_password": PASSWORD, "new_password1": "short", "new_password2": "short"}
    assert "パスワードは15文字以上にしてください。" in computer.see(url, data).text
