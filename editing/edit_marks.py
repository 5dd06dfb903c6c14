"""Edit marks: what leads from a text on a public page to the field that holds it.

A mark is a row of invisible characters in front of the text. It passes through templates and filters as a part of
the text, until `editing/marked_page.py` makes a link of it. Only content that was read for an editor has marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models

from core.fields import ProseField, WordsField
from editing.content_models import content_models
from editing.row_walk import rows_within

# Unicode noncharacters: no text of the content has one, as inputs drop them.
START, END = "\ufdd0", "\ufdd1"
WRITTEN = dict(zip(map(ord, "0123456789."), map(chr, range(0xFDD2, 0xFDDD)), strict=True))
READ = {ord(value): chr(key) for key, value in WRITTEN.items()}
NUMBER = f"[{WRITTEN[ord('0')]}-{WRITTEN[ord('9')]}]{{1,18}}"
MARK = re.compile(f"{START}({WRITTEN[ord('.')].join([NUMBER] * 3)}){END}")

LINE = re.compile(".+")

# The kinds of fields whose text stands on pages as it is. No page may compare or compute with it.
TEXT_FIELDS = (WordsField, ProseField, models.EmailField, models.URLField)


@dataclass(frozen=True)
class Mark:
    """A field of a row of the content."""

    model: type[models.Model]
    pk: int
    name: str  # of the field

    def __str__(self) -> str:
        """Return the mark as it stands in a text."""
        names = _field_names(self.model)
        code = f"{_models().index(self.model)}.{self.pk}.{names.index(self.name)}"
        return f"{START}{code.translate(WRITTEN)}{END}"

    @classmethod
    def read(cls, code: str) -> Mark | None:
        """Return the mark of which MARK found this code; None for one that a visitor made up in a URL."""
        model_number, pk, field_number = map(int, code.translate(READ).split("."))
        try:
            model = _models()[model_number]
            return cls(model, pk, _field_names(model)[field_number])
        except IndexError:
            return None


class MarkedText(str):
    """A text with marks, that is compared and sorted without them."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and without_marks(self) == without_marks(other)

    def __lt__(self, other: str) -> bool:
        return without_marks(self) < without_marks(other)

    def __hash__(self) -> int:
        return hash(without_marks(self))


def without_marks(text: str) -> str:
    """Return the text as visitors see it."""
    return MARK.sub("", text)


def marks_in(text: str) -> list[Mark]:
    """Return the marks of the text, in its order."""
    return [mark for code in MARK.findall(text) if (mark := Mark.read(code))]


def mark_rows(rows: Iterable[models.Model]) -> None:
    """Put marks into the texts of the rows, and of all rows that were read together with them."""
    for row in rows_within(rows):
        if type(row) in _models():
            _mark(row)


def mark_of(row: models.Model | None, name: str) -> str:
    """Return the mark of a field, to stand beside what is no text; "" where the row has no marks."""
    return str(Mark(type(row), row.pk, name)) if row and hasattr(row, "has_marks") else ""


def _mark(row: Any) -> None:
    for field in type(row)._meta.fields:
        text = getattr(row, field.name) if isinstance(field, TEXT_FIELDS) else ""
        if text:
            mark = str(Mark(type(row), row.pk, field.name))
            setattr(row, field.name, MarkedText(LINE.sub(rf"{mark}\g<0>", text)))
    row.has_marks = True


@cache
def _models() -> tuple[type[models.Model], ...]:
    return tuple(content_models())


@cache
def _field_names(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.name for field in model._meta.fields)
