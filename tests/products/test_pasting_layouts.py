"""The premium table in any layout in which offices keep it: the same figures, or a refusal."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from products.pasting.problems import PasteError
from products.pasting.table import parse_premium_table
from tests.spreadsheets import YEN_EACH, Style, copied

MONTHS = [
    "カ月",
    "ヵ月",
    "ケ月",
    "ヶ月",
    "か月",
    "箇月",
    "ｶ月",
    "個月",
    "カ月間",
    "ヶ月間",
    "か月間",
    "ｹ月間",
    "月",
    ".0カ月",
    "",
    " カ月",
]
STYLES = st.builds(
    Style,
    range_mark=st.sampled_from(["", "〜", "～", "~", "から", "-", "−", "〜\n", "\n~\n"]),
    mark_stands=st.sampled_from(["in a column", "in the cell"]),
    units=st.sampled_from(["in the cell", "by format", "in headings", "in the title", "in a note"]),
    limit_unit=st.sampled_from([*YEN_EACH]),
    premium_unit=st.sampled_from(["円", "千円", "万円"]),
    indent=st.integers(0, 2),
    title=st.sampled_from(["", "JNX団体サイバー保険 2026年度", '"見積り"のもと\n(案)']),
    headings=st.integers(0, 2),
    note=st.sampled_from(["", "※千円未満切捨て", "(注)告知の内容により変わります。"]),
    merged=st.booleans(),
    months=st.sampled_from(MONTHS),
    number=st.sampled_from(["{}", "No.{}", "{}.", "{circled}", "({})", "{}.0"]),
    between=st.sampled_from(["", "\u200b", "\ufeff", "\u00a0", "\u2060"]),
).filter(
    lambda style: (
        # Without headings none states a unit; a line end stands in a cell beside other text.
        (style.headings or style.units != "in headings")
        and ("\n" not in style.range_mark or style.mark_stands == "in the cell")
    )
)


@st.composite
def tables(draw):
    """Draw the rows: each turnover without and with profit cover, as the shipped table has them."""
    turnovers = draw(st.lists(st.integers(1, 500), min_size=1, max_size=4, unique=True))
    rows = []
    for turnover in sorted(turnovers):
        liability, expense = (draw(st.integers(1, 20)) * 100_000_000 for _ in range(2))
        for profit, months in ((None, None), (100_000_000, draw(st.integers(1, 24)))):
            low, monthly = draw(st.integers(1_001, 400_000)), draw(st.integers(101, 40_000))
            premiums = (low * 10, low * 21, monthly * 10, monthly * 22)
            limits = (turnover * 100_000_000, liability, expense, profit)
            rows.append((len(rows) + 1, *limits, months, *premiums))
    return rows


def figures(text: str) -> list[tuple]:
    return [tuple(row.values.values()) for row in parse_premium_table(text)]


def with_a_format(style: Style) -> Style:
    """Return the style with a format that hides no part of a figure."""
    whole = {"in the cell": "#,##0", "by format": '#,##0"円"'}
    return Style(**vars(style) | {"number_format": whole.get(style.units, "#,##0.00000000")})


@settings(max_examples=150, deadline=None)
@given(tables(), STYLES)
def test_a_table_copied_from_a_spreadsheet_is_read_as_the_same_figures(rows, style):
    assert figures(copied(rows, with_a_format(style))) == rows


@settings(max_examples=150, deadline=None)
@given(tables(), STYLES, st.data())
def test_a_table_with_a_cell_less_or_more_is_never_read_as_others(rows, style, data):
    """A cell that was lost, doubled or moved is refused, or changes no figure.

    An emptied one may also be read as empty cells are: as the one above, or as no profit cover.
    """
    lines = copied(rows, with_a_format(style)).split("\r\n")
    first = bool(style.title or style.units == "in the title") + style.headings
    place = data.draw(st.integers(first, first + len(rows) - 1))
    cells = lines[place].split("\t")
    at = data.draw(st.integers(0, len(cells) - 1))
    change = data.draw(st.sampled_from(["lost", "doubled", "emptied", "before"]))
    if change == "before":
        cells.insert(at, "")
    elif change == "doubled":
        cells.insert(at, cells[at])
    else:
        cells[at : at + 1] = [""] if change == "emptied" else []
    lines[place] = "\t".join(cells)
    try:
        read = figures("\r\n".join(lines))
    except PasteError:
        return
    if change == "emptied":
        read, rows = ([(row[0], *row[6:]) for row in each] for each in (read, rows))
    assert read == rows


@pytest.mark.parametrize("stated", ["千円", "万円", "百万円", "億円"])
@pytest.mark.parametrize("own", ["円", "千円", "万円", "百万円", "億円"])
def test_a_unit_in_the_cell_and_one_in_the_heading_agree_or_are_refused(stated, own):
    rows = [(1, 10**9, 10**9, 10**8, None, None, 2 * 10**8, 4 * 10**8, 10**8, 3 * 10**8)]
    written = copied(rows, Style(premium_unit=own)).replace(
        "年間保険料の下限", f"年間保険料の下限({stated})"
    )
    if own == stated:
        assert figures(written) == rows
    else:
        with pytest.raises(PasteError, match="合うか分かりません"):
            figures(written)
