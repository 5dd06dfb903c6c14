"""The rows of a pasted premium table."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from core.japanese import REVERSES, changed_digit, plain
from products.pasting.cells import (
    OWN_UNIT,
    PLAIN_AMOUNT,
    CannotReadError,
    months,
    row_number,
    strange_character,
    yen_of_number,
    yen_with_unit,
)
from products.pasting.clipboard import lines_of
from products.pasting.layout import COLUMNS, Layout, Row, layout_of
from products.pasting.problems import PasteError, Problem, messages_for, visible
from products.pasting.units import PREMIUMS, Unit, unit_of
from products.premiums import MOST_ROWS

NOTHING = re.compile(r"-*|なし|無し?")
MOST_CHARACTERS = 50_000  # several times a full table; a whole sheet would keep the server busy
TOO_LONG = (
    f"文字が多すぎます。表のセルだけを選んでコピーし、{MOST_ROWS}行までを貼り付けてください。"
)
AN_AMOUNT = "金額(例:1,234,560円、10億円)を入れてください。"
# Below these yen, a figure without any unit had one that was left out.
MOST_LIKELY_IN_A_UNIT = {
    1: 10_000,
    2: 10_000,
    3: 10_000,
    4: 10_000,
    6: 10_000,
    7: 10_000,
    8: 1_000,
    9: 1_000,
}


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


def parse_premium_table(text: str) -> list[PastedRow]:
    """Return the rows of a pasted table. Raises PasteError.

    A row has the ten cells of `COLUMNS`; a range of premiums may also stand in one cell (low〜high), or with its
    mark in a cell of its own. Empty columns beside the table are skipped. Lines above and below may state units. An
    empty cell of 売上高, 賠償 or 費用 repeats the one above, as merged cells paste.
    """
    if len(text) > MOST_CHARACTERS:
        raise PasteError([TOO_LONG])
    layout = layout_of(lines_of(text))
    reader = _Reader(layout)
    rows = [reader.read(row) for row in layout.rows]
    problems = [*layout.problems, *reader.problems, *_repeated(rows)]
    messages = messages_for(sorted(problems, key=lambda problem: problem.line))
    if not rows and not messages:
        messages.append("表がありません。表計算ソフトでセルを選んでコピーし、貼り付けてください。")
    if len(rows) > MOST_ROWS:
        messages.append(f"行が多すぎます。{MOST_ROWS}行までにしてください。")
    if messages:
        raise PasteError(messages)
    return rows


def _repeated(rows: list[PastedRow]) -> list[Problem]:
    numbers = [row.number for row in rows]
    return [
        Problem(row.line, f"{row.number}が2回あります。", column="No")
        for place, row in enumerate(rows)
        if row.number and row.number in numbers[:place]
    ]


class _Reader:
    """Reads rows and notes what it cannot read, for which it returns 0."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.problems: list[Problem] = []
        self.above: dict[int, int] = {}
        self.units = [unit_of(column, layout.statements) for column in range(len(COLUMNS))]

    def read(self, row: Row) -> PastedRow:
        covers_profit = not NOTHING.fullmatch(plain(row.cells[4]))
        if not covers_profit and not NOTHING.fullmatch(plain(row.cells[5])):
            self._refuse(
                row,
                4,
                advice="利益てん補期間があるときは、利益の保険金額(例:1億円)を入れてください。",
            )
        return PastedRow(
            row.line,
            self._read(row, 0, row_number, "1 からの番号を入れてください。"),
            self._yen_or_above(row, 1),
            self._yen_or_above(row, 2),
            self._yen_or_above(row, 3),
            self._yen(row, 4) if covers_profit else None,
            self._read(row, 5, self._months, "月の数(例:1カ月)を入れてください。")
            if covers_profit
            else None,
            *(self._yen(row, column) for column in (6, 7, 8, 9)),
        )

    def _months(self, cell: str) -> int:
        return months(cell, needs_unit=self.layout.months_need_unit)

    def _yen_or_above(self, row: Row, column: int) -> int:
        if plain(row.cells[column]) or column not in self.above:
            self.above[column] = self._yen(row, column)
        return self.above[column]

    def _yen(self, row: Row, column: int) -> int:
        cell, unit = row.cells[column], self.units[column]
        text = plain(cell)
        if changed_digit(cell) or REVERSES in cell:
            return self._refuse(row, column, advice=AN_AMOUNT)
        match = PLAIN_AMOUNT.fullmatch(text)
        if match and not (match["sign"] or match["yen"]):
            return self._yen_of_bare(row, column, match["number"])
        try:
            amount = yen_with_unit(text)
        except CannotReadError:
            return self._refuse(row, column, advice=AN_AMOUNT)
        return amount if self._agrees(text, column, unit) else self._contradicts(row, column, unit)

    def _yen_of_bare(self, row: Row, column: int, number: str) -> int:
        unit = self.units[column]
        if unit.yen == 0:
            return self._contradicts(row, column, unit)
        try:
            amount = yen_of_number(number, unit.yen or 1)
        except CannotReadError:
            return self._refuse(row, column, "は1円に満たない端数があります。", AN_AMOUNT)
        if unit.yen is None and amount < MOST_LIKELY_IN_A_UNIT[column]:
            return self._contradicts(row, column, unit)
        return amount

    def _agrees(self, text: str, column: int, unit: Unit) -> bool:
        """Return whether the unit in a cell is the stated one, or needs none.

        A turnover or a limit may be in 億円 in a table whose title states 千円 for all figures.
        """
        if not unit.said or unit.yen == 1:
            return True
        own = OWN_UNIT.search(text)
        if own and yen_with_unit("1" + own[0][1:]) == unit.yen:
            return True
        return bool(own) and not unit.of_column and unit.yen != 0 and column not in PREMIUMS

    def _contradicts(self, row: Row, column: int, unit: Unit) -> int:
        said = (
            f"の単位が、{unit.said}と合うか分かりません。"
            if unit.said
            else "の単位が分かりません。"
        )
        advice = (
            "セルに「140,230円」「10億円」のように単位を付けるか、見出しの単位を1つにしてください。"
        )
        return self._refuse(row, column, said, advice)

    def _read(self, row: Row, column: int, read: Callable[[str], int], advice: str) -> int:
        try:
            return read(row.cells[column])
        except CannotReadError:
            return self._refuse(row, column, advice=advice)

    def _refuse(self, row: Row, column: int, reason: str = "", advice: str = "") -> int:
        cell = row.cells[column]
        strange = strange_character(cell)
        if not reason:
            why = f"({strange}が入っています)" if strange else ""
            reason = f"は読み取れません{why}。" if plain(cell) else "空欄です。"
        self.problems.append(Problem(row.line, reason, advice, COLUMNS[column], visible(cell)))
        return 0
