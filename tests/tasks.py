"""The tasks of the guide as an editor does them: follow, fill in and press, by the words shown.

The walk through the guide (test client), the browser tests and the picture maker share these steps.
"""

from base64 import b32decode
from collections.abc import Mapping
from typing import NamedTuple, Protocol, Self

from django_otp.oath import totp

PASSWORD = "a phrase nobody else would use"  # noqa: S105
TERM = "2025年4月1日〜2026年4月1日"  # in the shipped content
NEXT_TERM = "2026年4月1日〜2027年4月1日"


class File(NamedTuple):
    name: str
    content: bytes


class Screen(Protocol):
    """One tab of an editor. Actions return the screen itself, to be chained."""

    def open(self, path: str = "/admin/") -> Self:
        """Go to a path of the site."""

    def follow(self, *words: str, within: str = "") -> Self:
        """Click links of the content, one after the other; `within` is a text of the link's row."""

    def fill(self, fields: Mapping[str, str | bool | File]) -> Self:
        """Fill in fields by label: a text, an option, a tick (True) or none (False), or a file."""

    def press(self, words: str) -> Self:
        """Press a button, which sends the form with all that was filled in."""

    def in_new_tab(self, words: str) -> Self:
        """Press a button or follow a link that opens a new tab; return the screen in that tab."""

    def says(self, words: str) -> None:
        """Assert that the content of the screen contains the words."""

    def texts(self, selector: str) -> list[str]:
        """Return the text of each element that matches a CSS selector."""


# Sign in


def sign_in(screen: Screen, name: str) -> None:
    screen.open()
    enter_password(screen, name)


def enter_password(screen: Screen, name: str) -> None:
    screen.fill({"ユーザー名": name, "パスワード": PASSWORD}).press("ログイン")


def authenticator_key(screen: Screen) -> str:
    """Return the key that the screen of the first sign-in offers to an authenticator app."""
    (key,) = screen.texts(".secret")
    return key.replace(" ", "")


def authenticator_code(key: str) -> str:
    """Return the six digits that an authenticator app shows now."""
    return f"{totp(b32decode(key)):06}"


def set_up_second_factor(screen: Screen, code: str) -> None:
    screen.fill({"アプリに表示された6桁の数字": code}).press("設定する")


def finish_set_up(screen: Screen) -> list[str]:
    """Leave the screen of the recovery codes; return the codes."""
    codes = screen.texts(".recovery-codes code")
    screen.follow("控えました。編集をはじめる")
    return codes


def enter_code(screen: Screen, code: str) -> None:
    screen.fill({"6桁の数字、または回復用コード": code}).press("確認する")


# Desks and notices


def open_desk(screen: Screen, role: str) -> None:
    screen.open().follow("窓口", role)


def write_telephone(screen: Screen, role: str, number: str) -> None:
    """Fill in the telephone number of a desk, without saving it."""
    open_desk(screen, role)
    screen.fill({"電話番号": number})


def write_notice(screen: Screen, fields: Mapping[str, str | bool]) -> None:
    """Fill in a new notice, without saving it."""
    screen.open().follow("追加", within="お知らせ").fill(fields)


# Policy terms


def open_next_year(screen: Screen) -> None:
    screen.open().follow("次年度の保険期間を準備")


def prepare_next_year(screen: Screen) -> None:
    """Create the draft; it begins on the screen that explains what is copied."""
    screen.press("下書きを作る")


def compare_premiums(screen: Screen, table: str) -> None:
    """Paste premiums from a spreadsheet and see what they would change."""
    screen.fill({"貼り付ける表": table}).press("違いを確かめる")


def open_term(screen: Screen, term: str) -> None:
    screen.open().follow("保険期間", term)


def publish_from(screen: Screen, day: str, time: str) -> None:
    """Set when the opened content becomes public, without saving it."""
    screen.fill({"公開開始日時 日付": day, "公開開始日時 時刻": time})


def show_site_at(screen: Screen, day: str, time: str, drafts: bool = False) -> None:
    screen.open().follow("日時を選んで公開サイトを見る")
    screen.fill({"表示する日時 日付": day, "表示する日時 時刻": time})
    if drafts:
        screen.fill({"下書きも、公開したものとして表示する": True})
    screen.press("この日時のサイトを見る")


def correct(screen: Screen) -> None:
    """Unlock the opened content, which is public."""
    screen.follow("公開した内容を訂正する")


# Searching


def search(screen: Screen, words: str) -> None:
    """Find words in all content, from the home."""
    screen.open().fill({"文章を探す": words}).press("探す")


def show_replacement(screen: Screen, new: str) -> None:
    """Show the places of what was searched with the new words, without replacing it."""
    screen.fill({"置き換える言葉": new}).press("置き換える場所を確かめる")


# Documents, and undoing


def write_document(screen: Screen, fields: Mapping[str, str | bool | File]) -> None:
    """Fill in a new document, without saving it."""
    screen.open().follow("追加", within="資料").fill(fields)


def open_history(screen: Screen) -> None:
    screen.follow("変更の記録")


def go_back(screen: Screen) -> None:
    """Put the earlier version of the opened history into the form, without saving it."""
    screen.follow("このときの内容に戻す")


def open_deletion(screen: Screen) -> None:
    """Open the question whether the opened content is to be deleted."""
    screen.follow("削除")


def confirm_deletion(screen: Screen) -> None:
    screen.press("はい、大丈夫です")


def open_deleted(screen: Screen) -> None:
    """Open the list of what was deleted, from the list of what is there."""
    screen.follow("削除したものを元に戻す")
