"""The rule that refuses a long password which is guessed all the same: names, common words, rows of keys."""

import re
from unicodedata import normalize

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from zxcvbn import zxcvbn

FEWEST_GUESSES = 10**12
LONGEST_READ = 72  # characters that zxcvbn reads; its time grows with the square of the length
_OF_THE_SITE = (
    "jnx",
    "cyber",
    "hoken",
    "sompo",
    "サイバー",
    "保険",
    "団体",
    "事務局",
    "パスワード",
)


class GuessablePasswordValidator:
    """Refuse what zxcvbn guesses too soon after the words of the person and of the site are taken out.

    Taken out, not only known to zxcvbn: it knows no Japanese name, and rates two of them as a good password.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        rest = _plain(password)
        for word in sorted({*_OF_THE_SITE, *_words_of(user)}, key=len, reverse=True):
            rest = rest.replace(word, "")
        rest = rest[:LONGEST_READ]
        if not rest or zxcvbn(rest)["guesses"] < FEWEST_GUESSES:
            raise ValidationError(
                "推測されやすいパスワードです。名前やユーザー名、このサイトの言葉、よくある言葉、"
                "並んだキー、同じ文字の繰り返し、年や日付のほかに、関係のない言葉をいくつか足してください。",
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        return "名前、よくある言葉、並んだキー、年や日付だけのパスワードは使えません。"


def _words_of(user: User | None) -> list[str]:
    """Return the words that somebody who knows the person tries first."""
    if user is None:
        return []
    known = f"{user.username} {user.last_name} {user.first_name} {user.email}"
    return re.findall(r"[^\W\d_]{2,}", _plain(known))


def _plain(text: str) -> str:
    return normalize("NFKC", text).casefold()
