"""Typed and pasted text: what of it is stored, what is refused, how two texts are compared. Needs no database.

Text is stored as it was typed. Line ends, tabs and the spaces of word processors become a line end or a plain space,
characters that nobody sees go. Letters that this Python does not know, variation selectors and the compatibility
ideographs of Japanese names stay; Unicode's NFC would replace those, so that it is used for kana alone.
"""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Not the ideographic space, which Japanese text has of itself.
_SPACES = re.compile("[\t\x1f\xa0\u1680\u2000-\u200a\u202f\u205f]")
_JOINERS = "\u200c\u200d"  # which hold an emoji or a letter of some scripts together
_LONELY_JOINERS = re.compile(rf"(?<!\S)[{_JOINERS}]+|(?<![{_JOINERS}])[{_JOINERS}]+(?!\S)")
# Of category Cf, but seen: signs before figures, in Arabic and other scripts, and the joints of hieroglyphs.
_SEEN = re.compile(
    "[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd\U00013430-\U0001343f]"
)
_FLAG, _TAGS = (
    "\U0001f3f4",
    range(0xE0020, 0xE0080),
)  # a black flag, and what makes it that of a region
_NO_CHARACTERS = re.compile(
    "[\ufdd0-\ufdef{}]".format(
        "".join(chr(n * 0x10000 + 0xFFFE) + chr(n * 0x10000 + 0xFFFF) for n in range(17))
    )
)
_KANA_WITH_MARK = re.compile("[\u3040-\u30ff][\u3099\u309a]")
_UNPUBLISHABLE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd\ud800-\udfff\ufffd]")
_CONTEXT = 6  # characters shown before one that is refused
_HYPHENS = re.compile("[-\u2010-\u2015\u2212]")
_DASHES = re.compile("[-\u2010-\u2015\u2212ー]")
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"  # letters and a symbol that show nothing
_SAME = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)} | {ord("〜"): "~"}


def clean_text(text: str) -> str:
    """Return the text as it is stored: with plain line ends and spaces, without what nobody sees."""
    text = _SPACES.sub(" ", _LINE_ENDS.sub("\n", text))
    seen: list[str] = []
    for character in text:
        if _is_seen(character) or (_is_tag(character) and seen and _may_be_tagged(seen[-1])):
            seen.append(character)
    text = _KANA_WITH_MARK.sub(lambda kana: unicodedata.normalize("NFC", kana[0]), "".join(seen))
    return _LONELY_JOINERS.sub("", text)


def clean_line(text: str) -> str:
    """Return the text as it is stored in one line, without space at its ends."""
    return clean_text(text).replace("\n", " ").strip()


def require_publishable(text: str) -> None:
    """Refuse characters that only the machine of who typed them shows (外字), and what a wrong encoding left.

    Raises ValidationError that tells the place of each kind: line, character, and the text before it.
    """
    found = _UNPUBLISHABLE.search(text)
    if not found:
        return
    before = text[: found.start()]
    line = before.rpartition("\n")[2]
    place = (
        f"{before.count(chr(10)) + 1}行目の{len(line) + 1}文字目"
        if "\n" in text
        else f"{len(line) + 1}文字目"
    )
    context = f"(「{line[-_CONTEXT:]}」の次)" if line else ""
    kind = (
        "文字化けした文字" if found[0] == "\ufffd" else "外字などの、ほかの機器では表示できない文字"
    )
    raise ValidationError(f"{place}{context}に、{kind}があります。別の文字で入力してください。")


def fold(text: str) -> str:
    """Return the text as it is searched: without width, case, kind of kana, white space and hyphens."""
    return _HYPHENS.sub("", _without_space(text))


def as_read(text: str) -> str:
    """Return the text as it is compared with others that must differ: as searched, with one sign for all dashes.

    So 「スケ－ル」 is 「スケール」, but 「1-2年目」 is not 「12年目」, nor 「ビール」 「ビル」.
    """
    return _DASHES.sub("-", _without_space(clean_text(text)))


def comparable(text: str) -> str:
    """Return the text as rules compare it: as it is searched, and without long vowel marks, typed as dashes too."""
    return fold(clean_text(text)).replace("ー", "")


def _without_space(text: str) -> str:
    """Return the text in one width, case and kind of kana, without white space."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().translate(_SAME).split())


def _is_seen(character: str) -> bool:
    if character == "\n" or character in _JOINERS or _SEEN.match(character):
        return True
    return (
        unicodedata.category(character) not in ("Cc", "Cf")
        and character not in _FILLERS
        and not _NO_CHARACTERS.match(character)
    )


def _is_tag(character: str) -> bool:
    return ord(character) in _TAGS


def _may_be_tagged(character: str) -> bool:
    return character == _FLAG or _is_tag(character)
