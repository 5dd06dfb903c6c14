"""The office of the secretariat: a site of its own to write in, and the people who work there."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, expect

from tests.browser.axe import COLOURS, WCAG, findings
from tests.browser.complaints import TELL_VIOLATIONS, complaints_of
from tests.browser.screen import BrowserScreen
from tests.serving import LoggedProcess, Make, free_port, wait_until_served

expect.set_options(timeout=15_000)  # a page may wait for servers that start beside it

TODAY = "2026-02-10T10:00"


class Office:
    """One database with the people who work on it, and a server for each clock asked for."""

    def __init__(self, checkout: Path, make: Make, clock: str, second_factor: str = "off") -> None:
        self.checkout = checkout
        self.make = make
        self.servers: dict[tuple[str, str], tuple[LoggedProcess, int]] = {}
        self.url = self.at(clock, second_factor)
        subprocess.run(
            [sys.executable, "manage.py", "shell", "--verbosity=0"],
            input="from tests.people import hire_secretariat; hire_secretariat()",
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
        """The URL of the site as of a moment."""
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

    def start(self, url: str, **settings: Any) -> BrowserScreen:
        context = self.browser.new_context(**self.settings | settings)
        context.set_default_timeout(10_000)
        context.add_init_script(TELL_VIOLATIONS)
        self.contexts.append(context)
        context.on("page", lambda page: self.complaints.append(complaints_of(page)))
        return BrowserScreen(context.new_page(), url)


def paste(field: Locator, text: str) -> None:
    """Replace what the field holds by pasting: the text lies on the clipboard as Excel would put it there."""
    page = field.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    field.click()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.press("ControlOrMeta+V")


def refused(field: Locator, words: str) -> None:
    """Assert that the field is marked as wrong, and that these words belong to it, for who hears them too."""
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile(re.escape(words)))


# Not where the content itself stands, which may name the GDPR.
ENGLISH = """() => [document.title, ...[...document.querySelectorAll(
  "h1, label, button, [type=submit], thead th, .messagelist, .errorlist, .errornote"
)].filter(each => each.checkVisibility()).map(each => each.innerText || each.value || "")]
  .filter(text => /[A-Za-z]{3}/.test(text.replace(/JNX|SOMPO|PDF|URL/g, "")))"""


def faults_of(screen: BrowserScreen) -> list[str]:
    """Return the barriers on the page, at desk and phone width, in light and dark."""
    page = screen.page
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
