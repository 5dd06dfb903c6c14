"""Faults that keep a pasted table from being read, each told to the editor once."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError

MOST_MESSAGES = 20
LONGEST_SHOWN = 30  # characters of a cell
WHITE = {"\t": "[タブ]", "\n": "[改行]", "\r": "[改行]", "\u00a0": " ", "\u3000": "\u3000"}


class PasteError(ValidationError):
    """The cells that cannot be read: a message for each names line, column and what was expected."""


@dataclass(frozen=True)
class Problem:
    """A fault of a cell, or of a line where `column` is empty. Equal faults share `reason` and `advice`.

    `shown` is the cell's text as the editor reads it.
    """

    line: int
    reason: str
    advice: str = ""
    column: str = ""
    shown: str = ""


def messages_for(problems: Iterable[Problem]) -> list[str]:
    """Return a message for each fault; the same fault of several lines, or of several columns, is one."""
    lines_of: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        lines_of.setdefault((problem.column, problem.reason, problem.advice), []).append(problem)
    columns_of: dict[tuple[str, str, tuple[int, ...]], list[list[Problem]]] = {}
    for (_, reason, advice), same in lines_of.items():
        lines = tuple(dict.fromkeys(problem.line for problem in same))
        columns_of.setdefault((reason, advice, lines), []).append(same)
    messages = [
        f"{_lines(lines)}{_cells(same)}{reason}{advice}"
        for (reason, advice, lines), same in columns_of.items()
    ]
    rest = len(messages) - MOST_MESSAGES
    return messages[:MOST_MESSAGES] + ([f"ほかに{rest}件あります。"] if rest > 0 else [])


def _lines(lines: tuple[int, ...]) -> str:
    """Return lines 1, 2, 3 and 7 as 「1〜3、7行目」."""
    runs: list[list[int]] = []
    for line in sorted(lines):
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return "、".join(f"{a}" if a == b else f"{a}〜{b}" for a, b in runs) + "行目"


def _cells(same: list[list[Problem]]) -> str:
    columns = "、".join(problems[0].column for problems in same if problems[0].column)
    texts = dict.fromkeys(problem.shown for problems in same for problem in problems)
    shown = next((text for text in texts if text), "")
    quoted = f"「{shown}」{'など' if len(texts) > 1 else ''}" if shown else ""
    return f"{' ' if columns else ''}{columns}:{quoted}"


def visible(text: str) -> str:
    """Return a cell's text with what nobody sees named; long texts end in 「…」."""
    text = text.strip(" \t\r\n\u00a0\u3000")
    cut = text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
    return "".join(visible_character(c) for c in cut)


def visible_character(character: str) -> str:
    """Return a character as the editor can see it: one without a shape as 「[U+200B]」."""
    if character in WHITE:
        return WHITE[character]
    is_seen = not is_invisible(character) and not unicodedata.combining(character)
    return character if is_seen else f"[U+{ord(character):04X}]"


def is_invisible(character: str) -> bool:
    """Return whether a character shows nothing, or has no shape that every computer knows."""
    return (
        unicodedata.category(character)[0] in "CZ" and character not in " \u3000"
    ) or character in INVISIBLE_LETTERS


# Fillers and selectors that Unicode does not count among the controls.
INVISIBLE_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0" + "".join(
    map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10)))
)
