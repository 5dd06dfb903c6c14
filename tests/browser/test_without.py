"""The pages where something does not work: style sheets, scripts, pictures."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visible_paths import EVERYTHING


@pytest.mark.criteria("1.3.2")
@pytest.mark.parametrize("path", EVERYTHING)
def test_without_a_style_sheet_a_page_reads_in_its_order(open_site, page, path):
    page.route(re.compile(r"\.css$"), lambda route: route.fulfill(body=""))
    page.goto(open_site.url + path)
    text, at = page.inner_text("body"), 0
    for part in (
        "緊急のとき", "損保ジャパンのご契約者専用", "0120-318-258", "24時間365日受付",
        page.inner_text("h1"), page.inner_text("footer li"),
    ):  # fmt: skip
        at = text.index(part, at)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_without_a_style_sheet_the_premiums_stand_with_their_limits_and_notes(open_site, page):
    page.route(re.compile(r"\.css$"), lambda route: route.fulfill(body=""))
    page.goto(open_site.url + "/insurance/")
    text = page.inner_text(".premiums")
    parts = ["賠償 10億円・費用 1億円", "売上高 50億円", "987,190円", "月額保険料はご参考用"]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)


def test_without_scripts_the_menu_opens_all_the_same(open_site, browser, browser_context_args):
    context = browser.new_context(
        **browser_context_args, java_script_enabled=False, viewport={"width": 375, "height": 800}
    )
    page = context.new_page()
    page.goto(open_site.url)
    page.get_by_role("button", name="メニュー").click()
    page.get_by_role("link", name="保険料", exact=True).click()
    page.wait_for_url("**/insurance/premiums/")
    expect(page.locator("h1")).to_have_text("保険料")
    context.close()


def test_without_pictures_nothing_is_missing(open_site, page):
    pictures = []
    page.route(
        re.compile(r"\.(svg|png)$"),
        lambda route: (pictures.append(route.request.url), route.fulfill(body="")),
    )
    page.goto(open_site.url)
    assert page.locator("svg.bar").first.is_visible()
    assert all("/static/icon" in picture for picture in pictures)
    assert "url(" not in page.evaluate(
        "[...document.styleSheets].flatMap(sheet => [...sheet.cssRules]).map(r => r.cssText).join()"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_forced_colours_only_the_current_page_is_marked(open_site, visit, page, scheme):
    page.emulate_media(forced_colors="active", color_scheme=scheme)
    visit(open_site, "/insurance/")
    canvas, *rest = page.evaluate(
        """() => {
          const probe = document.createElement("i");
          document.body.append(probe);
          probe.style.color = "Canvas";
          return [getComputedStyle(probe).color, ...[...document.querySelectorAll("#menu a")]
            .map(link => getComputedStyle(link).borderBottomColor)];
        }"""
    )
    assert [colour != canvas for colour in rest] == [True] + [False] * 7
    fills = "bars => [...new Set(bars.map(bar => getComputedStyle(bar).fill))]"
    assert len(page.locator("svg.bar").evaluate_all(fills)) == 1
