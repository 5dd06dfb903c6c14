"""Formatted text: the small fixed part of Markdown that an editor may type, as HTML and as plain text.

Paragraphs, line breaks, lists ("- " and "1. "), **bold**, [links](https://example.jp/), and URLs, mail
accounts and telephone numbers that can be tapped. All else stands on the page as it was typed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree.ElementTree import Element

import nh3
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.inlinepatterns import (
    InlineProcessor,
    SimpleTagInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.preprocessors import NormalizeWhitespace
from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor
from markdown.util import AtomicString, Registry

from core.formatted_blocks import BULLET, List, Paragraph, Separate
from core.japanese import half_width

EXTERNAL = "(外部サイト)"
_SAYS_SO = re.compile(r"\s*[(（]外部サイト[)）]")
MOST_TEXTS = 500  # in memory as HTML

# What pages may hold in the end, whatever the rules below make of a text.
TAGS = {"p", "br", "ul", "ol", "li", "strong", "a"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
CLASSES = {"a": {"url"}}  # a link that shows where it leads: print.css need not
SCHEMES = {"https", "http", "mailto", "tel"}

BOLD = r"(?<!\*)(\*\*)([^\s*](?:[^*\n]*[^\s*])?)\*\*(?!\*)"
LINK = (
    r"\[(?!\s*\])([^\[\]\n]+)\]"
    r"\(((?:https?://[A-Za-z0-9]|mailto:|tel:)(?:[^\s()<>\[\]\"\ufdd0-\ufdef]|\([^\s()<>\[\]\"\ufdd0-\ufdef]*\))+)\)"
)
# Japanese follows a URL without a space. A sign counts only in the midst of one. "&" is written as "&amp;".
_IN_URL = r"(?:[A-Za-z0-9/#%=@_~+$-]|&amp;)"
_BRACKETS = r"(?<=_)\([A-Za-z0-9_%-]+\)"
_OF_URL = rf"(?:{_IN_URL}|[.,:!?'](?={_IN_URL})|{_BRACKETS})"
# A URL that goes on in Japanese cannot be told from the sentence that follows: it stays text, whole.
_GOES_ON = r"[^\s\x00-\x7f、。・「」『』（）]+[/.?=#&%][A-Za-z0-9]"
URL = rf"(?<![A-Za-z0-9])(https?://[A-Za-z0-9]{_OF_URL}*)(?!{_OF_URL}|{_GOES_ON})"
MAIL = (
    r"(?<![A-Za-z0-9._%+@/-])([A-Za-z0-9][A-Za-z0-9._%+-]{0,63}"
    r"@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,5}\.[A-Za-z]{2,24})(?![A-Za-z0-9@-])"
)
_DIGIT = "[0-9\uff10-\uff19]"
_DASH = "[-\u2010\u2011\u2013\u2212\u30fc\uff0d]"
TELEPHONE = (
    rf"(?<![A-Za-z/.=_@])(?<!{_DIGIT})(?<!{_DASH})"
    rf"([0\uff10]{_DIGIT}{{1,4}}(?:{_DASH}{_DIGIT}{{1,4}}{_DASH}|[(（]{_DIGIT}{{1,4}}[)）]){_DIGIT}{{3,4}})"
    rf"(?![A-Za-z])(?!{_DIGIT})(?!{_DASH})"
)
# How Japanese numbers are written: of ten digits, and of eleven (mobile, IP and some free ones).
NUMBERS = re.compile(
    r"(?=(?:-?[0-9]){10}$)(?:0[1-9][0-9]{0,3}-[0-9]{1,4}-[0-9]{4}|0(?:120|570|990)-[0-9]{3}-[0-9]{3})"
    r"|0[5-9]0-[0-9]{4}-[0-9]{4}|0800-[0-9]{3}-[0-9]{4}"
)


def formatted(text: str) -> SafeString:
    """Return the text as HTML: paragraphs and lists, to stand in an element that takes them, no `p`."""
    # Not the text itself: marked ones are equal whatever their marks, and the cache would mix them up.
    return _html(str(text))


def plain(text: str) -> str:
    """Return the text for files and data without HTML: without the signs, with the URLs of links."""
    text = re.sub(LINK, _with_url, text)
    text = re.sub(BOLD, r"\2", text)
    return "\n".join(BULLET.sub(r"\1・\2", line) for line in text.split("\n"))


def _with_url(link: re.Match[str]) -> str:
    words, url = link.groups()
    if not _passes_the_gate(url):
        return link[0]
    url = url.removeprefix("mailto:").removeprefix("tel:")
    return words if words == url else f"{words}({url})"


@lru_cache(MOST_TEXTS)
def _html(text: str) -> SafeString:
    # The serializer leaves entities as they are: so none that was typed may look like one.
    html = _Rules(output_format="html").convert(text.replace("&", "&amp;"))
    return mark_safe(_clean(html))  # noqa: S308 (nothing but the tags above)


def _clean(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        url_schemes=SCHEMES,
        link_rel=None,
    )


def _passes_the_gate(href: str) -> bool:
    """Return whether a link may lead there; the gate would drop the URL, and nobody could read it."""
    return "href" in _clean(format_html('<a href="{}">', href))


class _Rules(Markdown):
    """Markdown with these rules alone. It holds the state of one text: each text has its own."""

    def build_parser(self) -> _Rules:
        """Register our rules in place of all that Markdown comes with."""
        self.preprocessors = Registry()
        self.preprocessors.register(NormalizeWhitespace(self), "white_space", 20)
        self.preprocessors.register(Separate(self), "separate", 10)
        self.parser = BlockParser(self)
        self.parser.blockprocessors.register(List(self.parser), "list", 20)
        self.parser.blockprocessors.register(Paragraph(self.parser), "paragraph", 10)
        self.inlinePatterns = Registry()
        for priority, (name, pattern) in enumerate(
            {
                "line_break": SubstituteTagInlineProcessor(r"\n", "br"),
                "telephone": _Telephone(TELEPHONE, self),
                "mail": _Mail(MAIL, self),
                "url": _Anchor(URL, self),
                "bold": SimpleTagInlineProcessor(BOLD, "strong"),
                "link": _Link(LINK, self),  # the first of them
            }.items()
        ):
            self.inlinePatterns.register(pattern, name, priority)
        self.treeprocessors = Registry()
        self.treeprocessors.register(InlineTreeprocessor(self), "inline", 10)
        self.postprocessors = Registry()
        return self


class _Anchor(InlineProcessor):
    """A pattern for what becomes a link as it stands."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802 (Markdown's name)
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        href = self.href(m)
        if not href or not _passes_the_gate(href):
            return None, None, None
        anchor = Element("a", {"href": href})
        anchor.text = self.words(m)
        if anchor.text == href:
            anchor.set("class", "url")
        if self._leads_elsewhere(href) and not _SAYS_SO.match(data, m.end()):
            anchor.tail = AtomicString(EXTERNAL)
        return anchor, m.start(), m.end()

    def href(self, m: re.Match[str]) -> str:
        """Return where what was found leads; "" where it is no link after all."""
        return m[1]

    def words(self, m: re.Match[str]) -> str:
        """Return what stands on the page."""
        return AtomicString(m[1])

    def _leads_elsewhere(self, href: str) -> bool:
        own_site = settings.SITE_URL
        is_own = href == own_site or href.startswith(f"{own_site}/")
        return href.startswith("http") and not is_own


class _Mail(_Anchor):
    def href(self, m: re.Match[str]) -> str:
        return f"mailto:{m[1]}"


class _Telephone(_Anchor):
    def href(self, m: re.Match[str]) -> str:
        number = half_width(m[1]).replace("(", "-").replace(")", "-")
        return f"tel:{number}" if NUMBERS.fullmatch(number) else ""


class _Link(_Anchor):
    """A pattern for words in brackets with a URL in parentheses."""

    def href(self, m: re.Match[str]) -> str:
        return m[2]

    def words(self, m: re.Match[str]) -> str:
        return m[1]
