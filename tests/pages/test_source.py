"""Every sentence of the source stands on the page where it belongs, the listed corrections aside."""

import re
from dataclasses import dataclass

import pytest
from django.conf import settings

from tests.html import squeezed
from tests.pages.page_paths import PAGE_PATHS
from tests.source import LINES

CORRECTIONS = (settings.BASE_DIR / "docs" / "ja" / "corrections.md").read_text(encoding="utf-8")

# The premium table (49-56) is read cell by cell in test_premium_table.py.
WHERE = [
    (range(1, 8), "/company/"),
    (range(8, 31), "/contact/"),
    (range(31, 44), "/"),
    (range(44, 49), "/insurance/"),
    (range(57, 127), "/insurance/"),
    (range(127, 131), "/privacy/"),
    (range(131, 133), "/insurance/"),
    (range(133, 181), "/support-desk/"),
    (range(181, 192), "/security-services/"),
    (range(192, 199), "/contact/"),
]


@dataclass(frozen=True)
class Correction:
    lines: range
    source: list[str]
    published: list[str]


def table_rows(heading: str) -> list[list[str]]:
    section = CORRECTIONS.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def line_numbers(text: str) -> range:
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def corrections() -> list[Correction]:
    return [
        Correction(line_numbers(lines), source.split(" / "), published.split(" / "))
        for lines, source, published, *_ in table_rows("文章の違い")
    ]


def expected(number: int) -> list[str]:
    """Return the pieces of this line of the source that must stand on its page."""
    for correction in corrections():
        if number in correction.lines:
            if len(correction.lines) > 1 or len(correction.published) > 1:
                return correction.published
            return [LINES[number].replace(correction.source[0], correction.published[0])]
    return LINES[number].split("|")


def normalised(text: str) -> str:
    """Without what has no meaning here: white space, list marks, brackets that became headings."""
    text = re.sub(r"^- |^-+$", "", text.strip())
    return re.sub("[【】<>]", "", squeezed(text)).replace("~", "〜")


@pytest.mark.parametrize(("numbers", "path"), WHERE, ids=lambda value: str(value))
def test_every_sentence_of_the_source_stands_on_its_page(visit, numbers, path):
    text = normalised(visit(path).text)
    missing = [
        f"{number}: {piece}"
        for number in numbers
        for piece in expected(number)
        if normalised(piece) not in text
    ]
    assert not missing


def test_every_line_of_the_source_is_looked_for():
    looked_for = {number for numbers, _ in WHERE for number in numbers}
    assert set(LINES) - looked_for == set(range(49, 57))


@pytest.mark.parametrize("correction", corrections(), ids=lambda correction: str(correction.lines))
def test_a_listed_correction_corrects_what_the_source_says(correction):
    lines = "".join(LINES[number] for number in correction.lines)
    for piece in correction.source:
        assert piece in lines


@pytest.mark.parametrize(
    ("lines", "text"), [row[:2] for row in table_rows("原文のまま掲載し、確認を要するもの")]
)
def test_a_doubt_about_the_source_is_published_as_it_stands(visit, lines, text):
    (number,) = line_numbers(lines)
    assert text in LINES[number]
    assert any(squeezed(text) in visit(path).text for path in PAGE_PATHS)


@pytest.mark.parametrize(
    "slip", ["午後4特", "まど各種", "受付事業", "一貫としての", "DDOS", "JNX 団体"]
)
def test_no_slip_of_the_source_is_published(visit, slip):
    for path in PAGE_PATHS:
        assert slip not in visit(path).html
