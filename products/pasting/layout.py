"""The layout of a pasted table: which lines are rows, and which cells of a row hold which figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from core.japanese import plain, without_zero_width
from products.pasting.cells import CannotReadError, row_number
from products.pasting.clipboard import Line
from products.pasting.problems import Problem, visible
from products.pasting.units import Stated, in_heading, in_line, named_columns

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
FRONT = 6  # columns before the premiums
FIGURE = re.compile(r"[¥\\(]?[0-9][0-9,.円兆億万千百¥\\〜~\s)-]*(?:から.*)?")
# In a cell as it was copied: half width would hide 「²」.
RANGE_MARK = re.compile(
    r"[〜~\uff5e\u223c]|から"
    r"|(?<=[0-9\uff10-\uff19円])\s*[-ー\u2010-\u2015\u2212\uff0d]\s*(?=[0-9\uff10-\uff19¥\uffe5\\])"
)
ONLY_A_MARK = re.compile(r"(?:[〜~\u223c]|から|-)?")
OTHER_PERIODS = re.compile(r"[日年週]")  # in the heading of the months
FEWEST_HEADINGS = 3  # cells of a line above the table that is no title
LONGEST_NOTE = 3  # cells of a line under the table that is a note and no row


@dataclass(frozen=True)
class Row:
    """A row of the table: the cells of `COLUMNS` in order, as they were copied."""

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Layout:
    """The rows of a table, what is wrong with other lines, and the units that are stated around the rows."""

    rows: list[Row]
    problems: list[Problem]
    statements: list[Stated]
    months_need_unit: bool = False  # as the heading speaks of days or years


def layout_of(lines: list[Line]) -> Layout:
    """Return the table among the lines: titles and headings above it and notes below are read for units alone."""
    places = [place for place, line in enumerate(lines) if _is_row(line)]
    if not places:
        return Layout([], [], [])
    first, last = places[0], places[-1]
    above, below = lines[:first], lines[last + 1 :]
    headings = [line.cells for line in above]
    indent = min(_indent(lines[place].cells) for place in places)
    rows, problems, targets = _rows([lines[place] for place in places], indent)
    problems += [
        _no_row(line)
        for place, line in enumerate(lines[first:last], start=first)
        if place not in places and line.cells not in headings
    ]
    problems += [_no_row(line) for line in below if not _is_note(line)]
    statements: list[Stated] = []
    for line in above:
        if len(_filled(line)) < FEWEST_HEADINGS or not targets:
            statements += in_line(_filled(line), line.number)
        else:
            statements += _headings(line, indent, targets, problems)
    for line in below:
        statements += in_line(_filled(line), line.number)
    of_months = [cell for cells in headings for cell in cells[indent + 5 : indent + 6]]
    months_need_unit = any(OTHER_PERIODS.search(plain(cell)) for cell in of_months)
    return Layout(rows, problems, statements, months_need_unit)


def _rows(lines: list[Line], indent: int) -> tuple[list[Row], list[Problem], list[frozenset[int]]]:
    """Return the rows, those that are no rows, and for each pasted cell the columns that the first row has in it."""
    rows, problems = [], []
    targets: list[frozenset[int]] = []
    for line in lines:
        own_targets, cells = _cells_of_row(line.cells[indent:])
        if len(cells) == len(COLUMNS):
            rows.append(Row(line.number, cells))
            targets = targets or own_targets
            continue
        count = len(_without_empty_end(line.cells[indent:]))
        names = "、".join(COLUMNS)
        advice = f"{len(COLUMNS)}個({names})か、下限〜上限を1つのセルにした8個にしてください。"
        problems.append(Problem(line.number, f"セルが{count}個あります。", advice))
    return rows, problems, targets


def _no_row(line: Line) -> Problem:
    return Problem(
        line.number,
        "は表の行として読み取れません。",
        "見出しと注記は、表の上か下に置いてください。",
        shown=visible(_filled(line)[0]),
    )


def _filled(line: Line) -> list[str]:
    return [cell for cell in line.cells if plain(cell)]


def _is_row(line: Line) -> bool:
    """Return whether a line begins with a number, or has several figures: a row without its number is no note."""
    filled = _filled(line)
    try:
        row_number(filled[0])
    except CannotReadError:
        return sum(bool(FIGURE.fullmatch(plain(cell))) for cell in filled) >= 3
    return True


def _is_note(line: Line) -> bool:
    """Return whether a line under the table is a note, and not what is left of a row."""
    filled = _filled(line)
    return len(filled) <= LONGEST_NOTE and not any(FIGURE.fullmatch(plain(c)) for c in filled)


def _indent(cells: list[str]) -> int:
    """Return how many cells are empty before the first that is not."""
    return sum(1 for _ in takewhile(lambda cell: not plain(cell), cells))


def _without_empty_end(cells: list[str]) -> list[str]:
    end = max((place for place, cell in enumerate(cells, start=1) if plain(cell)), default=0)
    return cells[:end]


def _cells_of_row(cells: list[str]) -> tuple[list[frozenset[int]], list[str]]:
    """Return for each pasted cell the columns that it holds, and the cells of `COLUMNS`, as far as they go."""
    cells = _without_empty_end(cells)
    front, premiums = cells[:FRONT], cells[FRONT:]
    targets = [frozenset({place}) for place in range(len(front))]
    if len(cells) == len(COLUMNS) and not any(map(_parts_of_range, premiums)):
        return [frozenset({place}) for place in range(len(cells))], cells
    for cell in premiums:
        found = len(front) - FRONT
        if ONLY_A_MARK.fullmatch(plain(cell)):
            if found not in (1, 3) and (plain(cell) or not found):
                return targets, []  # a mark, or a gap, where no range is
            targets.append(frozenset())
            continue
        parts = _parts_of_range(cell) or [cell.strip().removesuffix("まで")]
        if found in (0, 2) and not plain(parts[-1]):
            parts.pop()  # 「140,230円〜」, the other end in the next cell
        elif found in (1, 3) and not plain(parts[0]):
            parts.pop(0)
        targets.append(frozenset(range(len(front), len(front) + len(parts))))
        front += parts
    return targets, front


def _parts_of_range(cell: str) -> list[str]:
    """Return the two ends of a range in one cell, one empty where the cell only begins or ends with the mark.

    Returns [] where there is no mark.
    """
    parts = RANGE_MARK.split(without_zero_width(cell))
    return [part.strip().removesuffix("まで") for part in parts] if len(parts) > 1 else []


def _headings(
    line: Line, indent: int, targets: list[frozenset[int]], problems: list[Problem]
) -> list[Stated]:
    """Return the units in a line of headings; notes those that name a different column than theirs."""
    statements: list[Stated] = []
    cells = line.cells + [""] * len(targets)  # what is empty at the end may be left out
    for place, cell in enumerate(cells):
        if not plain(cell):
            continue
        empty = _indent(cells[place + 1 :])
        at = place - indent
        own = targets[at] if 0 <= at < len(targets) else frozenset()
        names = named_columns(plain(cell))
        meant = frozenset(range(len(COLUMNS))).intersection(*names)
        under = frozenset().union(*targets[max(at, 0) : at + 1 + empty]) if at >= 0 else frozenset()
        if not own or (not names and "単位" in cell):
            statements += in_line([cell], line.number)
            continue
        if names and meant and not meant & under:
            problems.append(
                Problem(
                    line.number,
                    f"の列は「{'・'.join(COLUMNS[each] for each in sorted(own))}」として読み取ります。",
                    "列の順序を確かめてください。",
                    shown=visible(cell),
                )
            )
        statements += in_heading(cell, line.number, own, under)
    return statements
