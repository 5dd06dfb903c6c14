"""axe-core on a page: the rules, and what it finds fault with."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
COLOURS = {
    "type": "rule",
    "values": ["color-contrast", "link-in-text-block"],
}  # what schemes change


def run_axe(page: Page, run_only: list[str] | dict[str, Any]) -> dict[str, Any]:
    """Return axe's report on the page as it is; of passing rules only the names."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    # Without preload: axe would write imported style sheets into the page, which the policy forbids.
    # Without iframes: in that of the preview pane no script runs, so that axe would wait in vain.
    return page.evaluate(
        "runOnly => axe.run({runOnly, resultTypes: ['violations'], preload: false, iframes: false})",
        run_only,
    )


def findings(page: Page, run_only: list[str] | dict[str, Any]) -> list[str]:
    """Return the violations that axe found, each with its first element."""
    return [
        f"{each['id']} ({len(each['nodes'])}): {each['nodes'][0]['html']}"
        for each in run_axe(page, run_only)["violations"]
    ]
