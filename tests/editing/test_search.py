"""Words that count as the same, and their places in the text as it is written."""

import pytest

from editing.search import find, find_parts, is_empty, replaced, sentences


def found(words: str, text: str) -> list[str]:
    return [text[span.start : span.end] for span in find(words, text)]


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ("飯島", "担当:飯島・千葉", ["飯島"]),
        ("飯島", "飯島と飯島", ["飯島", "飯島"]),
        ("飯島", "千葉", []),
        # width
        ("0120318258", "電話 0120-318-258 まで", ["0120-318-258"]),
        ("０１２０−３１８−２５８", "0120-318-258", ["0120-318-258"]),
        ("ｻﾎﾟｰﾄ", "各種サポート機能", ["サポート"]),
        ("サポート", "各種ｻﾎﾟｰﾄ機能", ["ｻﾎﾟｰﾄ"]),
        ("がぎ", "か\u3099き\u3099", ["か\u3099き\u3099"]),
        ("JNX", "ＪＮＸ", ["ＪＮＸ"]),
        ("(株)", "㈱アオイ", ["㈱"]),
        # case and kana
        ("sompo", "SOMPOリスク", ["SOMPO"]),
        ("さいばー", "サイバー保険", ["サイバー"]),
        # white space, line breaks, hyphens
        ("団体 サイバー", "団体\u3000サイバー", ["団体\u3000サイバー"]),
        ("保険料の例", "保険料の\n例", ["保険料の\n例"]),
        ("団体サイバー", "団体\u2010サイバー", ["団体\u2010サイバー"]),
        ("03-5422-6351", "03ー5422ー6351", ["03ー5422ー6351"]),
        ("035422", "03\u22125422", ["03\u22125422"]),
        ("10〜20", "10～20", ["10～20"]),
        # a long vowel mark is no hyphen, except between digits
        ("サポト", "サポート", []),
        ("サポート", "サポト", []),
        # marks of bold words
        ("この保険は", "この**保険**は任意です", ["この**保険**は"]),
        ("保険は", "この**保険**は任意です", ["保険**は"]),
        ("3*4", "3*4", ["3*4"]),
        # commas within a number
        ("1234000", "1,234,000円", ["1,234,000"]),
        ("1,234,000円", "1234000円", ["1234000円"]),
        ("飯島千葉", "飯島,千葉", []),
        # whole characters alone
        ("か", "が", []),
        ("か", "か\u3099", []),
        ("ﾎ", "ﾎﾟ", []),
        ("株", "㈱アオイ", []),
        ("0", "⑩", []),
        ("1", "⑩", []),
        # what stays of the text around
        ("島", "飯島", ["島"]),
        ("ああ", "あああ", ["ああ"]),
        ("", "飯島", []),
        ("- ", "飯島 - 千葉", []),
    ],
)
def test_words_are_found_as_people_mean_them(words, text, expected):
    assert found(words, text) == expected


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ("*月額はご参考です", "月額はご参考です。", ["月額はご参考です"]),
        ("毎月20日締切で翌月1日", "(毎月{締切日}日締切で翌月{開始日}日)", ["日締切で翌月"]),
        ("売上高 10億円", "1,000,000,000円(10億円)", ["10億円"]),
        ("前の文。後の文です", "ほかの文。後の文です。", ["後の文です"]),
        ("〜1,179,200円", "179,200円", []),
        ("11億円と2025年度", "1億円", []),
        ("0120-318-2580", "0120-318-258", []),
        ("保険料です", "保険料", []),  # three characters stand nearly everywhere
        ("保険期間", "{保険期間}", []),
        ("飯島", "飯島・千葉", []),
        ("", "", []),
    ],
)
def test_the_parts_of_a_text_are_found_in_what_was_copied_off_a_page(words, text, expected):
    assert [text[span.start : span.end] for span in find_parts(words, text)] == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [("", True), (" \u3000", True), ("-\u2212", True), ("ー", False), ("円", False)],
)
def test_words_of_spaces_and_hyphens_are_none(words, expected):
    assert is_empty(words) == expected


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ("飯島", "一つ目。飯島です。三つ目。", ["飯島です。"]),
        ("飯島", "一行目\n飯島です\n三行目", ["飯島です"]),
        ("飯島", "飯島は飯島です。", ["飯島は飯島です。"]),
        ("飯島", "飯島です。千葉です。飯島です。", ["飯島です。", "飯島です。"]),
        ("です。千葉", "飯島です。千葉です。青井です。", ["飯島です。千葉です。"]),
        ("です。", "飯島です。千葉です。", ["飯島です。", "千葉です。"]),
        ("飯島千葉", "担当は飯島\n千葉です。", ["担当は飯島\n千葉です。"]),
    ],
)
def test_each_sentence_with_the_words_is_told_once(words, text, expected):
    told = sentences(text, find(words, text))
    assert [text[each.start : each.end] for each in told] == expected
    assert [span for each in told for span in each.found] == find(words, text)


def test_a_sentence_is_told_in_pieces():
    text = "前。飯島と飯島。"
    (sentence,) = sentences(text, find("飯島", text))
    assert list(sentence.pieces(text)) == [
        ("", False), ("飯島", True), ("と", False), ("飯島", True), ("。", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ("飯島", "飯島と飯島", "山田と山田"),
        ("0120318258", "電話 0120-318-258。", "電話 山田。"),
        ("ｻﾎﾟｰﾄ", "各種 サポート-機能", "各種 山田-機能"),
        ("㈱", "(株)アオイ", "山田アオイ"),
        ("青", "青と青と青", "山田と山田と山田"),
    ],
)
def test_exactly_what_was_found_is_replaced(words, text, expected):
    assert replaced(text, find(words, text), "山田") == expected
