"""The HTML of a public page for an editor: each edit mark becomes a link to the field."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from urllib.parse import unquote

from editing.edit_marks import MARK, Mark, marks_in, without_marks

# No link may stand in these, nor in what assistive technology does not see: it follows after the end.
CLOSED_TO_LINKS = {"a", "button", "label", "select", "summary", "textarea"}
VOID = {
    "area",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
}
# A field has one link in each of these.
BLOCKS = re.compile("article|aside|caption|d[dlt]|div|h[1-4]|li|main|nav|ol|p|section|t[dh]|ul")
QUOTED = re.compile(r"(?:%EF%B7%[9A][0-9A-F])+")  # a mark in the query of a URL


def marks_on(html: str) -> list[Mark]:
    """Return the marks of a page or a part of it, each once, in order."""
    return list(dict.fromkeys(marks_in(unquote(html))))


def head_and_body(html: str) -> tuple[str, str]:
    """Return the two parts of a page."""
    head, start, body = html.partition("<body")
    return head, start + body


def with_links(body: str, link: Callable[[Mark, int], str]) -> str:
    """Return the body with the HTML of a link in place of each mark; `link` is told how many it has had before."""
    page = _Body(link)
    page.feed(body)
    page.close()
    return "".join(page.written)


def without_links(head: str) -> str:
    """Return the head, in which no link can stand, without its marks."""
    return without_marks(QUOTED.sub("", head))


class _Body(HTMLParser):
    """Writes each piece of a page as it was, and links for its marks."""

    def __init__(self, link: Callable[[Mark, int], str]) -> None:
        super().__init__(convert_charrefs=False)
        self.written: list[str] = []
        self._link = link
        self._waiting: list[Mark] = []
        self._done: set[Mark] = set()  # in this block
        self._links: Counter[Mark] = Counter()  # on this page
        # The open element that takes no link, and how many of its kind are open within it.
        self._closed, self._depth = "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        source = self.get_starttag_text() or ""
        self._waiting += marks_on(source)
        self.written.append(without_links(source))
        is_hidden = (
            "aria-hidden",
            "true",
        ) in attrs and tag not in VOID  # a void element has no end
        if not self._closed and (tag in CLOSED_TO_LINKS or is_hidden):
            self._closed = tag
        self._depth += tag == self._closed
        self._end_of_piece(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._close(tag)

    def handle_endtag(self, tag: str) -> None:
        self.written.append(f"</{tag}>")
        self._close(tag)
        self._end_of_piece(tag)

    def _close(self, tag: str) -> None:
        self._depth -= tag == self._closed
        if not self._depth:
            self._closed = ""

    def handle_data(self, data: str) -> None:
        for place, part in enumerate(MARK.split(data)):  # texts and codes in turn
            if place % 2 == 0:
                self.written.append(part)
            elif mark := Mark.read(part):
                self._waiting.append(mark)
                self._write_links()

    def handle_entityref(self, name: str) -> None:
        self.written.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.written.append(f"&#{name};")

    def _end_of_piece(self, tag: str) -> None:
        self._write_links()
        if BLOCKS.fullmatch(tag):
            self._done.clear()

    def _write_links(self) -> None:
        if self._closed:
            return
        for mark in self._waiting:
            if mark not in self._done:
                self.written.append(self._link(mark, self._links[mark]))
                self._done.add(mark)
                self._links[mark] += 1
        self._waiting = []
