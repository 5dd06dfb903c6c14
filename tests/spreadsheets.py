"""Premium tables as offices keep them: written by openpyxl, and copied as Excel puts cells on the clipboard."""

from __future__ import annotations

import io
from dataclasses import dataclass

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

HEADINGS = [
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
]
ABOVE = ("", "", "保険金額", "", "", "", "年間保険料", "", "月額保険料", "")
BELOW = ("No", "売上高", "賠償", "費用", "利益", "利益てん補期間", "下限", "上限", "下限", "上限")
YEN_EACH = {"円": 1, "千円": 1_000, "万円": 10_000, "百万円": 1_000_000, "億円": 100_000_000}
# How Excel shows a number, by its format.
SHOWN = {
    "General": lambda n: f"{n:g}" if n != int(n) else str(int(n)),
    "#,##0": lambda n: f"{n:,.0f}",
    "#,##0.00000000": lambda n: f"{n:,.8f}",
    '#,##0"円"': lambda n: f"{n:,.0f}円",
    '"¥"#,##0': lambda n: f"¥{n:,.0f}",
    "0.0": lambda n: f"{n:.1f}",
}


@dataclass(frozen=True)
class Style:
    """A layout of a table and a way to write it; each part by itself is one that offices use."""

    range_mark: str = ""  # between the two ends, "" for two columns
    mark_stands: str = "in a column"  # or "in the cell"
    units: str = "in the cell"  # or "by format", "in headings", "in the title", "in a note"
    limit_unit: str = "億円"
    premium_unit: str = "円"
    number_format: str = "#,##0"
    indent: int = 0
    title: str = ""
    headings: int = 1  # lines of headings
    note: str = ""
    merged: bool = False
    months: str = "カ月"
    number: str = "{}"
    between: str = ""  # beside and within figures, without a width


def copied(rows: list[tuple[int | None, ...]], style: Style) -> str:
    """Return the text on the clipboard after the whole table was copied."""
    book = Workbook()
    _write(book.active, rows, style)
    stored = io.BytesIO()
    book.save(stored)
    stored.seek(0)
    return clipboard(load_workbook(stored).active)


def clipboard(sheet: Worksheet) -> str:
    lines = ("\t".join(map(_shown, row)) for row in sheet.iter_rows())
    return "".join(f"{line}\r\n" for line in lines)


def _shown(cell) -> str:
    value = cell.value
    text = SHOWN[cell.number_format](value) if isinstance(value, int | float) else str(value or "")
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in '\t\n\r"') else text


def _write(sheet: Worksheet, rows: list[tuple[int | None, ...]], style: Style) -> None:
    line = 1
    stated = {"in the title": style.title, "in a note": style.note}
    for where in stated:
        if style.units == where:
            stated[where] += (
                f"(単位:{style.premium_unit})"
                if style.premium_unit == style.limit_unit
                else f"売上高・保険金額は{style.limit_unit}、保険料は{style.premium_unit}"
            )
    if stated["in the title"]:
        sheet.cell(line, 1, stated["in the title"])
        line += 1
    for heading in range(style.headings):
        for column, text in _heading(heading, style):
            sheet.cell(line, column + style.indent + 1, text)
        line += 1
    above: dict[int, int | None] = {}
    for row in rows:
        for column, value in _cells(row, style):
            repeated = style.merged and column in (1, 2, 3) and above.get(column) == row[column]
            if not repeated:
                cell = sheet.cell(line, column + style.indent + 1, value)
                if not isinstance(value, str):
                    cell.number_format = style.number_format
        above = dict(enumerate(row))
        line += 1
    if stated["in a note"]:
        sheet.cell(line, 1, stated["in a note"])


def _places(style: Style) -> list[int]:
    """Return the column of the sheet for each figure."""
    if style.range_mark and style.mark_stands == "in the cell":
        return [*range(6), 6, 6, 7, 7]
    return [*range(6), 6, 8, 9, 11] if style.range_mark else [*range(10)]


def _heading(line: int, style: Style) -> list[tuple[int, str]]:
    texts = HEADINGS if style.headings == 1 else (ABOVE, BELOW)[line]
    places = _places(style)
    ends_in_unit = style.units == "in headings" and line == style.headings - 1
    units = [""] + [style.limit_unit] * 4 + [""] + [style.premium_unit] * 4
    written: dict[int, str] = {}
    for place, text, unit in zip(places, texts, units, strict=True):
        joined = "〜".join(filter(None, (written.get(place, ""), text)))
        written[place] = joined + (
            f"\n({unit})" if ends_in_unit and unit and joined == text else ""
        )
    return [*written.items()]


def _cells(row: tuple[int | None, ...], style: Style) -> list[tuple[int, object]]:
    number, *limits = row[:5]
    values: list[object] = [style.number.format(number, circled="⓪①②③④⑤⑥⑦⑧⑨"[number])]
    values += [_amount(each, style.limit_unit, style) for each in limits]
    values += ["-" if row[5] is None else f"{row[5]}{style.months}"]
    premiums = [_amount(each, style.premium_unit, style) for each in row[6:]]
    cells = dict(zip(_places(style), [*values, *premiums], strict=True))
    if style.range_mark and style.mark_stands == "in the cell":
        texts = [SHOWN[style.number_format](p) if not isinstance(p, str) else p for p in premiums]
        cells |= {6 + n: style.range_mark.join(texts[2 * n : 2 * n + 2]) for n in (0, 1)}
    elif style.range_mark:
        cells |= {7: style.range_mark, 10: style.range_mark}
    return [*cells.items()]


def _amount(yen: int | None, unit: str, style: Style) -> object:
    """Return an amount as it is typed into a cell: text with its unit, or a number that a format or heading explains."""
    if yen is None:
        return "-"
    figure = yen / YEN_EACH[unit]
    if style.units == "in the cell":
        whole, _, rest = f"{figure:,.8f}".partition(".")
        rest = rest.rstrip("0")
        text = f"{whole}.{rest}" if rest else whole
        inside = "" if style.between.isspace() else style.between
        return f"{style.between}{text[0]}{inside}{text[1:]}{unit}{style.between}"
    if style.units == "by format":
        return yen
    return figure
