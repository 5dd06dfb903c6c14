"""A real Chromium on the site as `make run` serves it, in the term and after its end.

These tests run in a process of their own (`make test` sees to it): after Playwright has been used,
Django refuses database calls for the rest of a process.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests import tasks
from tests.browser.complaints import TELL_VIOLATIONS, complaints_of
from tests.browser.office import TODAY, Computers, Office
from tests.browser.screen import BrowserScreen
from tests.serving import free_port, making, wait_until_served

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
MISSING = (
    "Chromium is missing: NOTHING OF WHAT A BROWSER SHOWS IS TESTED. "
    "apt install chromium-headless-shell fonts-noto-cjk"
)
CLOCKS = {"open": "2025-12-10T10:00", "ended": "2026-11-22T10:00"}


class Site:
    """The site as it is served at one moment, and its database."""

    def __init__(self, checkout: Path, url: str) -> None:
        self.checkout = checkout
        self.url = url

    def execute(self, statement: str, *parameters: Any) -> None:
        with closing(sqlite3.connect(self.checkout / "var" / "db.sqlite3")) as database, database:
            database.execute(statement, parameters)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM or os.environ.get("CI"):
        return
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):  # those of other folders come here too
            item.add_marker(pytest.mark.skip(reason=MISSING))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    if not CHROMIUM:
        pytest.fail(MISSING)
    return {
        "executable_path": CHROMIUM,
        "chromium_sandbox": False,
        "args": [
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"locale": "ja-JP", "timezone_id": "Asia/Tokyo", "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def sites(tmp_path_factory, copy_prepared) -> Iterator[dict[str, Site]]:
    """The site in both states, on one database, with a notice in each; the later one is important."""
    checkout = copy_prepared(tmp_path_factory.mktemp("checkout"))
    with making(checkout) as make:
        sites = {}
        for state, clock in CLOCKS.items():
            port = free_port()
            process = make("run", f"PORT={port}", f"SITE_CLOCK={clock}", "SECOND_FACTOR=off")
            wait_until_served(process, port)
            sites[state] = Site(checkout, f"http://127.0.0.1:{port}")
        for pk, public_from, important in ((1, "2025-09-01", False), (2, "2026-11-01", True)):
            sites["open"].execute(
                "INSERT INTO products_notice (id, uid, title, text, important, public_from,"
                " public_until) VALUES (?, ?, ?, ?, ?, ?, ?)",
                pk, f"{pk:032x}", "窓口の受付時間について", "一つ目の段落。\n\n二つ目の段落。", important,
                f"{public_from} 00:00:00", "2027-01-01 00:00:00",
            )  # fmt: skip
        yield sites


@pytest.fixture
def open_site(sites) -> Site:
    return sites["open"]


@pytest.fixture(params=CLOCKS)
def site(request, sites) -> Site:
    return sites[request.param]


@pytest.fixture(scope="session")
def window(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    """One for all tests, which saves half of their time: no page leaves anything behind in it."""
    context = browser.new_context(**browser_context_args)
    context.add_init_script(TELL_VIOLATIONS)
    yield context
    assert context.cookies() == []


@pytest.fixture
def page(window: BrowserContext) -> Iterator[Page]:
    """A page that must not complain: no message on the console, nothing that the policy forbids."""
    page = window.new_page()
    complaints = complaints_of(page)
    yield page
    page.close()
    assert not complaints


@pytest.fixture
def visit(page: Page) -> Callable[..., Page]:
    """Open a page of a site at a width, without the bar that says that the clock is pinned: visitors
    never see that."""

    def visit(site: Site, path: str, width: int = 1280, height: int = 800) -> Page:
        page.set_viewport_size({"width": width, "height": height})
        for _ in range(20):
            response = page.goto(site.url + path)
            if not response or response.status != 503:  # as on a busy machine
                break
            page.wait_for_timeout(500)
        page.locator(".pinned-clock").evaluate("element => element.remove()")
        return page

    return visit


@pytest.fixture(scope="session")
def office(tmp_path_factory, copy_prepared, browser) -> Iterator[Office]:
    checkout = copy_prepared(tmp_path_factory.mktemp("office"))
    with making(checkout) as make:
        yield Office(checkout, make, TODAY)


@pytest.fixture
def computers(browser, browser_context_args) -> Iterator[Computers]:
    computers = Computers(browser, browser_context_args)
    yield computers
    for context in computers.contexts:
        context.close()
    assert [each for each in computers.complaints if each] == []


@pytest.fixture
def hanako(office, computers) -> BrowserScreen:
    screen = computers.start(office.url)
    tasks.sign_in(screen, "花子")
    return screen


@pytest.fixture
def visitor(office, computers) -> Callable[..., str]:
    """Return the text of a page as somebody without an account reads it."""

    def visitor(path: str, clock: str = "") -> str:
        screen = computers.start(office.at(clock) if clock else office.url).open(path)
        assert screen.page.context.cookies() == []
        return screen.main.inner_text()

    return visitor
