"""The cells of a spreadsheet as the clipboard holds them: tabs between, quotes around what holds a tab or line end."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from core.japanese import plain
from products.pasting.problems import PasteError


@dataclass(frozen=True)
class Line:
    """The cells of one row of the spreadsheet. `number` is where it begins in the text, counted from 1."""

    number: int
    cells: list[str]


def lines_of(text: str) -> list[Line]:
    """Return the lines that hold a cell with text. Raises PasteError where a quote is never closed."""
    reader = csv.reader(io.StringIO(text, newline=""), dialect="excel-tab", strict=True)
    lines = []
    begins = 1
    try:
        for cells in reader:
            if any(map(plain, cells)):
                lines.append(Line(begins, cells))
            begins = reader.line_num + 1
    except csv.Error:
        raise PasteError(
            f'{begins}行目:引用符(")が閉じていないか、セルの途中にあります。'
            "セルを選び直してコピーし、貼り付けてください。"
        ) from None
    return lines
