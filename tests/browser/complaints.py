"""Collector of a browser's complaints: console messages, failing scripts, violations of the CSP."""

from playwright.sync_api import Page, Response

TELL_VIOLATIONS = (
    "addEventListener('securitypolicyviolation', event => console.error(event.violatedDirective))"
)


def complaints_of(page: Page) -> list[str]:
    """Collects what the page writes on the console and what its scripts throw."""
    complaints: list[str] = []
    refused: set[str] = set()

    def note_refusal(response: Response) -> None:
        if response.status >= 400 and response.request.is_navigation_request():
            refused.add(response.url)  # Chromium itself reports the status of such a page

    page.on("response", note_refusal)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            message.location["url"] in refused
            or complaints.append(f"{message.text} ({message.location['url']})")
        ),
    )
    return complaints
