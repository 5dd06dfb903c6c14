"""Everything can be done with the keyboard alone, and one always sees where one is."""

import pytest
from playwright.sync_api import expect

from tests.browser.visible_paths import EVERYTHING

COUNT_FOCUSABLE = """() => [...document.querySelectorAll(
  "a[href], button, input, select, [tabindex='0']")].filter(each => each.checkVisibility()).length"""
FOCUSED = """() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const box = element.getClientRects()[0], style = getComputedStyle(element);
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return {
    name: element.outerHTML.slice(0, 120),
    order: [...document.querySelectorAll("*")].indexOf(element),
    ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    seen: left < right && top < bottom && element.contains(there),
  };
}"""


@pytest.mark.criteria("2.1.1", "2.1.2", "2.4.3", "2.4.7", "2.4.11")
@pytest.mark.parametrize(
    ("path", "width"), [*((path, 1280) for path in EVERYTHING), ("/", 375), ("/insurance/", 375)]
)
def test_the_tab_key_reaches_everything_in_order_and_the_focus_is_seen(
    open_site, visit, path, width
):
    page = visit(open_site, path, width=width)
    expected = page.evaluate(COUNT_FOCUSABLE)
    stops = []
    while len(stops) <= 2 * expected:
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None or (stops and stop["order"] == stops[0]["order"]):
            break
        stops.append(stop)
    orders = [stop["order"] for stop in stops]
    assert orders == sorted(orders)
    # Radio buttons are one stop; the parts of a date are one each, of the same element.
    radios = page.locator("input[type=radio]").count()
    assert len(set(orders)) >= expected - max(radios - 1, 0)
    for stop in stops:
        assert stop["ring"] >= 2, stop
        assert stop["seen"], stop


@pytest.mark.criteria("2.4.1")
def test_the_first_stop_leads_to_the_content(open_site, visit):
    page = visit(open_site, "/insurance/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.criteria("4.1.2")
def test_the_menu_opens_and_closes_with_the_keyboard(open_site, visit):
    page = visit(open_site, "/", width=375)
    button, menu = page.get_by_role("button", name="メニュー"), page.locator("#menu")
    expect(menu).to_be_hidden()
    button.focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="閉じる")).to_be_focused()
    page.keyboard.press("Enter")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/insurance/")


def test_a_tap_beside_the_menu_closes_it(open_site, visit):
    page = visit(open_site, "/", width=375, height=900)
    page.get_by_role("button", name="メニュー").click()
    expect(page.locator("#menu")).to_be_visible()
    page.mouse.click(200, 850)
    expect(page.locator("#menu")).to_be_hidden()


def test_the_wide_menu_stands_open_and_marks_the_current_page(open_site, visit):
    page = visit(open_site, "/insurance/join/")
    expect(page.get_by_role("button", name="メニュー")).to_be_hidden()
    expect(page.locator("#menu a")).to_have_text(
        [
            "保険のご案内",
            "保険料",
            "サポートデスク",
            "セキュリティサービス",
            "資料",
            "よくあるご質問",
            "お知らせ",
            "お問い合わせ",
        ]
    )
    expect(page.locator("#menu [aria-current]")).to_have_text(["保険のご案内"])


def test_the_finder_is_answered_with_the_keyboard(open_site, visit):
    page = visit(open_site, "/insurance/premiums/")
    page.get_by_label("売上高", exact=True).focus()
    page.keyboard.type("50")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**turnover=5000000000**profit=yes")
    expect(page.locator(".box h2")).to_have_text("売上高50億円・利益の補償あり")
    expect(page.locator("tr.chosen")).to_contain_text("選択中")


def test_the_joining_date_is_answered_with_the_keyboard(open_site, visit):
    page = visit(open_site, "/insurance/join/")
    field = page.get_by_label("申込みの日", exact=True)
    field.focus()
    page.keyboard.press("ArrowUp")  # of the month or the year, whichever the browser puts first
    day = field.input_value()
    assert day != "2025-12-10"
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.tagName") != "BUTTON":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**on={day}")
    year, month, day_of_month = (int(part) for part in day.split("-"))
    expect(page.locator(".box h2")).to_contain_text(f"{year}年{month}月{day_of_month}日")


@pytest.mark.criteria("3.3.1", "3.3.3")
def test_the_summary_of_errors_leads_to_the_field(open_site, visit):
    page = visit(open_site, "/insurance/premiums/?own=たくさん&profit=no")
    expect(page.get_by_role("alert")).to_contain_text("12億円")
    page.get_by_role("alert").get_by_role("link").click()
    field = page.get_by_label("ほかの売上高")
    expect(field).to_be_focused()
    expect(field).to_have_value("たくさん")
    expect(field).to_have_accessible_description(
        "上にない場合に入力します。例:12億円 金額として読み取れません。「12億円」や「1,200,000,000」のように入力してください。"
    )
