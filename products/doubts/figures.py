"""The doubts about the figures of a term: ten times what they were, the same, or not a twelfth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Field

from core.fields import MoneyField
from core.japanese import yen
from editing.saving import Trial
from products.models import PolicyTerm, PremiumRow
from products.premiums import monthly_of

TENFOLD = 10
MONTHS = "profit_indemnity_months"
FIGURES = [
    field
    for field in PremiumRow._meta.fields
    if isinstance(field, MoneyField) or field.name == MONTHS
]
PREMIUMS = ("annual_low", "annual_high", "monthly_low", "monthly_high")
ENDS = {"low": "下限", "high": "上限"}  # of a range of premiums


def doubtful_figures(trial: Trial, term: PolicyTerm, last_year: PolicyTerm | None) -> Iterator[str]:
    """Yield what looks wrong in the figures of the rows that the edit changes."""
    changed = [row for row in term.premium_rows.all() if trial.changes(row)]
    yield from tenfold(changed, last_year)
    yield from _tenfold_slips(trial, changed, last_year)
    for row in changed:
        for end in ENDS:
            if trial.changes(row) & {f"annual_{end}", f"monthly_{end}"}:
                yield from not_a_twelfth(row, end)


def same_as_before(term: PolicyTerm, last_year: PolicyTerm | None) -> Iterator[str]:
    """Yield that premiums are those of the term before: all of them, or some rows."""
    before = _by_number(last_year)
    rows = list(term.premium_rows.all())
    same = [
        row.number
        for row in rows
        if row.number in before and _premiums(row) == _premiums(before[row.number])
    ]
    if same and len(same) == len(rows):
        yield "保険料の例の金額が、すべて前の保険期間と同じです。"
    elif same:
        numbers = "、".join(f"No.{number}" for number in same)
        yield f"{numbers}の保険料が、前の保険期間と同じです。"


def tenfold(rows: Iterable[PremiumRow], last_year: PolicyTerm | None) -> Iterator[str]:
    """Yield each figure that is ten times that of the term before, or a tenth, or beyond."""
    before = _by_number(last_year)
    for row in (row for row in rows if row.number in before):
        then = {field.name: getattr(before[row.number], field.name) for field in FIGURES}
        yield from _tenfold(row, then, "前の保険期間の")


def not_a_twelfth(row: PremiumRow, end: str) -> Iterator[str]:
    """Yield that the monthly figure at this end of the range is not a twelfth of the annual one."""
    annual, monthly = getattr(row, f"annual_{end}"), getattr(row, f"monthly_{end}")
    if monthly != monthly_of(annual):
        yield (
            f"No.{row.number} の月額保険料・{ENDS[end]} {yen(monthly)}は、年間保険料 {yen(annual)} ÷ 12 を"
            f"10円単位にした {yen(monthly_of(annual))}と違います。"
        )


def _tenfold_slips(
    trial: Trial, rows: Iterable[PremiumRow], last_year: PolicyTerm | None
) -> Iterator[str]:
    """Yield each figure that is ten times what it was, or a tenth, in rows that the term before lacks."""
    known = _by_number(last_year)
    for row in (row for row in rows if row.number not in known):
        yield from _tenfold(row, trial.was(row), "直す前の")


def _tenfold(row: PremiumRow, then: dict[str, Any], whose: str) -> Iterator[str]:
    for field in FIGURES:
        now, former = getattr(row, field.name), then.get(field.name)
        if now and former and not former / TENFOLD < now < former * TENFOLD:
            size = "10倍以上" if now > former else "10分の1以下"
            label = str(field.verbose_name).partition("(")[0]
            now, former = _in_words(field, now), _in_words(field, former)
            yield f"No.{row.number} の{label} {now}は、{whose} {former}の{size}です。"


def _in_words(field: Field, value: int) -> str:
    return f"{value}カ月" if field.name == MONTHS else yen(value)


def _by_number(term: PolicyTerm | None) -> dict[int, PremiumRow]:
    return {row.number: row for row in term.premium_rows.all()} if term else {}


def _premiums(row: PremiumRow) -> list[int]:
    return [getattr(row, name) for name in PREMIUMS]
