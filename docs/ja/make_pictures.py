"""Makes the pictures of handbook.md anew: `make handbook` goes through its tasks in a Chromium, on the
site as `make run` serves it, in a copy with a database of its own and a clock that stands still."""

import base64
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django_otp.oath import totp
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from docs.ja.smaller_png import smaller
from tests.serving import copy_checkout, free_port, making, wait_until_served

PICTURES = settings.BASE_DIR / "static" / "handbook"
CLOCK = "2025-12-10T10:00"
SAVED_AT = "2025-12-10 01:00:00"  # in UTC: history is written by the real clock
EDITORS = (("hanako", "事務", "花子"), ("taro", "事務", "太郎"))
PASSWORD = "only for the pictures"  # noqa: S105 (of a site that lives for a minute)
WIDTH = 800
AROUND = 6  # pixels of page that stay around what is cropped to
# The shipped table with other figures in its first row.
PREMIUMS = """\
1	10億円	10億円	1億円	-	-	150,000円〜310,000円	12,500円〜25,830円
2	10億円	10億円	1億円	1億円	1カ月	384,230円〜837,380円	32,020円〜69,780円
3	50億円	10億円	1億円	-	-	270,190円〜588,420円	22,520円〜49,040円
4	50億円	10億円	1億円	1億円	1カ月	987,190円〜2,150,420円	82,260円〜179,200円
5	100億円	10億円	1億円	-	-	376,220円〜819,310円	31,350円〜68,270円
6	100億円	10億円	1億円	1億円	1カ月	1,448,220円〜3,153,310円	120,690円〜262,860円
"""
MAKE_EDITORS = f"""
from django.contrib.auth.models import Group, User
for name, last, first in {EDITORS}:
    editor = User.objects.create_user(
        name, password={PASSWORD!r}, last_name=last, first_name=first, is_staff=True
    )
    editor.groups.set([Group.objects.get(name="事務局")])
"""


class Editor:
    """Somebody who is signed in, in a browser window of their own."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.url = url
        self.window = browser.new_context(
            locale="ja-JP",
            timezone_id="Asia/Tokyo",
            color_scheme="light",
            viewport={"width": WIDTH, "height": 1000},
        )
        # The list of all models, folded in, leaves the width to what is meant.
        self.window.add_init_script("localStorage['django.admin.navSidebarIsOpen'] = 'false'")
        self.page: Page = self.window.new_page()
        self.darkroom: Page = self.window.new_page()

    def sign_in(self, name: str, shoot: bool = False) -> None:
        page = self.open("")
        page.get_by_label("ユーザー名").fill(name)
        page.get_by_label("パスワード").fill(PASSWORD)
        page.get_by_role("button", name="ログイン").click()
        key = base64.b32decode(page.locator(".secret").inner_text().replace(" ", ""))
        if shoot:
            self.shoot("second-factor", page.locator("h1"), page.locator(".secret"))
        page.get_by_label("6桁の数字").fill(f"{totp(key):06}")
        page.get_by_role("button", name="設定する").click()
        page.get_by_role("link", name="控えました。編集をはじめる").click()

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.url}/admin/{path}")
        return self.page

    def press(self, name: str) -> None:
        # Not the hidden first button, which takes the Enter key.
        self.page.locator(f"input[value='{name}']:not(.first-button)").click()

    def shoot(self, name: str, first: Locator, last: Locator | None = None, top: int = 0) -> None:
        """The page from one element to another; `top` pixels of it where it is long."""
        self.page.evaluate("document.activeElement?.blur()")
        boxes = [each.bounding_box() for each in (first, last or first)]
        scrolled = self.page.evaluate("scrollY")
        y = boxes[0]["y"] + scrolled - AROUND
        height = boxes[1]["y"] + boxes[1]["height"] + scrolled + AROUND - y
        left = self.page.locator("#content-start").bounding_box()["x"]
        picture = self.page.screenshot(
            full_page=True,
            scale="css",
            clip={"x": left, "y": y, "width": WIDTH - left, "height": min(height, top or height)},
        )
        (PICTURES / f"{name}.png").write_bytes(smaller(picture, self.darkroom))


@contextmanager
def served() -> Iterator[tuple[Path, str]]:
    with tempfile.TemporaryDirectory() as folder:
        checkout = copy_checkout(Path(folder))
        with making(checkout) as make:
            port = free_port()
            process = make("run", f"PORT={port}", f"SITE_CLOCK={CLOCK}", "SECOND_FACTOR=on")
            wait_until_served(process, port)
            yield checkout, f"http://127.0.0.1:{port}"


def home(editor: Editor) -> None:
    page = editor.open("")
    page.get_by_text("サイトの時計を").evaluate("element => element.remove()")
    editor.shoot("home", page.locator("#header"), page.locator("section.home").nth(1))
    finding = page.locator(".home-findings > li").filter(has_text="JNX事務局")
    finding.get_by_text("このままでよい").first.click()
    editor.shoot("finding", finding)


def telephone(editor: Editor, colleague: Editor) -> None:
    page = editor.open("contacts/desk/")
    theirs = colleague.open("contacts/desk/1/change/")
    page.get_by_role("link", name="取扱代理店", exact=True).click()
    page.get_by_label("電話番号:", exact=True).fill("03-0000-1234")
    editor.shoot("telephone", page.locator("fieldset").nth(1))
    editor.shoot("save", page.locator(".preview-row"), page.locator(".submit-row"))
    editor.press("保存")

    theirs.get_by_label("電話番号:", exact=True).fill("03-0000-5678")
    colleague.press("保存")
    colleague.shoot("conflict", theirs.locator(".ask"))


def notice(editor: Editor) -> None:
    page = editor.open("products/notice/add/")
    page.get_by_label("件名").fill("年末年始の受付について")
    page.get_by_label("本文").fill(
        "年末年始は、窓口の受付をお休みします。\n\nご不便をおかけします。"
    )
    page.get_by_label("重要").check()
    for part, value in (
        ("公開開始日時 日付", "2025-12-15"), ("公開開始日時 時刻", "09:00"),
        ("公開終了日時 日付", "2026-01-05"), ("公開終了日時 時刻", "09:00"),
    ):  # fmt: skip
        page.get_by_label(part).fill(value)
    editor.shoot("notice", page.locator("h1"), page.locator(".submit-row"))
    editor.press("保存")


def next_year(editor: Editor) -> None:
    page = editor.open("products/policyterm/next/")
    editor.shoot("next", page.locator("h1"), page.locator(".submit-row"))
    editor.press("下書きを作る")
    editor.shoot("check", page.locator("h1"), page.locator("#premiums ~ div"), top=360)
    check = page.url
    page.get_by_role("link", name="表計算ソフトから貼り付ける").click()
    page.locator("#table").fill(PREMIUMS)
    editor.press("違いを確かめる")
    editor.shoot("paste", page.locator("h1"), page.locator(".submit-row"))
    page.goto(check)
    page.get_by_role("link", name="この保険期間が始まる日時のサイトを見る").click()
    editor.shoot("preview", page.locator("h1"), page.locator(".ask"))
    editor.open("products/policyterm/2/change/")
    approval = page.locator("fieldset").filter(has_text="引受保険会社の承認")
    editor.shoot("approval", approval)


def correction(editor: Editor) -> None:
    page = editor.open("products/policyterm/1/change/")
    closed = page.locator(".ask")
    editor.shoot("closed", page.locator("h1"), closed)
    page.get_by_role("link", name="公開した内容を訂正する").click()
    editor.shoot("reason", page.locator(".ask"))


def document(editor: Editor) -> None:
    page = editor.open("products/document/add/")
    editor.shoot("document", page.locator("fieldset").nth(1), page.locator("fieldset").nth(2))


def undo(editor: Editor) -> None:
    page = editor.open("contacts/desk/1/history/")
    editor.shoot("history", page.locator("h1"), page.locator(".history-entry").nth(1))
    page.get_by_role("link", name="このときの内容に戻す").click()
    editor.shoot("version", page.locator("h1"), page.locator(".ask"))


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with served() as (checkout, url), sync_playwright() as playwright:
        make_editors = [sys.executable, "manage.py", "shell", "-v0", "-c", MAKE_EDITORS]
        subprocess.run(make_editors, cwd=checkout, check=True)  # noqa: S603
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            chromium_sandbox=False,
            args=["--disable-gpu", "--lang=ja"],
            env={**os.environ, "LANGUAGE": "ja"},
        )
        hanako, taro = Editor(browser, url), Editor(browser, url)
        hanako.sign_in("hanako", shoot=True)
        taro.sign_in("taro")
        home(hanako)
        telephone(hanako, taro)
        notice(hanako)
        next_year(hanako)
        correction(hanako)
        document(hanako)
        with closing(sqlite3.connect(checkout / "var" / "db.sqlite3")) as database, database:
            database.execute("UPDATE reversion_revision SET date_created = ?", [SAVED_AT])
        undo(hanako)
        browser.close()


if __name__ == "__main__":
    main()
