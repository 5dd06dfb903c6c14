"""The same pages in Firefox and in Safari's engine: claims that tests in Chromium cannot hold.

Few on purpose: layout where the engines differ, and each control that a browser draws itself.
"""

import os
import subprocess
import time
from collections.abc import Iterator

import pytest

from tests.browser.engines import ENTER, ESCAPE, TAB, Engine, Firefox, WebKit
from tests.browser.sticking_out import OUTSIDE_OF_SCROLLERS, STICKING_OUT
from tests.html import squeezed
from tests.patience import limit

ENGINES = {"Firefox": Firefox, "WebKit": WebKit}
PATHS = (
    "/", "/insurance/", "/insurance/join/", "/support-desk/", "/contact/",
    "/insurance/summary/?turnover=3000000000&on=2025-12-10",
)  # fmt: skip
WIDTHS = (360, 1280)

# The two characters around each line break in a heading that stands within a phrase.
BROKEN_PHRASES = r"""
  const found = [], free = /[\s、。・,()「」『』()?:/〜-]/;
  for (const heading of document.querySelectorAll("h1, h2, h3, .desk-name, .desk-title")) {
    if (!heading.checkVisibility()) continue;
    const walker = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    let before = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === Node.ELEMENT_NODE) {
        if (/^W?BR$/.test(node.tagName) || getComputedStyle(node).display !== "inline") before = null;
        continue;
      }
      const after = node.previousSibling;
      if (after?.nodeType === Node.ELEMENT_NODE && getComputedStyle(after).display !== "inline") before = null;
      for (let place = 0; place < node.length; place++) {
        const range = document.createRange();
        range.setStart(node, place);
        range.setEnd(node, place + 1);
        const character = range.toString(), box = range.getClientRects()[0];
        if (!box || free.test(character)) { before = null; continue; }
        if (before && box.top > before.bottom - 4)
          found.push(`${before.character}|${character} in ${heading.textContent.trim()}`);
        before = {character, bottom: box.bottom};
      }
    }
  }
  return found;"""


@pytest.fixture(scope="session", params=ENGINES.values(), ids=ENGINES)
def engine(request, tmp_path_factory) -> Iterator[Engine]:
    """Return the running browser. Skips where it is not installed, except on CI."""
    if missing := request.param.missing():
        tell = pytest.fail if os.environ.get("CI") else pytest.skip
        tell(f"NOTHING IS TESTED IN {request.param.__name__.upper()}. apt install {missing}")
    engine = request.param(tmp_path_factory.mktemp("engine"))
    yield engine
    engine.stop()


def eventually(engine: Engine, expression: str) -> None:
    """Wait until the JavaScript expression is true."""
    end = time.monotonic() + limit(10)
    while not engine.run(f"return Boolean({expression})"):
        assert time.monotonic() < end, expression
        time.sleep(0.1)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_scrolls_sideways(engine, open_site, path):
    for width in WIDTHS:
        engine.resize(width, 800)
        engine.open(open_site.url + path)
        assert engine.run("return innerWidth") == width
        assert engine.run(f"return ({STICKING_OUT})()") == [], width


@pytest.mark.parametrize("engine", [Firefox], indirect=True)  # no window of WebKitGTK is so narrow
@pytest.mark.parametrize("path", [*PATHS, "/accessibility/"])
def test_at_256_pixels_the_premium_table_alone_scrolls_beside_a_scroll_bar(engine, open_site, path):
    engine.resize(256, 800)
    engine.open(open_site.url + path)
    assert engine.run("return document.documentElement.clientWidth") < 256
    assert engine.run(f"return ({OUTSIDE_OF_SCROLLERS})()") == []


@pytest.mark.parametrize("path", PATHS)
def test_headings_break_between_phrases_alone(engine, open_site, path):
    engine.resize(360, 800)
    engine.open(open_site.url + path)
    assert engine.run(BROKEN_PHRASES) == []


def test_the_menu_opens_is_walked_and_closes_by_keyboard(engine, open_site):
    engine.resize(360, 800)
    engine.open(open_site.url + "/insurance/")
    assert not engine.run("return document.querySelector('#menu').checkVisibility()")
    engine.run("document.querySelector('.site-header > .menu-button').focus()")
    engine.press(ENTER)
    eventually(engine, "document.querySelector('#menu').matches(':popover-open')")
    engine.press(TAB)
    engine.press(TAB)
    assert engine.run("return document.activeElement.closest('#menu') !== null")
    engine.press(ESCAPE)
    eventually(engine, "!document.querySelector('#menu').matches(':popover-open')")
    engine.run("document.querySelector('.site-header > .menu-button').focus()")
    engine.press(ENTER)
    eventually(engine, "document.querySelector('#menu').matches(':popover-open')")
    engine.run("document.querySelector('#menu li:nth-child(2) a').focus()")
    engine.press(ENTER)
    eventually(engine, "location.pathname === '/insurance/premiums/'")


def test_a_day_is_asked_in_the_field_of_the_browser(engine, open_site):
    engine.resize(1280, 800)
    engine.open(open_site.url + "/insurance/join/")
    engine.run("document.querySelector('#id_on').value = '2026-01-10'")
    engine.run("document.querySelector('#id_on').form.querySelector('button').focus()")
    engine.press(ENTER)
    eventually(engine, "location.search === '?on=2026-01-10'")
    eventually(engine, "document.readyState === 'complete'")
    assert "2026年2月1日" in engine.run("return document.querySelector('main').innerText")


@pytest.mark.parametrize("engine", [Firefox], indirect=True)  # WebKitGTK's driver prints nothing
@pytest.mark.parametrize("path", ["/", "/insurance/", PATHS[-1]])
def test_no_heading_is_stranded_at_the_foot_of_a_sheet_in_firefox(
    engine, open_site, path, tmp_path
):
    engine.resize(1280, 800)
    engine.open(open_site.url + path)
    headings = engine.run("return [...document.querySelectorAll('h2, h3')].map(h => h.innerText)")
    (tmp_path / "printed.pdf").write_bytes(engine.print())
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "printed.pdf", "-"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    known = {squeezed(heading) for heading in headings}
    lasts = [squeezed(sheet.strip().rpartition("\n")[2]) for sheet in text.split("\f")]
    assert [last for last in lasts if last in known] == []
