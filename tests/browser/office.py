"""The office of the secretariat: a site of its own to write in, and the people who work there."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.axe import COLOURS, WCAG, findings
from tests.browser.complaints import TELL_VIOLATIONS, complaints_of
from tests.serving import Make, free_port, wait_until_served

expect.set_options(timeout=15_000)  # a page may wait for servers that start beside it

TODAY = "2026-02-10T10:00"
PASSWORD = "a phrase nobody else would use"  # noqa: S105
PEOPLE = {"花子": "事務局", "太郎": "事務局", "新人": "事務局", "監査": "閲覧"}
HIRE = """
from django.contrib.auth.models import Group, User
for name, role in {people}.items():
    user = User.objects.create_user(name, password={password!r}, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
"""


class Office:
    """One database, and a server for each clock that somebody asks for."""

    def __init__(self, checkout: Path, make: Make) -> None:
        self.checkout = checkout
        self.make = make
        self.servers: dict[tuple[str, str], tuple[subprocess.Popen, int]] = {}
        self.url = self.at(TODAY)
        subprocess.run(
            [sys.executable, "manage.py", "shell", "--verbosity=0"],
            input=HIRE.format(people=PEOPLE, password=PASSWORD),
            cwd=checkout, check=True, capture_output=True, text=True, env={"PATH": os.environ["PATH"]},
        )  # fmt: skip

    def start(self, clock: str, second_factor: str = "off") -> None:
        """Begin to serve the site as of a moment; `at` waits for it."""
        port = free_port()
        process = self.make(
            "run", f"PORT={port}", f"SITE_CLOCK={clock}", f"SECOND_FACTOR={second_factor}"
        )
        self.servers[clock, second_factor] = (process, port)

    def at(self, clock: str, second_factor: str = "off") -> str:
        """The address of the site as of a moment."""
        if (clock, second_factor) not in self.servers:
            self.start(clock, second_factor)
        process, port = self.servers[clock, second_factor]
        wait_until_served(process, port)
        return f"http://127.0.0.1:{port}"


class Computers:
    """A browser for each person, which keeps what the pages complain of."""

    def __init__(self, browser: Browser, settings: dict[str, Any]) -> None:
        self.browser = browser
        self.settings = settings
        self.contexts: list[BrowserContext] = []
        self.complaints: list[list[str]] = []

    def start(self, **settings: Any) -> Page:
        context = self.browser.new_context(**self.settings | settings)
        context.set_default_timeout(10_000)
        context.add_init_script(TELL_VIOLATIONS)
        self.contexts.append(context)
        context.on("page", lambda page: self.complaints.append(complaints_of(page)))
        return context.new_page()


def sign_in(page: Page, url: str, name: str = "花子") -> Page:
    page.goto(f"{url}/admin/")
    page.get_by_label("ユーザー名").fill(name)
    page.get_by_label("パスワード").fill(PASSWORD)
    press(page, "ログイン")
    return page


def follow(page: Page, *names: str) -> None:
    """Click links of the content, one after the other: in a list the row, not the heading above it."""
    for name in names:
        with page.expect_navigation():
            page.get_by_role("main").get_by_role("link", name=name, exact=True).last.click()


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def press_enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def in_another_tab(page: Page, role: Literal["button", "link"], name: str) -> Page:
    """What opens beside the page when one presses the button or follows the link."""
    with page.context.expect_page() as opened:
        page.get_by_role("main").get_by_role(role, name=name, exact=True).click()
    return opened.value


def says(page: Page, text: str) -> None:
    expect(page.get_by_role("main")).to_contain_text(text)


# Not where the content itself stands, which may name the GDPR.
ENGLISH = """() => [document.title, ...[...document.querySelectorAll(
  "h1, label, button, [type=submit], thead th, .messagelist, .errorlist, .errornote"
)].filter(each => each.checkVisibility()).map(each => each.innerText || each.value || "")]
  .filter(text => /[A-Za-z]{3}/.test(text.replace(/JNX|SOMPO|PDF|URL/g, "")))"""


def faults_of(page: Page) -> list[str]:
    """What keeps somebody from using the page on a desk or on a telephone, by day or by night."""
    faults = [f"not Japanese: {each}" for each in page.evaluate(ENGLISH)]
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme, rules in (("dark", COLOURS), ("light", WCAG)):
            page.emulate_media(color_scheme=scheme)
            page.evaluate("Promise.all(document.getAnimations().map(each => each.finished))")
            faults += [f"{width} {scheme} {each}" for each in findings(page, rules)]
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            faults.append(f"{width} scrolls sideways ({wide})")
    return faults
