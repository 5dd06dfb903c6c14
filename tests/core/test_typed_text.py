"""Typed text: what stays, what becomes a space, what goes, what is refused, and what counts as the same."""

import time
import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from core.typed_text import clean_line, clean_text, comparable, require_publishable
from tests.patience import limit


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("売上高10億円\t140,230円\t305,380円", "売上高10億円 140,230円 305,380円"),
        ("一\r\n二\r三\v四\f五\x85六\u2028七\u2029八", "一\n二\n三\n四\n五\n六\n七\n八"),
        ("一\x1c二\x1e三\x1f四", "一\n二\n三 四"),
        ("10\xa0億\u2009円\u202f目安", "10 億 円 目安"),
        ("全角\u3000空白", "全角\u3000空白"),
        ("件\x08名\x00\x7f\ufeff\u200b\u2060\xad\u202e\u200e\ufff9", "件名"),
        ("非文字\ufffe\ufdd0\U0001ffff", "非文字"),
        ("か\u3099き\u309aハ\u309aヴ", "がき\u309aパヴ"),
        ("cafe\u0301", "cafe\u0301"),  # NFC is for kana alone
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("☎\ufe0e", "☎\ufe0e"),
        ("飯\ufa2a﨑\ufa11福\ufa1b神\ufa19", "飯\ufa2a﨑\ufa11福\ufa1b神\ufa19"),
        ("\U00031350田 \U0002ebf0 揺れ\U0001fae8", "\U00031350田 \U0002ebf0 揺れ\U0001fae8"),
        ("👩\u200d💻 ا\u200cب", "👩\u200d💻 ا\u200cب"),
        ("語\u200d \u200c終\u200d", "語 終"),
        ("🏴\U000e0067\U000e0062\U000e007f", "🏴\U000e0067\U000e0062\U000e007f"),
        ("語\U000e0067", "語"),
        ("ｱﾞ㈱①㎡", "ｱﾞ㈱①㎡"),
    ],
)
def test_text_is_stored_as_typed_without_what_nobody_sees(typed, stored):
    assert clean_text(typed) == stored
    assert clean_text(stored) == stored


def test_a_line_has_no_line_ends():
    assert clean_line(" 株式会社\r\n見本\t ") == "株式会社 見本"


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Cn"])))
def test_every_letter_mark_number_sign_and_unknown_character_stays(text):
    kana_apart = text.replace("\u3099", "").replace("\u309a", "")
    kept = "".join(c for c in kana_apart if not _is_no_character(c) and c not in SHOWS_NOTHING)
    assert clean_text(kept) == kept


SHOWS_NOTHING = "\u115f\u1160\u2800\u3164\uffa0"  # letters all the same


def _is_no_character(character: str) -> bool:
    return 0xFDD0 <= ord(character) <= 0xFDEF or ord(character) & 0xFFFE == 0xFFFE


@given(st.text())
def test_cleaning_twice_is_cleaning_once_and_leaves_no_control(text):
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert not [c for c in cleaned if c != "\n" and unicodedata.category(c) == "Cc"]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("担当 \ue000島", "4文字目(「担当 」の次)に、外字などの"),
        ("\uf8ff", "1文字目に、外字などの"),
        ("一行目\n二行目の\U000f0000字", "2行目の5文字目(「二行目の」の次)に、外字などの"),
        ("長い文の終わりにある\U0010fffd", "11文字目(「終わりにある」の次)に、外字などの"),
        ("文字\ufffdけ", "3文字目(「文字」の次)に、文字化けした文字が"),
        ("\ud840", "1文字目に、"),
    ],
)
def test_what_other_machines_cannot_show_is_refused_with_its_place(typed, message):
    with pytest.raises(ValidationError, match="別の文字で入力してください。") as refused:
        require_publishable(typed)
    assert refused.value.messages[0].startswith(message)


@pytest.mark.parametrize("typed", ["\U00031350田", "飯\ufa2a", "揺れ\U0001fae8", "①㈱"])
def test_what_other_machines_show_is_published(typed):
    require_publishable(typed)


@pytest.mark.parametrize(
    "written",
    [
        "ｽｹｰﾙﾒﾘｯﾄ", "スケ\nールメリット", "スケ－ルメリット", "スケ ール\u3000メリット", "スケ―ルメリット",
        "スケ\u200bールメリット", "スケ\tールメリット",
    ],
)  # fmt: skip
def test_texts_that_read_the_same_are_comparable(written):
    assert comparable(written) == comparable("スケールメリット")


def test_many_joiners_cost_no_more_time_than_other_text():
    text = "a" + "\u200d" * 30_000 + "x"
    began = time.monotonic()
    assert clean_text(text) == text
    assert time.monotonic() - began < limit(1)
