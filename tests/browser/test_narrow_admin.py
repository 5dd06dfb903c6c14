"""The admin on a telephone and beside the preview: nothing that is pressed or filled in has to be searched for."""

import pytest
from playwright.sync_api import expect

from tests import tasks
from tests.browser.office import faults_of
from tests.browser.test_editing_by_keyboard import press_enter, tab_to

# Controls that lie beyond the window or behind the edge of a region that scrolls, and those without a label to see.
HIDDEN = """selector => {
  const hidden = [...document.querySelectorAll(selector)]
    .filter(each => each.checkVisibility() && !each.matches(".first-button, [type=hidden]"))
    .filter(each => {
      const { left, right, width } = each.getBoundingClientRect();
      let edge = document.documentElement.clientWidth;
      for (let box = each.parentElement; box; box = box.parentElement)
        if (getComputedStyle(box).overflowX !== "visible")
          edge = Math.min(edge, box.getBoundingClientRect().right);
      return left < 0 || right > edge + 1 || width < 12;
    });
  return hidden.map(each => each.outerHTML.slice(0, 150));
}"""
UNLABELLED = """() => [...document.querySelectorAll(".cards td :is(input, select, textarea):not([type=hidden])")]
  .filter(each => each.checkVisibility())
  .filter(each => ![...each.labels].some(label => label.innerText && label.getBoundingClientRect().width > 20))
  .map(each => each.outerHTML)"""
CONTROLS = "#content :is(a, button, input, select, textarea)"
TERM = "/admin/products/policyterm/1/change/?correct=1"
DESK = "/admin/contacts/desk/1/change/"


@pytest.mark.parametrize(
    ("path", "selector"),
    [
        ("/admin/", CONTROLS),
        (TERM, CONTROLS),
        (DESK, CONTROLS),
        ("/admin/products/faqentry/", CONTROLS),
        ("/admin/products/faqentry/order/", CONTROLS),
        ("/admin/products/legaltext/", CONTROLS),
        ("/admin/products/document/", "#result_list button"),  # its other columns scroll
    ],
)
@pytest.mark.parametrize("width", [360, 1280])
def test_no_control_sticks_out_or_is_hidden(hanako, path, selector, width):
    hanako.page.set_viewport_size({"width": width, "height": 800})
    hanako.open(path)
    assert hanako.page.locator(selector).count()
    assert hanako.page.evaluate(HIDDEN, selector) == []
    assert hanako.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("path", "count"), [(TERM, 6 * 11), (DESK, 2 * 2 + 2)])
def test_every_input_of_a_card_has_a_label_that_is_seen(hanako, path, count):
    hanako.page.set_viewport_size({"width": 360, "height": 800})
    hanako.open(path)
    shown = hanako.page.locator(".cards td :is(input, select, textarea):visible")
    assert shown.count() == count
    assert hanako.page.evaluate(UNLABELLED) == []
    hanako.page.locator(".cards .add-row a").first.click()
    assert shown.count() > count  # the labels of a new row lead to its own inputs
    assert hanako.page.evaluate(UNLABELLED) == []
    assert faults_of(hanako) == []


def test_a_list_is_put_in_order_with_the_keyboard_alone(hanako):
    hanako.follow("よくあるご質問", "並び順を変える")
    labels = hanako.texts(".places label")
    for row, place in ((10, "1"), (9, "1")):
        tab_to(hanako.page, hanako.field(labels[row]))
        hanako.page.keyboard.press("ControlOrMeta+A")
        hanako.page.keyboard.type(place)
    assert faults_of(hanako) == []
    press_enter(hanako.page)
    hanako.says("1番は、ほかの行にも入力されています")
    assert faults_of(hanako) == []
    hanako.fill({labels[9]: "2"}).press("保存")
    hanako.says("並び順を変えました。")
    assert hanako.texts("#result_list tbody th") == [labels[10], labels[9], *labels[:9]]
    hanako.press("元に戻す").follow("よくあるご質問")
    assert hanako.texts("#result_list tbody th") == labels


@pytest.mark.parametrize(
    ("link", "name", "field"),
    [
        ("#calendarlink0", "日付を選択", "開始日時 日付"),
        ("#clocklink0", "時間を選択", "開始日時 時刻"),
    ],
)
def test_the_focus_goes_into_a_calendar_that_opens_and_back(hanako, link, name, field):
    hanako.open("/admin/products/notice/add/")
    page = hanako.page
    opener, box = page.locator(link), page.get_by_role("dialog", name=name)
    for key in ("Escape", "Tab", "Enter"):
        opener.focus()
        page.keyboard.press("Enter")
        expect(box).to_be_visible()
        expect(box.locator(":focus")).to_have_count(1)
        if key == "Tab":  # to the last link, which closes it
            tab_to(page, box.get_by_role("link", name="キャンセル"))
            page.keyboard.press("Enter")
        else:
            page.keyboard.press(key)
        expect(box).to_be_hidden()
        expect(hanako.field(f"公開{field}") if key == "Enter" else opener).to_be_focused()
    assert hanako.field(f"公開{field}").input_value()


def test_a_calendar_opens_on_the_day_in_its_field(hanako):
    tasks.write_notice(hanako, {"公開開始日時 日付": "2026-04-17"})
    opener = hanako.page.locator("#calendarlink0")
    opener.focus()
    hanako.page.keyboard.press("Enter")
    expect(hanako.page.locator("#calendarbox0 :focus")).to_have_text("17")
