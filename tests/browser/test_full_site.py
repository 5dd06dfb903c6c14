"""The full site: two public terms, long texts, two important notices, documents. Nothing breaks, and all fits."""

import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from os import environ
from time import sleep

import pytest
from pypdf import PdfReader

from tests.browser.axe import WCAG, findings
from tests.browser.conftest import Site
from tests.browser.sticking_out import OUTSIDE_OF_SCROLLERS, STICKING_OUT
from tests.browser.weight import weight
from tests.full_site import AT, PATHS
from tests.pages.page_paths import PAGE_PATHS
from tests.serving import free_port, get, making, wait_until_served


@pytest.fixture(scope="module")
def full_site(tmp_path_factory, copy_prepared) -> Iterator[Site]:
    checkout = copy_prepared(tmp_path_factory.mktemp("full"))
    with making(checkout) as make:
        port = free_port()
        wait_until_served(make("run", f"PORT={port}", f"SITE_CLOCK={AT}"), port)
        subprocess.run(
            [sys.executable, "manage.py", "shell", "--verbosity=0"],
            input="from tests.full_site import fill; fill()",
            cwd=checkout, check=True, capture_output=True, text=True, env={"PATH": environ["PATH"]},
        )  # fmt: skip
        for _ in range(300):  # until the site has read what was filled in
            if "重要" in get(port, "/")[1].decode():
                break
            sleep(0.1)
        else:
            pytest.fail("the site did not read what was filled in")
        yield Site(checkout, f"http://127.0.0.1:{port}")


@pytest.mark.parametrize("path", [*PAGE_PATHS, *PATHS])
def test_a_page_of_the_full_site_fits_and_axe_finds_nothing(full_site, visit, path):
    page = visit(full_site, path)
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(STICKING_OUT) == [], width
        assert findings(page, [*WCAG, "best-practice"]) == [], width


@pytest.mark.parametrize("path", [*PAGE_PATHS, *PATHS])
def test_a_page_of_the_full_site_comes_in_one_round_trip(full_site, path):
    assert weight(full_site.url, path) < 14_000


@pytest.mark.parametrize("path", [*PAGE_PATHS, *PATHS])
def test_at_256_pixels_the_premium_table_alone_scrolls_in_the_full_site_too(full_site, visit, path):
    page = visit(full_site, path, width=256)
    assert page.evaluate(OUTSIDE_OF_SCROLLERS) == []


def test_the_wall_sheet_of_the_full_site_is_printed_on_one_page(full_site, visit):
    pdf = PdfReader(BytesIO(visit(full_site, "/incident/").pdf(prefer_css_page_size=True)))
    assert len(pdf.pages) == 1


def test_long_key_facts_leave_no_empty_sheet_before_them(full_site, visit):
    pdf = PdfReader(BytesIO(visit(full_site, "/").pdf(prefer_css_page_size=True)))
    assert "3,153,310円" in pdf.pages[0].extract_text()


def test_the_full_site_is_full(full_site, visit):
    page = visit(full_site, "/insurance/")
    assert page.locator(".notice-bar a").count() == 2
    assert page.locator("main .documents a").count() == 1
    assert (
        "ただし、これは最後の文です。"
        in page.locator("[aria-labelledby=before-applying]").inner_text()
    )
    assert page.locator("[aria-labelledby=members]").is_visible()


def test_paper_adds_the_url_to_the_words_of_a_link_and_to_no_url(full_site, visit, page):
    page.emulate_media(media="print")
    visit(full_site, "/news/1/")
    added = """links => links.map(link => getComputedStyle(link, "::after").content)"""
    with_words, url, _, _ = page.locator("article p > a").evaluate_all(added)
    assert "https://a.jp/" in with_words or "attr(href)" in with_words
    assert url == "none"
