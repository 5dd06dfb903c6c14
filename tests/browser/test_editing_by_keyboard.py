"""The secretariat works with the keyboard alone, and without scripts."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import tasks
from tests.browser.office import faults_of


def press_enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def tab_to(page: Page, wanted: Locator) -> None:
    """Press the Tab key until the focus is there."""
    expect(wanted).to_be_visible()
    for _ in range(150):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"The Tab key does not reach {wanted}.")


def test_a_telephone_number_is_changed_with_the_keyboard_alone(office, computers, visitor):
    screen = computers.start(office.url).open()
    page = screen.page
    expect(page.get_by_label("ユーザー名")).to_be_focused()  # which can come after the load
    page.keyboard.type("花子")
    page.keyboard.press("Tab")
    page.keyboard.type(tasks.PASSWORD)
    press_enter(page)
    screen.says("いまの公開状態")
    tab_to(page, page.get_by_role("link", name="スキップしてメインコンテンツへ", exact=True))
    page.keyboard.press("Enter")
    tab_to(page, screen.main.get_by_role("link", name="窓口", exact=True))
    press_enter(page)
    tab_to(page, screen.main.get_by_role("link", name="サイバーインシデント対応", exact=True))
    press_enter(page)
    tab_to(page, screen.main.get_by_role("textbox", name="電話番号"))
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("0120-111-222")
    tab_to(page, screen.main.get_by_role("button", name="保存", exact=True))
    press_enter(page)
    screen.says("変更しました")
    assert "0120-111-222" in visitor("/contact/")


def questions(shown: str) -> list[str]:
    return re.findall(r"^.+?[??]$", shown, re.MULTILINE)[1:3]


def test_a_row_of_a_list_is_moved_with_the_keyboard_alone(hanako, visitor):
    first, second = questions(visitor("/faq/"))
    hanako.follow("よくあるご質問")
    for way, order in (("下へ", [second, first]), ("上へ", [first, second])):
        button = hanako.main.get_by_role("button", name=f"「{first}」を{way}", exact=True)
        tab_to(hanako.page, button)
        press_enter(hanako.page)
        hanako.says("並び順を変えました")
        assert questions(visitor("/faq/")) == order
    assert faults_of(hanako) == []


def test_a_name_is_found_and_replaced_everywhere_with_the_keyboard_alone(hanako, visitor):
    def type_into(label: str, words: str) -> None:
        tab_to(hanako.page, hanako.field(label))
        hanako.page.keyboard.type(words)
        press_enter(hanako.page)
        assert faults_of(hanako) == []

    before = visitor("/contact/")
    type_into("文章を探す", "飯島")
    hanako.says("「飯島」がある場所(2件)")
    type_into("置き換える言葉", "山田")
    box = hanako.main.get_by_role("checkbox").first
    tab_to(hanako.page, box)
    for is_checked in (False, True):
        hanako.page.keyboard.press("Space")
        expect(box).to_be_checked(checked=is_checked)
    tab_to(hanako.page, hanako.main.get_by_role("button", name="印を付けた場所を置き換える"))
    press_enter(hanako.page)
    hanako.says("「飯島」を「山田」に置き換えました(2か所)。")
    assert faults_of(hanako) == []
    assert visitor("/contact/") == before.replace("飯島", "山田")
    tab_to(hanako.page, hanako.page.locator(".messagelist").get_by_role("button", name="元に戻す"))
    press_enter(hanako.page)
    hanako.says("元に戻しました(2件)。")
    assert visitor("/contact/") == before


def test_a_row_of_a_form_is_moved_without_scripts(office, computers, visitor):
    screen = computers.start(office.url, java_script_enabled=False)
    tasks.sign_in(screen, "花子")
    screen.open("/admin/products/supportdesk/").follow("サポートデスク")
    rows = screen.page.get_by_role("group", name="特長")
    first, second = (rows.get_by_label("見出し").nth(each).input_value() for each in (1, 2))
    rows.get_by_role("button", name="下へ").nth(1).click()
    screen.says("まだ保存していません")
    shown = visitor("/support-desk/")
    assert shown.index(first) < shown.index(second)
    screen.press("保存")
    screen.says("変更しました")
    shown = visitor("/support-desk/")
    assert shown.index(second) < shown.index(first)


def test_the_enter_key_in_a_text_neither_saves_nor_moves_anything(hanako, visitor):
    hanako.open("/admin/products/supportdesk/").follow("サポートデスク")
    heading = hanako.page.get_by_role("group", name="特長").get_by_label("見出し").first
    heading.fill("いつでもつながる安心")
    press_enter(hanako.page)
    hanako.says("まだ保存していません。Enter キーでは保存しません。")
    assert "いつでもつながる安心" not in visitor("/support-desk/")
    hanako.press("保存")
    hanako.says("変更しました")
    assert "いつでもつながる安心" in visitor("/support-desk/")
