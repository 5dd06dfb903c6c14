"""Sentences that count as nearly the same."""

import pytest

from editing.nearly_same import nearly_same, sentences_of

SENTENCE = "夜間および休日の受付事案については、翌営業日の対応になる場合があります"


@pytest.mark.parametrize(
    ("other", "is_found"),
    [
        (SENTENCE.replace("翌営業日", "翌々営業日"), True),
        (SENTENCE.replace("なる場合があります", "なります"), True),
        (SENTENCE.replace("受付", "受け付け"), True),
        (SENTENCE, False),  # the same
        (f"ただし、{SENTENCE}", False),  # contains it
        ("お申込みと今後の保険期間については、取扱代理店へお問い合わせください", False),
        ("夜間および休日の受付事案については、サポートデスクの規約をご覧ください", False),
    ],
)
def test_sentences_that_differ_little_are_found(other, is_found):
    assert bool([*nearly_same([SENTENCE, other])]) == is_found


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (f"{SENTENCE}。短い文です。", [SENTENCE]),
        (f"*{SENTENCE}。\n(注){SENTENCE}", [SENTENCE, SENTENCE]),
        ("保険料の目安", []),
    ],
)
def test_a_text_is_compared_by_its_longer_sentences_without_their_marks(text, sentences):
    assert sentences_of(text) == sentences


def test_what_stands_in_many_sentences_is_a_way_of_writing():
    many = [
        f"{name}については、取扱代理店へお問い合わせください" for name in "甲乙丙丁戊己庚辛壬癸子"
    ]
    assert [*nearly_same(many)] == []
