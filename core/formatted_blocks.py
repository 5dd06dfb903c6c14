"""The blocks of a formatted text: its lists and paragraphs. `core/formatted_text.py` puts them to use."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import Preprocessor

# Editors' views have invisible marks in front of each line and each value: editing/edit_marks.py.
MARKS = "[\ufdd0-\ufdef]*"
BLANK = re.compile(rf"{MARKS}\s*")
BULLET = re.compile(rf"^({MARKS})-[ \u3000]+(?=\S)(.*)", re.DOTALL)
# No zero in front: the browser writes the number, and writes it without.
NUMBER = re.compile(rf"({MARKS})([1-9][0-9]{{0,2}})\.[ \u3000]+(?=\S)(.*)", re.DOTALL)
CONTINUED = re.compile(rf"{MARKS}[ \u3000]")


def _kind(line: str) -> str:
    """Return what a line is by its beginning."""
    if BLANK.fullmatch(line):
        return "blank"
    if BULLET.match(line):
        return "ul"
    return "ol" if NUMBER.match(line) else "text"


class Separate(Preprocessor):
    """Puts an empty line before and after each list, so that each block is of one kind.

    An indented line goes on with the item above it.
    """

    def run(self, lines: list[str]) -> list[str]:
        separate: list[str] = []
        before = "blank"
        for line in lines:
            kind = _kind(line)
            if kind == "text" and before in {"ul", "ol"} and CONTINUED.match(line):
                kind = before
            if "blank" in (kind, before) or kind == before:
                separate.append("" if kind == "blank" else line)
            else:
                separate += ["", line]
            before = kind
        return separate


class List(BlockProcessor):
    """A block of lines that begin with "- " or with a number, whose numbers stay as they were typed."""

    def test(self, parent: Element, block: str) -> bool:
        return _kind(_lines(block)[0]) in {"ul", "ol"}

    def run(self, parent: Element, blocks: list[str]) -> None:
        for line in _lines(blocks.pop(0)):
            if bullet := BULLET.match(line):
                self._add(parent, "ul", None, bullet[1] + bullet[2])
            elif number := NUMBER.match(line):
                self._add(parent, "ol", int(number[2]), number[1] + number[3])
            else:
                item = parent[-1][-1]
                item.text = f"{item.text}\n{line}"

    def _add(self, parent: Element, tag: str, number: int | None, text: str) -> None:
        """Add an item to the list above it, or begin a list."""
        items = parent[-1] if len(parent) else None
        if items is None or items.tag != tag or number not in (None, _next_number(items)):
            items = SubElement(parent, tag)
            if number not in (None, 1):
                items.set("start", str(number))
        SubElement(items, "li").text = text


class Paragraph(BlockProcessor):
    """A block that is no list."""

    def test(self, parent: Element, block: str) -> bool:
        return True

    def run(self, parent: Element, blocks: list[str]) -> None:
        text = blocks.pop(0).strip("\n")
        if text:
            SubElement(parent, "p").text = text


def _lines(block: str) -> list[str]:
    return block.strip("\n").split("\n")


def _next_number(items: Element) -> int:
    """Return the number that a browser gives the next item."""
    return int(items.get("start", "1")) + len(items)
