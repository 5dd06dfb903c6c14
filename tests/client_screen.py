"""The screens of an editor in Django's test client: fast, without scripts."""

import re
from collections.abc import Mapping
from copy import copy
from typing import Any, Self
from urllib.parse import urljoin

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from lxml.html import HtmlElement

from tests.html import Page, squeezed
from tests.tasks import File

LABELS = ("a", "button", "label", "legend", "summary", "option", "th", "td", "dt", "h1", "h2", "h3",
          "strong", "textarea", "input[type=submit]")  # fmt: skip


def said(element: HtmlElement) -> str:
    """Return the words of a button, link, label or heading, without final colon and count."""
    words = element.get("value") if element.tag == "input" else element.text_content()
    return re.sub(r"(:|\(\d+件\))$", "", squeezed(words or ""))


class ClientScreen:
    """A tests.tasks.Screen that also keeps the words of all screens seen, in this and new tabs."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.words: set[str] = set()
        self.filled: dict[HtmlElement, str | bool | File] = {}
        self.page: Page
        self.path = ""

    def open(self, path: str = "/admin/", status: int = 200) -> Self:
        return self._show(self.client.get(path, secure=True, follow=True), path, status)

    def follow(self, *words: str, within: str = "", around: str = "main") -> Self:
        """`around` selects the part of the page with the link: the content, or what surrounds it.

        Of several links the last is meant: in a list the row, not the heading above it.
        """
        for name in words:
            links = [
                link
                for link in self.page.all(f"{around} a[href]")
                if said(link) == squeezed(name)
                and (not within or within in link.xpath("string(ancestor::tr)"))
            ]
            assert links, f"{name}: no such link on {self.path}"
            self.open(urljoin(self.path, links[-1].get("href")))
        return self

    def fill(self, fields: Mapping[str, str | bool | File]) -> Self:
        for label, value in fields.items():
            self.filled[self._field(label)] = value
        return self

    def press(self, words: str, status: int = 200) -> Self:
        """Press the first button with these words."""
        buttons = self._buttons(words)
        assert buttons, f"{words}: no such button on {self.path}"
        button = buttons[0]
        form = next(button.iterancestors("form"))
        data: dict[str, Any] = {}
        for name, value in form.form_values():
            data.setdefault(name, []).append(value)
        for field in self.filled:
            assert form in field.iterancestors(), f"{field.name}: not sent by {words}"
            data.pop(field.name, None)
        for field, value in self.filled.items():
            if value is not False:  # of several ticks with one name, all are sent
                data.setdefault(field.name, []).append(_sent(field, value))
        if button.get("name"):
            data[button.get("name")] = button.get("value") or ""
        action = urljoin(self.path, form.get("action") or "")
        send = self.client.get if form.method == "GET" else self.client.post
        return self._show(send(action, data, secure=True, follow=True), action, status)

    def in_new_tab(self, words: str) -> Self:
        tab = copy(self)
        return tab.press(words) if self._buttons(words) else tab.follow(words)

    def says(self, words: str) -> None:
        assert squeezed(words) in self.text, f"{words}: not on {self.path}"

    @property
    def text(self) -> str:
        """The content of the screen, without white space."""
        return "".join(self.page.texts("main"))

    def texts(self, selector: str) -> list[str]:
        return self.page.texts(selector)

    def _buttons(self, words: str) -> list[HtmlElement]:
        return [
            button
            for button in self.page.all("button, input[type=submit]")
            # The hidden first button only takes the Enter key.
            if said(button) == words and "first-button" not in (button.get("class") or "")
        ]

    def _field(self, label: str) -> HtmlElement:
        if label.startswith("id_"):  # of a table, where the labels are those of the columns
            return self.page.document.get_element_by_id(label)
        for each in self.page.all("form label[for]"):
            if said(each) == squeezed(label):
                return self.page.document.get_element_by_id(each.get("for"))
        for each in self.page.all("form label:not([for])"):  # around its field
            if squeezed(each.text or "").rstrip(":") == squeezed(label):
                return each.cssselect("select, input")[0]
        for each in self.page.all("fieldset legend"):  # of a file, since Django 6.1
            inputs = each.getparent().cssselect("input[type=file]")
            if inputs and said(each) == squeezed(label):
                return inputs[0]
        named = [each for each in self.page.all("[aria-label]") if each.get("aria-label") == label]
        assert named, f"{label}: no such field on {self.path}"
        return named[0]

    def _show(self, response: HttpResponse, path: str, status: int) -> Self:
        assert response.status_code == status, f"{path}: {response.status_code}"
        self.path = response.redirect_chain[-1][0] if response.redirect_chain else path
        self.page = Page(response)
        self.filled = {}
        self.words |= {said(element) for element in self.page.all(", ".join(LABELS))}
        self.words |= {squeezed(link.get("title")) for link in self.page.all("a[title]")}
        # Django writes these two buttons at the fields of days and hours by script.
        if self.page.all(".vDateField"):
            self.words |= {"今日", "現在"}
        return self


def _sent(field: HtmlElement, value: str | bool | File) -> Any:
    """Return what the test client sends for a filled field."""
    if isinstance(value, File):
        return SimpleUploadedFile(value.name, value.content, "application/pdf")
    if value is True:
        return field.get("value") or "on"
    if field.tag == "select":
        return next(each.get("value") for each in field.iter("option") if said(each) == value)
    return value
