"""The units that headings, title and notes of a pasted table state for figures without a unit of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.japanese import CHO, MAN, OKU, plain

TIMES = {"十": 10, "百": 100, "千": 1_000, "万": MAN, "億": OKU, "兆": CHO}
YEN = "[円¥\\\\]"
SCALED = "(?:[十百千]?[万億兆]|[十百千])"
# A unit counts where it is set off: in brackets, after 「単位」, before 「単位」 or 「です」, or ending a heading.
BEFORE = r"(?:[(\[{<【「『・/]|単位(?:は|が|[:=])?[(「]?)"
AFTER = r"(?:[()\[\]{}<>【】「」『』/,、。;・]|$|単位|です|とする|で表示|表示)"
STATED = re.compile(rf"{BEFORE}(?P<unit>{SCALED}?{YEN}|{SCALED})(?={AFTER})")
AT_END = re.compile(rf"(?:^|[^0-9一二三四五六七八九十百千万億兆])(?P<unit>{SCALED}?{YEN})$")
CLAUSE = re.compile(rf"(?:^|[はが:、,;])(?P<unit>{SCALED}?円)(?=[)、,。;]|$|単位|です)")
ROUNDING = re.compile(rf"{SCALED}{YEN}未満")  # of 「千円未満切捨て」
POWER = "(?:1(?:,000)+|10+)"
# 「保険料1,000円」 at the end of a heading: perhaps a unit, perhaps an amount.
POWER_AT_END = re.compile(rf"(?<![0-9,.一二三四五六七八九十百千万億兆]){POWER}{YEN}$")
# What may be a unit, or may not: 「千ドル」「金額は千円で」「(1,000円)」「(x1000)」「(thousand yen)」.
UNCLEAR = re.compile(
    rf"(?<![0-9一二三四五六七八九十百千万億兆]){SCALED}{YEN}|(?<![ァ-ヴー])ドル|ユーロ|[$€£]"
    rf"|(?:^|[(\[{{<【「『・/]){POWER}{YEN}(?=[)\]}}>】」』]|$)|(?<![a-z])[\u00d7x*]{POWER}"
    r"|thousand|million|billion|(?<![a-z])(?:jpy|usd|eur|yen|mil|[km][円¥])(?![a-z])",
    re.IGNORECASE,
)

# The words by which texts name the columns; the longer ones first. Places are those of `COLUMNS`.
PREMIUMS, LIMITS = frozenset({6, 7, 8, 9}), frozenset({2, 3, 4})
NAMES: dict[str, frozenset[int]] = {
    "利益(?:てん補|填補|塡補|の?補償)期間|(?:てん|填|塡)補期間": frozenset({5}),
    "(?:年間|年額|年払い?)(?:保険料)?": frozenset({6, 7}),
    "(?:月額|月払い?|月々)の?(?:保険料)?": frozenset({8, 9}),
    "保険料": PREMIUMS,
    "保険金額|(?:支払)?限度額": LIMITS,
    "売上高?": frozenset({1}),
    "賠償": frozenset({2}),
    "費用": frozenset({3}),
    "利益": frozenset({4}),
    "下限|最低|最小": frozenset({6, 8}),
    "上限|最高|最大": frozenset({7, 9}),
}
NAME = re.compile("|".join(f"({pattern})" for pattern in NAMES))
AMOUNTS = frozenset({1, 2, 3, 4}) | PREMIUMS


@dataclass(frozen=True)
class Stated:
    """A unit that a line states: `yen` each, 0 where it is unclear. `columns` are those it holds for.

    `of_column` tells a column's own heading from a line about the whole table.
    """

    words: str
    yen: int
    line: int
    columns: frozenset[int]
    of_column: bool


@dataclass(frozen=True)
class Unit:
    """The unit of a column's figures: `yen` each, None where none is stated, 0 where it is not to be told.

    `said` names the statements, for messages.
    """

    yen: int | None = None
    said: str = ""
    of_column: bool = False


def named_columns(text: str) -> list[frozenset[int]]:
    """Return, for each name in a plain text, the columns that it may mean."""
    groups = list(NAMES.values())
    return [groups[(match.lastindex or 1) - 1] for match in NAME.finditer(text)]


def in_heading(cell: str, line: int, own: frozenset[int], under: frozenset[int]) -> list[Stated]:
    """Return the units in the heading of the columns `own`.

    `under` are the columns under empty cells beside it, as a merged cell pastes: they share the unit if it names them.
    """
    text = plain(cell)
    columns = own | (frozenset().union(*named_columns(text)) & under)
    return _statements((STATED, AT_END), text, line, columns, of_column=True)


def in_line(cells: Iterable[str], line: int) -> list[Stated]:
    """Return the units that a title or note states, for the columns that it names or for all."""
    return [
        stated
        for text in map(plain, cells)
        for clause in _clauses(text)
        for stated in _statements(
            (STATED, CLAUSE),
            clause,
            line,
            frozenset().union(*named_columns(clause)) or AMOUNTS,
            of_column=False,
        )
    ]


def _clauses(text: str) -> list[str]:
    """Return the parts of a text that end in a unit each: 「売上高は百万円、」「保険料は千円」."""
    ends = [m.end() for m in re.finditer(rf"{SCALED}?円[^、,。;]*[、,。;](?=.*{YEN})", text)]
    return [text[a:b] for a, b in zip([0, *ends], [*ends, len(text)], strict=True)]


def _statements(
    patterns: Iterable[re.Pattern[str]],
    text: str,
    line: int,
    columns: frozenset[int],
    *,
    of_column: bool,
) -> list[Stated]:
    """Return the units that the patterns find in a text, and 0 for what else may be one."""
    columns &= AMOUNTS
    if not columns:
        return []
    places = sorted({match.span("unit") for each in patterns for match in each.finditer(text)})
    units = {_yen(text[a:b]): text[a:b] for a, b in places}
    rest = "".join(
        "、" if any(a <= place < b for a, b in places) else character
        for place, character in enumerate(text)
    )
    unclear = UNCLEAR.search(ROUNDING.sub("", rest)) or (of_column and POWER_AT_END.search(rest))
    if unclear:
        units[0] = unclear[0]
    elif not units and "単位" in text:
        units[0] = text
    return [Stated(words, yen, line, columns, of_column) for yen, words in units.items()]


def _yen(words: str) -> int:
    yen = 1
    for character in words:
        yen *= TIMES.get(character, 1)
    return yen


def unit_of(column: int, statements: list[Stated]) -> Unit:
    """Return the unit that holds for the figures of a column.

    Where units are stated for some amounts, a column without one is unclear: nothing is guessed.
    """
    own = [stated for stated in statements if column in stated.columns]
    said = "、".join(dict.fromkeys(f"{stated.line}行目の「{stated.words}」" for stated in own))
    if len({stated.yen for stated in own}) > 1:
        return Unit(0, said)
    if own:
        return Unit(own[0].yen, said, any(stated.of_column for stated in own))
    return Unit(0) if any(stated.yen != 1 for stated in statements) else Unit()
