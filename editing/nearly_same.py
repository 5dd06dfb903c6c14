"""Sentences that are nearly the same: one of them may have been changed without the other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import combinations

SHORTEST = 20  # characters: shorter ones are often alike by chance
ALIKE = 0.85  # of SequenceMatcher: 1 is the same
LENGTH_IN_COMMON = 8  # characters that two such sentences share somewhere
COMMON = 10  # sentences that share as much are a way of writing, and are not compared for it


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text that are long enough to compare, without the marks of notes before them."""
    parts = (
        part.strip().lstrip("*＊※○").removeprefix("(注)") for part in re.split(r"[。\n]", text)
    )
    return [part for part in parts if len(part) >= SHORTEST]


def nearly_same(sentences: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each pair of sentences that differ little; not those of which one contains the other."""
    by_piece: dict[str, list[str]] = defaultdict(list)
    for sentence in dict.fromkeys(sentences):
        pieces = {
            sentence[start : start + LENGTH_IN_COMMON]
            for start in range(len(sentence) - LENGTH_IN_COMMON + 1)
        }
        for piece in pieces:
            by_piece[piece].append(sentence)
    pairs = {
        pair
        for sharing in by_piece.values()
        if 1 < len(sharing) <= COMMON
        for pair in combinations(sharing, 2)
    }
    for one, other in sorted(pairs):
        if one not in other and other not in one and _are_alike(one, other):
            yield one, other


def _are_alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE
