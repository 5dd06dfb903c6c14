"""The screens of an editor in a browser tab."""

import re
from collections.abc import Mapping
from typing import Self

from playwright.sync_api import Locator, Page, expect

from tests.tasks import File


class BrowserScreen:
    """A tests.tasks.Screen on a tab of Chromium."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def open(self, path: str = "/admin/") -> Self:
        self.page.goto(self.url + path)
        return self

    def follow(self, *words: str, within: str = "") -> Self:
        """Follow the last link with these words: in a list the row, not the heading above it."""
        for name in words:
            place = self.main.get_by_role("row").filter(has_text=within) if within else self.main
            with self.page.expect_navigation():
                place.get_by_role("link", name=name, exact=True).last.click()
        return self

    def fill(self, fields: Mapping[str, str | bool | File]) -> Self:
        for label, value in fields.items():
            field = self.field(label)
            if isinstance(value, bool):
                field.set_checked(value)
            elif isinstance(value, File):
                field.set_input_files(
                    {"name": value.name, "mimeType": "application/pdf", "buffer": value.content}
                )
            elif field.evaluate("element => element.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)
        return self

    def press(self, words: str) -> Self:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=words, exact=True).click()
        return self

    def in_new_tab(self, words: str) -> Self:
        opener = self.main.get_by_role("button", name=words, exact=True)
        opener = opener.or_(self.main.get_by_role("link", name=words, exact=True))
        with self.page.context.expect_page() as opened:
            opener.click()
        return type(self)(opened.value, self.url)

    def says(self, words: str) -> None:
        expect(self.main).to_contain_text(words)

    def texts(self, selector: str) -> list[str]:
        return self.page.locator(selector).all_inner_texts()

    def field(self, label: str) -> Locator:
        """Return the field with a label, which Django may end with a colon; no section so named."""
        labelled = self.main.get_by_label(re.compile(rf"^\s*{re.escape(label)}:?\s*$"))
        return labelled.and_(self.page.locator("input, select, textarea"))
