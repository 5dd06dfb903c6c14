"""Take the pictures of handbook.md: `make handbook` does its tasks in Chromium, on the site as `make
run` serves it, in a copy with its own database and a clock that stands still."""

import io
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from PIL import Image
from playwright.sync_api import Browser, Locator, sync_playwright

from tests import tasks
from tests.browser.conftest import CHROMIUM
from tests.browser.office import Office
from tests.browser.screen import BrowserScreen
from tests.premium_tables import SIX_ROWS
from tests.serving import copy_checkout, making

PICTURES = settings.BASE_DIR / "static" / "handbook"
CLOCK = "2025-12-10T10:00"
SAVED_AT = "2025-12-10 01:00:00"  # in UTC: history is written by the real clock
WIDTH = 800
AROUND = 6  # pixels of page that stay around what is cropped to


def start(browser: Browser, url: str) -> BrowserScreen:
    """Open a browser window for one editor."""
    window = browser.new_context(
        locale="ja-JP",
        timezone_id="Asia/Tokyo",
        color_scheme="light",
        viewport={"width": WIDTH, "height": 1000},
    )
    # The list of all models, folded in, leaves the width to what is meant.
    window.add_init_script("localStorage['django.admin.navSidebarIsOpen'] = 'false'")
    return BrowserScreen(window.new_page(), url)


def shoot(
    screen: BrowserScreen, name: str, first: str | Locator, last: str | Locator = "", top: int = 0
) -> None:
    """Save the page from one element to another; `top` pixels of it where it is long."""
    page = screen.page
    page.evaluate("document.activeElement?.blur()")
    ends = [
        page.locator(each) if isinstance(each, str) else each for each in (first, last or first)
    ]
    boxes = [each.bounding_box() for each in ends]
    scrolled = page.evaluate("scrollY")
    y = boxes[0]["y"] + scrolled - AROUND
    height = boxes[1]["y"] + boxes[1]["height"] + scrolled + AROUND - y
    content = page.locator("#content-start")  # which public pages do not have
    left = content.bounding_box()["x"] if content.count() else 0
    picture = page.screenshot(
        full_page=True,
        scale="css",
        clip={"x": left, "y": y, "width": WIDTH - left, "height": min(height, top or height)},
    )
    in_few_colours(picture).save(PICTURES / f"{name}.png", optimize=True)


def in_few_colours(picture: bytes) -> Image.Image:
    """Return a screenshot with a palette, which saves two thirds of the bytes.

    Of 32 shades each of red, green and blue, a screen of the admin uses less than 256 colours, so
    that the palette has them all.
    """
    shades = Image.open(io.BytesIO(picture)).convert("RGB")
    shades = shades.point(lambda shade: round(shade / 255 * 31) * 255 // 31)
    if shades.getcolors(256) is None:
        raise ValueError("The picture has more than 256 colours: a palette would change some.")
    return shades.quantize()


@contextmanager
def served() -> Iterator[Office]:
    with tempfile.TemporaryDirectory() as folder:
        checkout = copy_checkout(Path(folder))
        with making(checkout) as make:
            yield Office(checkout, make, CLOCK, second_factor="on")


def sign_in(screen: BrowserScreen, name: str, picture: str = "") -> None:
    tasks.sign_in(screen, name)
    key = tasks.authenticator_key(screen)
    if picture:
        shoot(screen, picture, "h1", ".secret")
    tasks.set_up_second_factor(screen, tasks.authenticator_code(key))
    tasks.finish_set_up(screen)


def home(screen: BrowserScreen) -> None:
    page = screen.open().page
    page.get_by_text("サイトの時計を").evaluate("element => element.remove()")
    shoot(screen, "home", "#header", page.get_by_role("table", name="商品・サービス"))
    finding = page.locator(".home-findings > li").filter(has_text="JNX事務局")
    finding.get_by_text("このままでよい").first.click()
    shoot(screen, "finding", finding)


def telephone(screen: BrowserScreen, colleague: BrowserScreen) -> None:
    tasks.write_telephone(colleague, "取扱代理店", "03-0000-5678")
    tasks.write_telephone(screen, "取扱代理店", "03-0000-1234")
    shoot(screen, "telephone", screen.page.locator("fieldset").nth(1))
    shoot(screen, "save", "form .preview-row", ".submit-row")
    screen.press("保存")
    colleague.press("保存")
    shoot(colleague, "conflict", ".ask")


def notice(screen: BrowserScreen) -> None:
    text = "年末年始は、窓口の受付をお休みします。\n\nご不便をおかけします。"
    fields = {"件名": "年末年始の受付について", "本文": text, "重要": True}
    tasks.write_notice(screen, fields)
    tasks.publish_from(screen, "2025-12-15", "09:00")
    screen.fill({"公開終了日時 日付": "2026-01-05", "公開終了日時 時刻": "09:00"})
    shoot(screen, "notice", "h1", ".submit-row")
    screen.press("保存")


def edit_marks(screen: BrowserScreen) -> None:
    screen.open("/admin/site/now/faq/")
    shoot(screen, "marks", "h1", screen.page.locator(".faq section").nth(1))


def next_year(screen: BrowserScreen) -> None:
    tasks.open_next_year(screen)
    shoot(screen, "next", "h1", ".submit-row")
    tasks.prepare_next_year(screen)
    shoot(screen, "check", "h1", "#premiums ~ div", top=360)
    check = screen.page.url.removeprefix(screen.url)
    screen.follow("表計算ソフトから貼り付ける")
    tasks.compare_premiums(screen, SIX_ROWS)
    shoot(screen, "paste", "h1", ".submit-row")
    screen.open(check).follow("この保険期間が始まる日時のサイトを見る")
    shoot(screen, "preview", "h1", ".ask")
    tasks.open_term(screen, tasks.NEXT_TERM)
    approval = screen.page.locator("fieldset").filter(has_text="引受保険会社の承認")
    shoot(screen, "approval", approval)


def correction(screen: BrowserScreen) -> None:
    tasks.open_term(screen, tasks.TERM)
    shoot(screen, "closed", "h1", ".ask")
    tasks.correct(screen)
    shoot(screen, "reason", ".ask")


def document(screen: BrowserScreen) -> None:
    tasks.write_document(screen, {})
    fieldsets = screen.page.locator("fieldset")
    shoot(screen, "document", fieldsets.nth(1), fieldsets.nth(2))


def undo(screen: BrowserScreen) -> None:
    tasks.open_desk(screen, "取扱代理店")
    tasks.open_history(screen)
    shoot(screen, "history", "h1", screen.page.locator(".history-entry").nth(1))
    tasks.go_back(screen)
    shoot(screen, "version", "h1", ".ask")


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with served() as office, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            chromium_sandbox=False,
            args=["--disable-gpu", "--lang=ja"],
            env={**os.environ, "LANGUAGE": "ja"},
        )
        hanako, taro = start(browser, office.url), start(browser, office.url)
        sign_in(hanako, "花子", picture="second-factor")
        sign_in(taro, "太郎")
        home(hanako)
        telephone(hanako, taro)
        notice(hanako)
        edit_marks(hanako)
        next_year(hanako)
        correction(hanako)
        document(hanako)
        database_file = office.checkout / "var" / "db.sqlite3"
        with closing(sqlite3.connect(database_file)) as database, database:
            database.execute("UPDATE reversion_revision SET date_created = ?", [SAVED_AT])
        undo(hanako)
        browser.close()


if __name__ == "__main__":
    main()
