"""Phrase marks: a `<wbr>` after each phrase of a heading, the only places at which its lines break.

`word-break: auto-phrase` finds phrases in Chromium alone. Headings have `keep-all` instead, which forbids other
breaks in every browser. BudouX finds the phrases; two patterns correct it.
"""

import re
from functools import lru_cache

from budoux import load_default_japanese_parser

from editing.edit_marks import MARK

PHRASE_MARK = "<wbr>"

# BudouX parts some words. No mark stands between two characters of one script, except hiragana, nor where a
# line must not begin, nor before one last character.
NO_END = re.compile(
    f"(?<=[一-鿿々]){PHRASE_MARK}(?=[一-鿿々])"
    f"|(?<=[ァ-ヺー]){PHRASE_MARK}(?=[ァ-ヺー])"
    f"|(?<=[0-9A-Za-z]){PHRASE_MARK}(?=[0-9A-Za-z])"
    f"|{PHRASE_MARK}(?=[、。・,)」』!?ー〜]|.$)"
)
# It knows no words within the long names of desk, product and services. WebKit takes no punctuation between
# Japanese characters for a place to break at.
ALSO_AN_END = re.compile(
    r"(?<=[、〜])(?!<)|(?<=・)(?=\w)|(?<=\w)(?=[(「])"
    r"|(?<=\w)(?<![①-⑳])(?=サイバー|インシデント|サポート|セキュリティ|サービス|リスク)"
)

CHARACTER = re.compile(f"({PHRASE_MARK}|{MARK.pattern})|.", re.DOTALL)
HEADING = re.compile(r"(<(h[1-4])\b[^>]*>)(.*?)(?=</\2>)", re.DOTALL)
# A date, which is never broken, a tag or a character reference; or else a text.
PIECE = re.compile(r"<time\b.*?</time>|<[^>]*>|&[#\w]+;|([^<&]+)", re.DOTALL)

_parse = load_default_japanese_parser().parse


def mark_headings(html: str) -> str:
    """Return the HTML of a page with phrase marks in its headings."""
    return HEADING.sub(lambda heading: heading[1] + mark_phrases(heading[3]), html)


def mark_phrases(html: str) -> str:
    """Return a piece of HTML with phrase marks in its texts; edit marks stay where they are."""
    return PIECE.sub(lambda piece: _marked(piece[1]) if piece[1] else piece[0], html)


def _marked(text: str) -> str:
    """Return the text with phrase marks as visitors get them, whose texts have no edit marks."""
    parts = MARK.split(text)  # texts and the codes of edit marks in turn
    marked = _marked_plain("".join(parts[::2]))
    for number, mark in enumerate(MARK.finditer(text)):
        before = sum(map(len, parts[: 2 * number + 1 : 2]))
        marked = _inserted(marked, before, mark[0])
    return marked


def _inserted(marked: str, place: int, mark: str) -> str:
    """Return the text with a mark before the character that is at this place without any marks."""
    plain = 0
    for found in CHARACTER.finditer(marked):
        if plain == place and not found[1]:
            return marked[: found.start()] + mark + marked[found.start() :]
        plain += not found[1]
    return marked + mark


@lru_cache(maxsize=1_000)
def _marked_plain(text: str) -> str:
    marked = NO_END.sub("", PHRASE_MARK.join(_parse(text)))
    return ALSO_AN_END.sub(PHRASE_MARK, marked)
