"""Finding words in a text as people mean them, not as they are written. Needs no database.

Ignored are the width of characters, upper and lower case, hiragana and katakana, white space, hyphens, the marks of
bold words, and between digits the long vowel mark and the comma. What is found is told by its place in the text as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from core.typed_text import fold

_fold_character = lru_cache(maxsize=10_000)(fold)
SHORTEST_PART = 4  # characters, as they are compared
# A character with the voiced sound marks after it: the half-width 「ﾎﾟ」 is one character of full width.
_CHARACTER = re.compile("[\\s\\S][\u3099\u309a\uff9e\uff9f]*")
_PART = re.compile(r"\{[^{}]*\}|[^{}()\uff08\uff09。\n]+")
_NOT_READ = re.compile(r"(?<=[0-9])[,ー](?=[0-9])|\*\*")


@dataclass(frozen=True)
class Span:
    """A part of a text, from `start` until before `end`."""

    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """The sentence of a text in which words were found; more than one where they go beyond it."""

    start: int
    end: int
    found: tuple[Span, ...]

    def pieces(self, text: str) -> Iterator[tuple[str, bool]]:
        """Yield the sentence in pieces, each with whether it was found."""
        place = self.start
        for span in self.found:
            yield text[place : span.start], False
            yield text[span.start : span.end], True
            place = span.end
        yield text[place : self.end], False


def is_empty(words: str) -> bool:
    """Return whether nothing remains to be found, as of white space and hyphens."""
    return not _fold(words)[0]


def find(words: str, text: str) -> list[Span]:
    """Return where the words stand in the text, in order and without overlaps.

    Only whole characters of the text are found: 「株」 is not in 「㈱」, which reads as 「(株)」.
    """
    wanted = _fold(words)[0]
    folded, spans = _fold(text)
    found: list[Span] = []
    place = folded.find(wanted) if wanted else -1
    while place >= 0:
        end = place + len(wanted)
        is_whole = _begins_a_character(spans, place) and _begins_a_character(spans, end)
        if is_whole:
            found.append(Span(spans[place].start, spans[end - 1].end))
        place = folded.find(wanted, end if is_whole else place + 1)
    return found


def find_parts(words: str, text: str) -> list[Span]:
    """Return the parts of the text that stand as a whole in the words: the other way round than `find`.

    So a sentence is found that was copied off a page together with what stands beside it, or with values in the
    place of placeholders. A part ends at a full stop, a bracket, a line end and a placeholder.
    """
    wanted = _fold(words)[0]
    parts = ((part, _fold(part[0])[0]) for part in _PART.finditer(text) if part[0][0] != "{")
    return [
        Span(*part.span())
        for part, folded in parts
        if len(folded) >= SHORTEST_PART and _whole_numbers(folded).search(wanted)
    ]


def length(text: str) -> int:
    """Return the number of characters of the text as it is compared."""
    return len(_fold(text)[0])


def sentences(text: str, found: list[Span]) -> list[Sentence]:
    """Return the sentences of the text with what was found in them, in order."""
    result: list[Sentence] = []
    for span in found:
        start = max(text.rfind(mark, 0, span.start) for mark in "。\n") + 1
        if result and start < result[-1].end:
            before = result.pop()
            start, spans = before.start, (*before.found, span)
        else:
            spans = (span,)
        result.append(Sentence(start, _end_of_sentence(text, span), spans))
    return result


def replaced(text: str, found: list[Span], new: str) -> str:
    """Return the text with the new words in place of what was found."""
    for span in sorted(found, key=lambda span: span.start, reverse=True):
        text = f"{text[: span.start]}{new}{text[span.end :]}"
    return text


def _end_of_sentence(text: str, span: Span) -> int:
    stops = (text.find("。", span.end - 1) + 1, text.find("\n", span.end))
    return min((stop for stop in stops if stop > 0), default=len(text))


def _fold(text: str) -> tuple[str, list[Span]]:
    """Return the text as it is compared, and for each of its characters which of the original stand for it."""
    folded: list[str] = []
    spans: list[Span] = []
    for character in _CHARACTER.finditer(text):
        plain = _fold_character(character[0])
        folded += plain
        spans += [Span(*character.span())] * len(plain)
    whole = "".join(folded)
    left_out = {place for match in _NOT_READ.finditer(whole) for place in range(*match.span())}
    if not left_out:
        return whole, spans
    kept = [place for place in range(len(whole)) if place not in left_out]
    return "".join(whole[place] for place in kept), [spans[place] for place in kept]


def _begins_a_character(spans: list[Span], place: int) -> bool:
    """Return whether a character of the original begins here, or the text is over."""
    return place in (0, len(spans)) or spans[place] != spans[place - 1]


def _whole_numbers(folded: str) -> re.Pattern[str]:
    """Return the pattern of the words where they cut no number."""
    before = "(?<![0-9])" if folded[0].isdigit() else ""
    after = "(?![0-9])" if folded[-1].isdigit() else ""
    return re.compile(before + re.escape(folded) + after)
