"""The premium table as cells copied from a spreadsheet. Needs no database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from core.japanese import half_width, parse_yen

COLUMNS = (
    "No",
    "売上高",
    "賠償",
    "費用",
    "利益",
    "利益てん補期間",
    "年間保険料の下限",
    "年間保険料の上限",
    "月額の下限",
    "月額の上限",
)
NOTHING = ("", "-", "なし")
RANGE_MARK = re.compile(r"[〜~]")
MOST_ROWS = 100


@dataclass(frozen=True)
class PastedRow:
    """One example as it was pasted. Amounts are whole yen; profit is None where it is not covered."""

    line: int
    number: int
    turnover: int
    liability_limit: int
    expense_limit: int
    profit_limit: int | None
    profit_indemnity_months: int | None
    annual_low: int
    annual_high: int
    monthly_low: int
    monthly_high: int

    @property
    def values(self) -> dict[str, int | None]:
        return {name: value for name, value in vars(self).items() if name != "line"}


class PasteError(ValidationError):
    """The cells that cannot be read: a message for each names line, column and what was expected."""


def parse_premium_table(text: str) -> list[PastedRow]:
    """Return the rows of a pasted table. Raises PasteError.

    A line has ten cells between tabs, or eight where each range stands in one cell (low〜high). A first line
    of headings and empty lines are skipped; an empty cell of 売上高, 賠償 or 費用 repeats the one above, as
    merged cells paste.
    """
    rows: list[PastedRow] = []
    messages: list[str] = []
    above: dict[str, int] = {}
    for line, cells in _lines(text):
        if len(cells) != len(COLUMNS):
            messages.append(
                f"{line}行目:セルが{len(cells)}個あります。"
                f"{len(COLUMNS)}個({'、'.join(COLUMNS)})にしてください。"
            )
            continue
        reader = _Reader(line, cells, above)
        values = reader.read()
        messages += reader.messages
        if not reader.messages:
            rows.append(PastedRow(line=line, **values))  # type: ignore[arg-type]
    if not rows and not messages:
        messages.append("表がありません。表計算ソフトでセルを選んでコピーし、貼り付けてください。")
    numbers = [row.number for row in rows]
    messages += [
        f"{row.line}行目 No:{row.number}が2回あります。"
        for place, row in enumerate(rows)
        if row.number in numbers[:place]
    ]
    if len(rows) > MOST_ROWS:
        messages.append(f"行が多すぎます。{MOST_ROWS}行までにしてください。")
    if messages:
        raise PasteError(messages)
    return rows


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines that hold a row, counted from 1, each with its cells."""
    seen_a_row = False
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [
            part
            for place, cell in enumerate(line.split("\t"))
            for part in _parts(half_width(cell).strip(), place)
        ]
        while len(cells) > len(COLUMNS) and not cells[-1]:
            cells.pop()
        if not any(cells):
            continue
        if not seen_a_row and not re.search(r"[0-9]", cells[0]):
            continue  # headings
        seen_a_row = True
        yield number, cells


def _parts(cell: str, place: int) -> list[str]:
    """Return the two ends of a range that stands in one cell of premiums."""
    return [part.strip() for part in RANGE_MARK.split(cell)] if place >= 6 else [cell]


class _Reader:
    """Reads the cells of one line and notes what it cannot read."""

    def __init__(self, line: int, cells: list[str], above: dict[str, int]) -> None:
        self.line = line
        self.cells = dict(zip(COLUMNS, cells, strict=True))
        self.above = above
        self.messages: list[str] = []

    def read(self) -> dict[str, int | None]:
        profit = self.cells["利益"] not in NOTHING
        if not profit and self.cells["利益てん補期間"] not in NOTHING:
            self._refuse("利益", "利益てん補期間があるときは、利益の保険金額(例:1億円)")
        return {
            "number": self._count("No", "No.", "1 からの番号"),
            "turnover": self._yen_or_above("売上高"),
            "liability_limit": self._yen_or_above("賠償"),
            "expense_limit": self._yen_or_above("費用"),
            "profit_limit": self._yen("利益") if profit else None,
            "profit_indemnity_months": self._count(
                "利益てん補期間", "カ月ヶか月", "月の数(例:1カ月)"
            )
            if profit
            else None,
            "annual_low": self._yen("年間保険料の下限"),
            "annual_high": self._yen("年間保険料の上限"),
            "monthly_low": self._yen("月額の下限"),
            "monthly_high": self._yen("月額の上限"),
        }

    def _yen_or_above(self, column: str) -> int:
        if self.cells[column] in NOTHING and column in self.above:
            return self.above[column]
        self.above[column] = amount = self._yen(column)
        return amount

    def _yen(self, column: str) -> int:
        try:
            return parse_yen(self.cells[column])
        except ValueError:
            self._refuse(column, "金額(例:1,234,560円、10億円)")
            return 0

    def _count(self, column: str, around: str, expected: str) -> int:
        digits = self.cells[column].strip(around + " ")
        if not re.fullmatch(r"[0-9]{1,4}", digits) or int(digits) == 0:
            self._refuse(column, expected)
            return 0
        return int(digits)

    def _refuse(self, column: str, expected: str) -> None:
        self.messages.append(
            f"{self.line}行目 {column}:「{self.cells[column][:30]}」は読み取れません。"
            f"{expected}を入れてください。"
        )
