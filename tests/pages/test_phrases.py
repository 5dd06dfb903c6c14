"""Headings break between phrases alone: each has its marks, and nothing else does."""

import re

import pytest

from editing.edit_marks import Mark
from pages.phrases import mark_headings, mark_phrases
from products.models import PolicyTerm
from tests.pages.page_paths import PAGE_PATHS

MARK = Mark(PolicyTerm, 1, "code")


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("JNX団体サイバー保険", "JNX団体|サイバー保険"),
        ("SOMPOサイバーインシデントサポートデスク", "SOMPO|サイバー|インシデント|サポートデスク"),
        ("損害保険ジャパンからのお知らせ", "損害保険ジャパンからの|お知らせ"),
        ("今申し込むと、いつから?", "今申し込むと、|いつから?"),
        ("保険料", "保険料"),
        ("2025年4月1日(午後4時)", "2025年4月1日|(午後|4時)"),
        ("2025年4月1日〜2026年4月1日", "2025年4月1日〜|2026年4月1日"),
    ],
)
def test_a_text_is_marked_between_its_phrases(text, marked):
    assert mark_phrases(text).replace("<wbr>", "|") == marked


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ('<h2 id="a">お申込みの前に</h2>', '<h2 id="a">お申込みの<wbr>前に</h2>'),
        ("<p>お申込みの前に</p>", "<p>お申込みの前に</p>"),
        ('<h3><a href="/お申込みの前に/">お申込みの前に</a></h3>',
         '<h3><a href="/お申込みの前に/">お申込みの<wbr>前に</a></h3>'),
        ("<h1>&lt;お申込みの前に&gt;</h1>", "<h1>&lt;お申込みの<wbr>前に&gt;</h1>"),
        ("<h1><time>2025年4月1日(午後4時)</time></h1>", "<h1><time>2025年4月1日(午後4時)</time></h1>"),
        (f"<h1>{MARK}お申{MARK}込みの{MARK}前に</h1>", f"<h1>{MARK}お申{MARK}込みの<wbr>{MARK}前に</h1>"),
        (f"<h1>前に{MARK}</h1>", f"<h1>前に{MARK}</h1>"),
    ],
)  # fmt: skip
def test_marks_stand_in_the_texts_of_headings_alone(html, marked):
    assert mark_headings(html) == marked


@pytest.mark.parametrize("path", PAGE_PATHS)
def test_no_mark_gets_into_titles_attributes_or_data(visit, path):
    html = visit(path).html
    head = html.partition("</head>")[0]
    assert "<wbr" not in head
    assert "&lt;wbr" not in html
    assert not re.search(r'="[^"]*<wbr', html)
