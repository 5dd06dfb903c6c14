"""Fields for text: which marks they drop because pages add them, and which stay."""

import pytest

from core.fields import LinesField, NoteField, ProseField
from core.typed_text import as_read, clean_text


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("*注記", "注記"),
        ("＊ 注記", "注記"),
        ("※注記", "注記"),
        ("(注)注記", "注記"),
        ("（注） 注記", "注記"),
        ("※1 注一\n※2 注二", "※1 注一\n※2 注二"),
        ("※１ 注一", "※１ 注一"),
        ("**重要** です", "**重要** です"),
        ("注記*", "注記*"),
    ],
)
def test_a_note_loses_the_mark_that_pages_add_and_no_other(typed, stored):
    assert NoteField("注記").to_python(typed) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("・一\n* 二\n\n＊三", "一\n二\n三"),
        ("・・・続く", "・・・続く"),
        ("**太字**", "**太字**"),
        ("A・B", "A・B"),
    ],
)
def test_a_line_loses_the_mark_that_pages_add_and_no_other(typed, stored):
    assert LinesField("箇条書き").to_python(typed) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("\u3000第一段落\n\n\u3000第二段落\n", "\u3000第一段落\n\n\u3000第二段落"),
        (" \n文 ", "文"),
        ("\u3000 \n", ""),
    ],
)
def test_the_first_paragraph_keeps_the_space_that_it_begins_with(typed, stored):
    assert ProseField("本文").to_python(typed) == stored


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("スケ－ル メリット", "ｽｹｰﾙﾒﾘｯﾄ", True),
        ("ＪＮＸとは?", "JNXとは？", True),
        ("1-2年目は?", "12年目は?", False),
        ("ビール", "ビル", False),
    ],
)
def test_texts_are_the_same_where_people_read_the_same(one, other, same):
    assert (as_read(one) == as_read(other)) == same


@pytest.mark.parametrize("filler", ["\u3164", "\u115f", "\u1160", "\uffa0", "\u2800"])
def test_letters_that_show_nothing_go(filler):
    assert clean_text(f"{filler}あ{filler}") == "あ"
