"""axe-core on every page, and whether the public statement claims what the tests check."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from pages.accessibility import CRITERIA, Method
from tests.browser.axe import COLOURS, WCAG, findings, run_axe
from tests.browser.visible_paths import EVERYTHING

WIDTHS = (320, 768, 1280)
TESTS = Path(__file__).parent.parent


# The accessibility page says that axe looks at every page, at these widths and in both states.
@pytest.mark.parametrize("path", EVERYTHING)
def test_axe_finds_nothing_in_any_width_and_colour_scheme(site, visit, path):
    page = visit(site, path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="light")
        assert findings(page, [*WCAG, "best-practice"]) == [], width
        page.emulate_media(color_scheme="dark")
        assert findings(page, COLOURS) == [], width


def test_axe_would_find_something(open_site, visit):
    page = visit(open_site, "/")
    page.evaluate(
        "document.querySelector('h1').style.color = getComputedStyle(document.body).color"
    )
    assert findings(page, WCAG)[0].startswith("color-contrast (1): <h1 ")


@pytest.fixture(scope="module")
def secretary(sites, browser, browser_context_args) -> Iterator[Page]:
    """A page of the admin with somebody of the secretariat signed in."""
    site = sites["open"]
    subprocess.run(
        [sys.executable, "manage.py", "createsuperuser", "--noinput", "--username", "clerk",
         "--email", "clerk@example.jp"],
        cwd=site.checkout, check=True, capture_output=True,
        env={"PATH": os.environ["PATH"], "DJANGO_SUPERUSER_PASSWORD": "a long password of a clerk"},
    )  # fmt: skip
    context = browser.new_context(**browser_context_args)
    page = context.new_page()
    page.goto(f"{site.url}/admin/")
    page.fill("[name=username]", "clerk")
    page.fill("[name=password]", "a long password of a clerk")
    page.click("[type=submit]")
    yield page
    context.close()


@pytest.mark.parametrize(
    "path",
    [
        "", "products/policyterm/", "products/policyterm/1/change/", "products/policyterm/add/",
        "contacts/desk/", "contacts/desk/1/change/", "products/notice/", "products/notice/add/",
        "products/notice/1/delete/", "products/notice/1/history/", "products/document/",
        "products/document/1/change/", "products/supportdesk/1/change/",
        "products/coveragecategory/1/change/", "products/faqentry/", "products/legaltext/1/change/",
        "products/securityprogram/1/change/", "password_change/", "account/", "auth/user/",
        "auth/user/add/", "auth/user/1/change/", "record/", "sign-ins/", "products/faqentry/1/delete/",
        "products/faqentry/recover/",
    ],
)  # fmt: skip
def test_axe_finds_nothing_on_the_pages_of_the_secretariat(secretary, sites, path):
    for width in (360, 1280):
        secretary.set_viewport_size({"width": width, "height": 800})
        secretary.goto(f"{sites['open'].url}/admin/{path}")
        assert secretary.locator("#user-tools").count() == 1
        assert findings(secretary, WCAG) == []


def marked_criteria() -> set[str]:
    """The criteria that tests are marked with."""
    marks = [
        mark
        for file in TESTS.rglob("test_*.py")
        for mark in re.findall(r"^@pytest\.mark\.criteria\((.*)\)$", file.read_text(), re.MULTILINE)
    ]
    return {number for mark in marks for number in re.findall(r"[0-9.]+", mark)}


def test_the_statement_claims_tests_of_our_own_where_there_are_some():
    claimed = {each.number for each in CRITERIA if Method.TEST in each.methods}
    assert claimed == marked_criteria()


def test_the_statement_claims_axe_where_axe_has_rules_that_found_something_to_check(
    open_site, visit
):
    checked = set()
    for path in ("/", "/insurance/premiums/"):
        results = run_axe(visit(open_site, path), WCAG)
        for rule in results["passes"] + results["incomplete"]:
            for tag in rule["tags"]:
                if found := re.fullmatch(r"wcag([0-9])([0-9])([0-9]+)", tag):
                    checked.add(".".join(found.groups()))
    claimed = {each.number for each in CRITERIA if Method.AXE in each.methods}
    assert claimed <= checked


def test_the_statement_lists_every_criterion_once(open_site, visit):
    page = visit(open_site, "/accessibility/")
    rows = page.locator(".criteria tbody th").all_text_contents()
    numbers = [row.split()[0] for row in rows]
    assert numbers == sorted(set(numbers), key=lambda number: [int(n) for n in number.split(".")])
    in_jis = page.locator(".criteria tbody tr", has_text="JIS").count()
    assert (len(numbers), in_jis) == (56, 38)
