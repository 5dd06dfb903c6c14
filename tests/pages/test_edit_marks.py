"""The public site in the admin: beside each text a mark that leads to its field."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import lxml.html
import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.http import QueryDict
from django.test import Client

from contacts.models import ROLE_NAMES
from core.japanese import day, weekday
from core.moment import Moment
from products.models.choices import STATE_NAMES
from products.models.gaps import GAPS
from publishing.page_as_of import page_as_of
from tests.html import Page, squeezed
from tests.moments import IN_THE_TERM, clock_at, tokyo
from tests.pages.interface_words import JAPANESE, listed
from tests.pages.marked_content import NOW, OF_A_TERM, PATHS, TIMES, TRACE, fill_content

pytestmark = pytest.mark.django_db
BLOCKS = {"p", "li", "tr", "dd", "dt", "h1", "h2", "h3", "h4", "caption", "address", "section", "aside"}  # fmt: skip
SEEN_BY_NOBODY = {"script", "style", "option", "svg"}


class Seen(NamedTuple):
    """A page at a moment, as an editor sees it and as visitors do."""

    path: str
    marked: Page
    public: str  # as HTML


@pytest.fixture(scope="module")
def seen(django_db_setup, django_db_blocker) -> dict[str, list[Seen]]:
    """Return all pages in the term, and those that change with it at all moments, by the moment."""
    pages = {}
    with django_db_blocker.unblock(), transaction.atomic():
        fill_content()
        editor = User.objects.create_superuser("編集者")
        for at in TIMES.values():
            with clock_at(at):
                client = Client()
                client.force_login(editor)
                pages[at] = [
                    Seen(path, Page(client.get(NOW + path, secure=True)), public_html(path, at))
                    for path in (PATHS if at == IN_THE_TERM else OF_A_TERM)
                ]
        transaction.set_rollback(True)
    return pages


@pytest.fixture(params=TIMES.values(), ids=TIMES.keys())
def at(request) -> str:
    return request.param


def public_html(path: str, at: str) -> str:
    path, _, query = path.partition("?")
    response = page_as_of(path, QueryDict(query), Moment(tokyo(at), pinned=True))
    return b"".join(response).decode()


def without_what_is_for_editors(html: str) -> str:
    """Return the page without marks, bar and banner, and without white space."""
    html = squeezed(html).replace(f'"{NOW}/', '"/')
    html = re.sub(r'<linkrel="stylesheet"href="[^"]*edit_marks.css">', "", html)
    html = re.sub(r'<asideclass="(editor-bar|pinned-clock)".*?</aside>', "", html)
    return re.sub(r'<aclass="edit-mark".*?</a>', "", html)


def test_but_for_the_marks_an_editor_sees_what_visitors_see(seen, at):
    for path, marked, public in seen[at]:
        assert not re.search(TRACE, marked.html), path
        expected = without_what_is_for_editors(public)
        assert without_what_is_for_editors(marked.html) == expected, path


def test_every_japanese_sentence_has_a_mark_or_is_a_word_of_the_interface(seen, at):
    days = [date(2025, 12, 24), tokyo(at).date()]  # that the pages are asked about
    words = [
        *(word for word, reason in listed().items() if not reason.startswith("how dates")),
        *(*ROLE_NAMES.values(), *STATE_NAMES.values(), *GAPS.values()),
        *(f"({weekday(each)})に申し込む場合" for each in days),
        *(f"作成日:{day(each)}" for each in days),
        *(day(each) for each in days),
        *(f"({weekday(each)})" for each in days),
    ]
    without = defaultdict(list)
    for path, marked, _ in seen[at]:
        if path != "/accessibility/":  # which tests keep true
            for sentence in unmarked_sentences(marked, words):
                without[sentence].append(path)
    assert without == {}


def unmarked_sentences(page: Page, words: list[str]) -> Iterator[str]:
    page.drop_phrase_marks()
    for bar in page.all(".editor-bar"):
        bar.drop_tree()
    marked = {block_of(mark) for mark in page.all(".edit-mark")}
    for text in page.document.body.xpath("//body//text()"):
        holder = text.getparent() if text.is_text else text.getparent().getparent()
        hidden = {each.tag for each in (holder, *holder.iterancestors())} & SEEN_BY_NOBODY
        if not hidden and block_of(holder) not in marked and JAPANESE.search(left(text, words)):
            yield text.strip()


def left(text: str, words: list[str]) -> str:
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, "")
    return text


def block_of(element: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    around = (element, *element.iterancestors())
    return next((each for each in around if each.tag in BLOCKS), element)
