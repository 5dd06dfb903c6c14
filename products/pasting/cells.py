"""Reading one cell: a number, a count of months, an amount. What is not plain is refused, never guessed."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from core.japanese import (
    REVERSES,
    changed_digit,
    half_width,
    parse_yen,
    plain,
    without_zero_width,
)
from products.pasting.problems import is_invisible, visible_character

NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,18})(?:\.[0-9]{1,8})?"
PLAIN_AMOUNT = re.compile(rf"(?P<sign>[¥\\])?(?P<number>{NUMBER})(?P<yen>円)?")
OWN_UNIT = re.compile(r"[0-9](?:[十百千]?[万億兆]|[百千])円?$")
ROW_NUMBER = re.compile(r"(?:No\.?)?\(?([0-9]{1,4})(?:\.0+)?[.)]?", re.IGNORECASE)
MONTHS = re.compile(r"([0-9]{1,4})(?:\.0+)?(?P<unit>[カヵケヶか箇個]?月間?)?")
IN_FIGURES = re.compile(r"[0-9,.円兆億万千百¥\\カヵケヶか箇個月間No()〜~\s-]")

GAPS = {" ": "数字の間に空白", "\u3000": "数字の間に空白", "\n": "数字の間に改行"}


class CannotReadError(ValueError):
    """The cell is none of what was expected."""


def row_number(cell: str) -> int:
    """Return 1 of 「1」「1.0」「No.1」「①」. Raises CannotReadError."""
    text = without_zero_width(cell).strip()
    if len(text) == 1 and unicodedata.category(text) == "No" and _is_enclosed(text):
        return int(unicodedata.numeric(text))
    match = ROW_NUMBER.fullmatch(plain(cell))
    if not match or int(match[1]) == 0 or changed_digit(cell):
        raise CannotReadError
    return int(match[1])


def _is_enclosed(character: str) -> bool:
    """Return whether a number is one in a circle, in brackets or with a dot, not one set high or a fraction."""
    kind = unicodedata.decomposition(character).split(" ")[0]
    number = unicodedata.numeric(character)
    return kind in ("<circle>", "<compat>", "") and number >= 1 and number == int(number)


def months(cell: str, needs_unit: bool = False) -> int:
    """Return 1 of 「1カ月」 in any spelling, and of 「1」 unless the unit is needed. Raises CannotReadError."""
    match = MONTHS.fullmatch(plain(cell))
    if not match or int(match[1]) == 0 or changed_digit(cell) or (needs_unit and not match["unit"]):
        raise CannotReadError
    return int(match[1])


def yen_of_number(text: str, unit: int) -> int:
    """Return a number without a unit of its own in whole yen, `unit` yen each. Raises CannotReadError."""
    amount = Decimal(text.replace(",", "")) * unit
    if amount != int(amount):
        raise CannotReadError
    return int(amount)


def yen_with_unit(text: str) -> int:
    """Return the yen of a plain text that names its unit itself, such as 「1.5億円」. Raises CannotReadError."""
    if match := PLAIN_AMOUNT.fullmatch(text):
        return yen_of_number(match["number"], 1)
    try:
        return parse_yen(text)
    except ValueError:
        raise CannotReadError from None


def strange_character(cell: str) -> str:
    """Return the character in the figures of a cell that keeps it from being read, as it is shown; else ""."""
    if not re.search(r"[0-9\uff10-\uff19]", cell):
        return ""
    gap = re.search(r"[0-9\uff10-\uff19](\s)[0-9\uff10-\uff19]", cell)
    found = (gap[1] if gap else changed_digit(cell)) or next(
        (c for c in without_zero_width(cell) if not IN_FIGURES.fullmatch(half_width(c))),
        REVERSES if REVERSES in cell else "",
    )
    if not found:
        return ""
    if found in GAPS:
        return GAPS[found]
    if is_invisible(found):
        return f"見えない文字 U+{ord(found):04X} "
    return f"「{visible_character(found)}」"
