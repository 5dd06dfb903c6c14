"""Tests of a page's cost for the visitor: bytes, requests, nodes, layout shift."""

from urllib.parse import urlsplit

import pytest

from tests.browser.visible_paths import ANSWERS
from tests.browser.weight import weight
from tests.pages.page_paths import PAGE_PATHS, TERM_PATH

LIMIT = 11_264  # bytes of HTML and style sheets as they are sent, headers included
# What says more has a limit of its own, still well within the first round trip of a connection
# (14,000 bytes): all of the cover with all of its conditions.
LIMITS = {
    "/": 12_800,
    "/insurance/": 12_800,
    TERM_PATH: 12_800,
    "/insurance/summary/?no=4&on=2025-12-10": 12_800,
    "/insurance/summary/?turnover=30億円&on=2025-12-10": 12_800,
}
MOST_NODES = 900
MOST_REQUESTS = 4

# Notes where everything is when the page is first shown whole. Layout shifts as browsers count them would
# include those between pieces of a page that comes, or is read, slowly.
# The test awaits `noted`: Playwright's wait_for_function calls eval(), which the page's policy forbids.
NOTE_PLACES = """window.noted = new Promise(noted => {
  const places = () => [...document.body.querySelectorAll("*")].map(element => {
    const {x, y, width, height} = element.getBoundingClientRect();
    return [element.tagName, x, y, width, height].join(" ");
  });
  addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => {
    const first = places();
    window.moved = () => places().filter((place, number) => place !== first[number]);
    noted(true);
  }));
})"""


@pytest.mark.parametrize("path", [*PAGE_PATHS, TERM_PATH, *ANSWERS])
def test_a_page_and_its_style_sheet_come_in_one_round_trip(site, path):
    assert weight(site.url, path) <= LIMITS.get(path, LIMIT)


@pytest.mark.parametrize("path", [*PAGE_PATHS, TERM_PATH, *ANSWERS])
def test_a_page_takes_three_requests_and_does_not_jump(open_site, page, path):
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.add_init_script(NOTE_PLACES)
    response = page.goto(open_site.url + path)
    assert response.ok
    page.evaluate("noted")
    page.wait_for_timeout(200)
    assert page.evaluate("moved()") == []
    assert page.evaluate("document.querySelectorAll('*').length") <= MOST_NODES
    assert len(requests) <= MOST_REQUESTS, requests
    assert {urlsplit(request).netloc for request in requests} == {urlsplit(open_site.url).netloc}
