"""Formatted text: what is supported, what stays as typed, and that nothing else ever comes out."""

import html
import re

import lxml.html
import pytest
from django.utils.html import strip_tags
from hypothesis import example, given
from hypothesis import strategies as st

from core.formatted_text import ATTRIBUTES, SCHEMES, TAGS, formatted, plain
from core.typed_text import clean_text
from editing.edit_marks import MarkedText
from tests.html import squeezed

MARK = "\ufdd0\ufdd3\ufddc\ufdd3\ufddc\ufdd3\ufdd1"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一\n二\n\n三", "<p>一<br>二</p><p>三</p>"),
        ("次:\n- 一\n- 二\n終", "<p>次:</p><ul><li>一</li><li>二</li></ul><p>終</p>"),
        ("- 一\n  続き\n\n- 二", "<ul><li>一<br>  続き</li><li>二</li></ul>"),
        ("1. 一\n2. 二", "<ol><li>一</li><li>二</li></ol>"),
        ("3. 三\n4. 四\n6. 六", '<ol start="3"><li>三</li><li>四</li></ol><ol start="6"><li>六</li></ol>'),
        ("1. 一\n\n2. 二\n\n1. 別", "<ol><li>一</li><li>二</li></ol><ol><li>別</li></ol>"),
        ("- 一\n1. 二", "<ul><li>一</li></ul><ol><li>二</li></ol>"),
        ("これは**「太字」**です", "<p>これは<strong>「太字」</strong>です</p>"),
        ("- **太**字", "<ul><li><strong>太</strong>字</li></ul>"),
        ("[**資料**](https://cyber.jnx.test/documents/)", '<p><a href="https://cyber.jnx.test/documents/"><strong>資料</strong></a></p>'),
        ("[外](https://a.jp/?b=1&c=(2))", '<p><a href="https://a.jp/?b=1&amp;c=(2)">外</a>(外部サイト)</p>'),
        ("[外](https://a.jp/)(外部サイト)", '<p><a href="https://a.jp/">外</a>(外部サイト)</p>'),
        ("「https://a.jp/x?y=1&z=2」", '<p>「<a class="url" href="https://a.jp/x?y=1&amp;z=2">https://a.jp/x?y=1&amp;z=2</a>(外部サイト)」</p>'),
        ("https://cyber.jnx.test/a_(b)を", '<p><a class="url" href="https://cyber.jnx.test/a_(b)">https://cyber.jnx.test/a_(b)</a>を</p>'),
        ("https://a.jp/資料/a.pdf", "<p>https://a.jp/資料/a.pdf</p>"),  # not to https://a.jp/
        ("https://a.jp/?q=保険&p=2へ", "<p>https://a.jp/?q=保険&amp;p=2へ</p>"),
        ("https://cyber.jnx.test/をご覧ください。/faq", '<p><a class="url" href="https://cyber.jnx.test/">https://cyber.jnx.test/</a>をご覧ください。/faq</p>'),
        ("https://cyber.jnx.test/faq/。", '<p><a class="url" href="https://cyber.jnx.test/faq/">https://cyber.jnx.test/faq/</a>。</p>'),
        ("宛先a.b@c.co.jpまで", '<p>宛先<a href="mailto:a.b@c.co.jp">a.b@c.co.jp</a>まで</p>'),
    ],
)  # fmt: skip
def test_what_is_supported_becomes_html(text, expected):
    assert formatted(text) == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("TEL:0120-318-258", "0120-318-258"),
        ("（03-5422-6351）", "03-5422-6351"),
        ("（１）03-5422-6351まで", "03-5422-6351"),
        ("03(5422)6351", "03-5422-6351"),
        ("０３－５４２２－６３５１", "03-5422-6351"),
        ("0800-123-4567", "0800-123-4567"),
        ("090-1234-5678", "090-1234-5678"),
        ("〒150-0001", None),
        ("2025-10-03", None),
        ("証券番号 0123-456-7890", None),
        ("A03-5422-6351", None),
        ("03-5422-6351-12", None),
        ("103-5422-6351", None),
        ("１03-5422-6351", None),
        ("渋谷区1-26-1", None),
        ("https://a.jp/03-5422-6351", None),
    ],
)
def test_a_telephone_number_can_be_tapped_and_nothing_that_looks_like_one(text, number):
    found = re.findall(r'href="tel:([^"]+)"', formatted(text))
    assert found == ([number] if number else [])


@pytest.mark.parametrize(
    "text",
    [
        "<b>太字</b> <script>x</script> <!-- a -->", "&amp; & &lt; &#42;", r"\*a\* C:\x", "_下線_ `コード`",
        "*お支払いできない場合", "* 注記", "※注記", "・一", "+ 一", "# 見出し", "> 引用", "---", "===",
        "[1]: https", "[1]", "[", "![絵](x.png)", "＊＊全角＊＊", "** 空白 **", "**片方", "***三つ***", "5*3*2",
        "[x](javascript:alert(1))", "[x](data:text/html,x)", "[x](/documents/)", "[](https)", "2025. 年", "01. 一", "１. 一",
        "-一", "1.一", "javascript:alert(1)", "mailto:", "a@b", '"\'',
    ],
)  # fmt: skip
def test_what_is_not_supported_stands_as_it_was_typed(text):
    assert html.unescape(formatted(text)) == f"<p>{text}</p>"
    assert plain(text) == text


def test_four_spaces_in_front_make_no_code():
    assert squeezed(formatted("一\n\n    二\n    三")) == "<p>一</p><p>二<br>三</p>"


def test_a_link_that_the_gate_refuses_stands_as_it_was_typed():
    text = "[x](https://a.jp:99999999/)"
    assert formatted(text) == f"<p>{text}</p>"
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- **一**\n- 二", "・一\n・二"),
        ("3. 三\n\n四", "3. 三\n\n四"),
        ("[資料](https://a.jp/)を[電話](tel:03-5422-6351)", "資料(https://a.jp/)を電話(03-5422-6351)"),
        ("[a@b.jp](mailto:a@b.jp)", "a@b.jp"),
    ],
)  # fmt: skip
def test_the_plain_text_has_no_signs_of_markdown(text, expected):
    assert plain(text) == expected


def marked(text: str) -> str:
    return re.sub(".+", rf"{MARK}\g<0>", text)


@pytest.mark.parametrize(
    "text",
    ["次:\n- 一\n- **二**\n  続き", "3. 三\n5. 五", "**太字**\n[外](https://a.jp/)\nhttps://a.jp/", "一\n \n二"],
)  # fmt: skip
def test_the_marks_of_editors_change_nothing_else_and_stand_in_no_tag(text):
    with_marks = formatted(marked(text))
    assert MARK in with_marks
    assert with_marks.replace(MARK, "") == formatted(text)
    assert not any(MARK in tag for tag in re.findall("<[^>]*>", with_marks))


def test_a_marked_text_is_not_taken_for_an_equal_text_with_other_marks_or_none():
    other = MARK.replace("\ufdd3", "\ufdd4")
    for mark in ("", MARK, other):
        assert formatted(MarkedText(f"{mark}同じ文")) == f"<p>{mark}同じ文</p>"


signs = st.sampled_from(
    ["**", "*", "- ", "1. ", "[", "]", "(", ")", "\n", "\n\n", "https://", "a.jp", "<b>", "&amp;", "&", "03-5422-6351",
     "tel:", "mailto:", "@", "javascript:", '"', "'", "\\", "_", " ", "\u3000", "あ"]
)  # fmt: skip
texts = st.one_of(st.text(), st.lists(signs | st.text(max_size=3)).map("".join))


@given(texts)
@example("[a](https://a.jp)[b](https://[)")
@example("\x02klzzwxh:0000\x03")
def test_any_text_gives_safe_html(text):
    out = formatted(text)
    plain(text)
    for element in lxml.html.fromstring(f"<div>{out}</div>").iterdescendants():
        assert element.tag in TAGS
        assert set(element.attrib) <= ATTRIBUTES.get(element.tag, set()) | {"class"}
        assert element.get("class", "url") == "url"
        if element.tag == "a":
            assert element.get("href").split(":")[0] in SCHEMES


@given(texts.map(clean_text))
def test_without_supported_syntax_the_page_shows_what_was_typed(text):
    out = formatted(text)
    if not re.search("<(strong|li|a)[ >]", out):
        assert squeezed(html.unescape(strip_tags(out))) == squeezed(text)
