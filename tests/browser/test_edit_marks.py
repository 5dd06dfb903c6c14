"""The public site with edit marks, on the screen, by keyboard and on paper."""

from urllib.parse import urldefrag

import pytest
from playwright.sync_api import expect

from tests.browser.office import faults_of
from tests.browser.test_editing_by_keyboard import press_enter, tab_to


@pytest.mark.parametrize(
    ("path", "says", "value"),
    [
        ("insurance/", "ページの文「保険のご案内:サポート機能の見出し」の「文」を開く", "各種サポート機能"),
        ("company/", "会社・団体「損害保険ジャパン株式会社」の「所在地」を開く", "東京都新宿区西新宿1-26-1"),
    ],
)  # fmt: skip
def test_a_mark_leads_to_its_field_by_keyboard(hanako, path, says, value):
    page = hanako.page
    hanako.follow("公開ページを見ながら編集する")
    page.goto(page.url + path)
    assert faults_of(hanako) == []
    page.get_by_role("heading", level=1).click()
    mark = page.get_by_role("main").get_by_role("link", name=says, exact=True)
    tab_to(page, mark.last)
    press_enter(page)
    field = page.locator(f"#{urldefrag(page.url)[1]}")
    expect(field).to_be_in_viewport()
    expect(field).to_have_value(value)


def test_marks_are_not_printed(hanako):
    page = hanako.open("/admin/site/now/insurance/").page
    marks = page.locator(".edit-mark, .editor-bar")
    assert marks.count() > 100
    assert marks.first.is_visible()
    page.emulate_media(media="print")
    assert not any(each.is_visible() for each in marks.all())


def test_a_mark_can_be_pressed_with_a_finger(hanako):
    page = hanako.open("/admin/site/now/").page
    page.set_viewport_size({"width": 360, "height": 800})
    sizes = page.locator(".edit-mark").evaluate_all(
        "marks => marks.filter(mark => mark.checkVisibility()).map(mark => {"
        " const {width, height} = mark.getBoundingClientRect(); return [width, height] })"
    )
    assert sizes
    assert all(width >= 24 and height >= 24 for width, height in sizes)
