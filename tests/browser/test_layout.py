"""Nothing is cut, hidden or squeezed, from the smallest telephone to a wide screen."""

import pytest

from tests.browser.sticking_out import OUTSIDE_OF_SCROLLERS, STICKING_OUT
from tests.browser.visible_paths import EVERYTHING, IN_EACH_STATE
from tests.pages.page_paths import PAGE_PATHS

WIDTHS = (320, 360, 768, 1280, 1600)

# What WCAG 1.4.12 asks every page to bear.
TEXT_SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""

# Times in whose text 「4月1日」 stands on more than one line.
BROKEN_DAYS = r"""() => [...document.querySelectorAll("main time")].filter(time => {
  const nodes = document.createTreeWalker(time, NodeFilter.SHOW_TEXT);
  const places = [];
  for (let node = nodes.nextNode(); node; node = nodes.nextNode())
    for (let place = 0; place < node.length; place++) places.push([node, place]);
  const day = time.textContent.match(/\d+月\d+日/);
  if (!day || !time.checkVisibility()) return false;
  const lines = places.slice(day.index, day.index + day[0].length).map(([node, place]) => {
    const range = document.createRange();
    range.setStart(node, place);
    range.setEnd(node, place + 1);
    return range.getBoundingClientRect().bottom;
  });
  return Math.max(...lines) - Math.min(...lines) > 4;
}).map(time => time.textContent)"""

COVERED = """() => [...document.querySelectorAll("main a")].filter(link => {
  link.scrollIntoView({block: "center"});
  const box = link.getClientRects()[0], y = box.top + box.height / 2;
  return ![box.left + 3, box.left + box.width / 2, box.right - 3]
    .every(x => link.contains(document.elementFromPoint(x, y)));
}).map(link => link.outerHTML)"""

MAIN_ACTIONS = (
    ".button, .menu-button, .number a, .door a, main input:not([type=radio]), main select"
)
LISTED_LINKS = "footer a, .in-page a, .breadcrumb a, .menu a"
SMALLER_THAN = """([selector, width, height]) => [...document.querySelectorAll(selector)]
  .filter(element => element.checkVisibility())
  .filter(element => element.getBoundingClientRect().width < width
    || element.getBoundingClientRect().height < height)
  .map(element => element.outerHTML)"""


@pytest.mark.criteria("1.4.10")
@pytest.mark.parametrize(("site", "path"), IN_EACH_STATE, indirect=["site"])
def test_nothing_scrolls_sideways_at_any_width(site, visit, path):
    page = visit(site, path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(STICKING_OUT) == [], width


@pytest.mark.parametrize("path", EVERYTHING)
def test_at_256_pixels_the_premium_table_alone_scrolls_in_its_own_box(open_site, visit, path):
    page = visit(open_site, path, width=256)
    assert page.evaluate(OUTSIDE_OF_SCROLLERS) == []


@pytest.mark.parametrize("width", [256, 320, 360, 1280])
def test_no_date_breaks_between_month_and_day(open_site, visit, width):
    page = visit(open_site, "/insurance/join/", width=width)
    assert page.locator(".deadlines tbody time").count() > 20
    assert page.evaluate(BROKEN_DAYS) == []


# As items of a flexible box, Firefox lays the phrases between the marks beside each other, in columns.
LAID_OUT_HEADINGS = """() => [...document.querySelectorAll(":is(h1, h2, h3, h4):has(wbr)")]
  .filter(heading => /flex|grid/.test(getComputedStyle(heading).display))
  .map(heading => heading.textContent)"""


@pytest.mark.parametrize("path", EVERYTHING)
def test_a_heading_with_phrase_marks_is_set_as_text(open_site, visit, path):
    page = visit(open_site, path)
    assert page.evaluate(LAID_OUT_HEADINGS) == []


@pytest.mark.parametrize("path", ["/", "/insurance/", "/insurance/premiums/"])
def test_all_bars_are_equally_wide_and_start_below_each_other(open_site, visit, path):
    page = visit(open_site, path)
    for width in WIDTHS[WIDTHS.index(1280) :]:  # narrower ones have none
        page.set_viewport_size({"width": width, "height": 800})
        boxes = [bar.bounding_box() for bar in page.locator("svg.bar").all()]
        assert len(boxes) == 6
        assert len({(round(box["x"], 2), round(box["width"], 2)) for box in boxes}) == 1, width
        assert boxes[0]["width"] > 60


def test_the_labels_of_the_axis_stand_above_the_bars(open_site, visit):
    page = visit(open_site, "/insurance/")
    axis, bar = (page.locator(f"svg.{name}").first.bounding_box() for name in ("axis", "bar"))
    assert (axis["x"], axis["width"]) == (bar["x"], bar["width"])
    page.set_viewport_size({"width": 375, "height": 800})
    assert not page.locator("svg.axis").is_visible()


def test_a_small_screen_leaves_out_no_limit_that_differs_between_rows(open_site, visit):
    def limits() -> list[str]:
        page = visit(open_site, "/insurance/", width=375)
        return [each.inner_text() for each in page.locator(".premium-table .own-limits").all()]

    limits_are_seen = limits_seen(visit(open_site, "/insurance/", width=375))
    assert limits_are_seen == [False] * 6
    assert limits() == []
    open_site.execute(
        "UPDATE products_premiumrow SET liability_limit = 5 * 100000000 WHERE number = 1"
    )
    try:
        assert limits()[0] == "賠償 5億円、費用 1億円"
        assert len(limits()) == 6
    finally:
        open_site.execute("UPDATE products_premiumrow SET liability_limit = 10 * 100000000")


def limits_seen(page) -> list[bool]:
    """Return whether the cells of the liability limits are visible."""
    return [cell.is_visible() for cell in page.locator("tbody td.in-caption:nth-child(3)").all()]


@pytest.mark.criteria("1.4.12")
@pytest.mark.parametrize("path", PAGE_PATHS)
def test_wider_spacing_of_text_cuts_nothing(open_site, visit, path):
    for width in (320, 1280):
        page = visit(open_site, path, width=width)
        page.evaluate(TEXT_SPACING)
        assert page.evaluate(OUTSIDE_OF_SCROLLERS) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.criteria("1.4.4")
@pytest.mark.parametrize("path", PAGE_PATHS)
def test_text_of_twice_the_size_still_fits(open_site, visit, path):
    page = visit(open_site, path)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(STICKING_OUT) == []


@pytest.mark.criteria("2.5.8")
@pytest.mark.parametrize("path", EVERYTHING)
def test_what_matters_most_is_large_enough_for_a_thumb(open_site, visit, path):
    page = visit(open_site, path, width=375)
    assert page.evaluate(SMALLER_THAN, [MAIN_ACTIONS, 44, 44]) == []
    assert page.evaluate(SMALLER_THAN, [LISTED_LINKS, 1, 24]) == []


@pytest.mark.parametrize("width", [320, 768, 800, 1280])
def test_nothing_lies_over_what_can_be_clicked(open_site, visit, width):
    page = visit(open_site, "/", width=width)
    assert page.evaluate(COVERED) == []


@pytest.mark.parametrize(("width", "most"), [(1280, 140), (375, 225)])
def test_little_stands_before_the_content(open_site, visit, width, most):
    page = visit(open_site, "/", width=width)
    assert page.locator("main").bounding_box()["y"] <= most


@pytest.mark.parametrize("path", ["/support-desk/", "/incident/"])
def test_at_night_a_telephone_shows_all_that_a_caller_must_know(open_site, visit, path):
    page = visit(open_site, path, width=375, height=700)
    panel = page.locator("main .panel")
    for text in ("ご契約者専用窓口です。", "0120-318-258", "24時間365日受付", "有償となります"):
        box = panel.get_by_text(text).first.bounding_box()
        assert box["y"] + box["height"] <= 700, text
    assert "翌営業日" in page.locator(".emergency").inner_text()


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_strip_on_top_is_seen_to_name_the_desk(open_site, visit, width):
    name = visit(open_site, "/company/", width=width).locator(".emergency .desk-name")
    assert name.inner_text() == "SOMPOサイバーインシデントサポートデスク"
    box = name.bounding_box()
    assert box["height"] >= 12
    assert box["x"] + box["width"] <= width


SELECTED = """() => {
  getSelection().selectAllChildren(document.querySelector(".premium-table"));
  return getSelection().toString();
}"""


@pytest.mark.parametrize("width", [360, 1280])
def test_a_copied_row_of_premiums_is_one_line_with_whole_ranges(open_site, visit, page, width):
    visit(open_site, "/insurance/premiums/", width=width)
    lines = [line.strip() for line in page.evaluate(SELECTED).split("\n") if line.strip()]
    rows = lines[lines.index("売上高 10億円") :]
    assert len(rows) == 9
    assert rows[0] == "売上高 10億円"
    assert rows[1].endswith("\t140,230円〜305,380円\t11,690円〜25,450円")
    assert rows[8].endswith("\t1,448,220円〜3,153,310円\t120,690円〜262,860円")
    assert "万円" not in "".join(lines)


def test_on_phones_there_are_neither_bars_nor_what_explains_them(open_site, visit, page):
    visit(open_site, "/insurance/premiums/", width=360)
    for hidden in ("svg.bar", "svg.axis", ".bars-note"):
        assert not page.locator(hidden).first.is_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    assert page.locator(".bars-note").is_visible()
    assert page.locator(".bars-note > *").get_attribute("aria-hidden") == "true"
