"""The premium table as software for the blind reads it: each cell by its headers."""

import re

import pytest

from products.models import PolicyTerm
from tests.html import Page, squeezed
from tests.pages.page_paths import PAGE_PATHS, TERM_PATH
from tests.source import LINES

PROFIT = "利益(てん補期間)"


def published_rows(page: Page) -> list[dict[str, str]]:
    (table,) = page.all("table.premium-table")
    columns = [squeezed(th.text_content()) for th in table.cssselect("thead th[scope=col]")]
    columns = [re.sub("0100200300万円$", "", column) for column in columns]  # the axis
    rows = []
    for group in table.cssselect("tbody"):
        (group_header,) = group.cssselect("th[scope=rowgroup]")
        for tr in group.cssselect("tr")[1:]:
            assert [cell.tag for cell in tr] == ["td", "th", *["td"] * (len(columns) - 2)]
            assert tr[1].get("scope") == "row"
            label, amount = group_header.text_content().split()
            cells = [squeezed(cell.text_content()) for cell in tr]
            rows.append(dict(zip(columns, cells, strict=True)) | {label: amount})
    return rows


def source_rows() -> list[dict[str, str]]:
    """Lines 51 to 56, with the cells filled in that the source merges into the ones above."""
    rows = []
    turnover = ""
    for number in range(51, 57):
        cells = [cell.strip() for cell in LINES[number].strip("| ").split("|")]
        without_profit = cells[-4] == "-"
        if "-" in cells:
            turnover = cells[1]
        annual, monthly = (cell.replace("~", "〜") for cell in cells if "~" in cell)
        rows.append(
            {
                "No": cells[0],
                "売上高": turnover,
                "賠償": "10億円",
                "費用": "1億円",
                PROFIT: "なし" if without_profit else "あり1億円・1カ月",
                "年間保険料": annual,
                "月額(ご参考)": monthly,
            }
        )
    return rows


@pytest.mark.parametrize("path", ["/", "/insurance/", "/insurance/terms/2025/"])
def test_the_48_cells_of_the_source_are_published(visit, path):
    rows = published_rows(visit(path))
    assert [len(row) for row in rows] == [7] * 6
    assert rows == source_rows()


def test_the_figures_are_the_ones_of_the_source():
    """The same in figures, so that no helper of the tests can hide a wrong one."""
    turnovers = {row["No"]: row["売上高"] for row in source_rows()}
    assert turnovers == {
        "1": "10億円", "2": "10億円", "3": "50億円", "4": "50億円", "5": "100億円", "6": "100億円",
    }  # fmt: skip
    assert source_rows()[3]["年間保険料"] == "987,190円〜2,150,420円"
    assert source_rows()[3]["月額(ご参考)"] == "82,260円〜179,200円"


@pytest.mark.parametrize("path", ["/", "/insurance/", "/insurance/terms/2025/"])
def test_the_notes_stand_with_the_table(visit, path):
    boxes = visit(path).all(".premiums")
    assert boxes
    for box in boxes:
        notes = [squeezed(note.text_content()) for note in box.cssselect(".notes li")]
        assert notes == [squeezed(LINES[number]) for number in (57, 58, 59)]


def test_the_names_of_the_limits_are_the_secretariats(visit):
    PolicyTerm.objects.get(code="2025").coverage_categories.filter(kind="profit").update(
        short_name="喪失利益"
    )
    (row, *_) = published_rows(visit("/insurance/"))
    assert row["喪失利益(てん補期間)"] == "なし"
    finder = visit("/insurance/premiums/?turnover=1000000000&profit=yes")
    assert "喪失利益1億円(喪失利益てん補期間1カ月)" in finder.main
    assert "喪失利益の補償(オプション)" in finder.main


def test_limits_that_differ_between_rows_are_shown_row_by_row(visit):
    row = PolicyTerm.objects.get(code="2025").premium_rows.get(number=5)
    row.liability_limit = 2_050_000_000
    row.save()
    rows = published_rows(visit("/insurance/"))
    assert [row["賠償"] for row in rows][3:] == ["10億円", "20億5,000万円", "10億円"]
    # Phones leave these columns out: there the row's own header says it.
    assert rows[4][PROFIT] == "なし賠償20億5,000万円、費用1億円"
    assert "どの例も" not in visit("/insurance/").texts(".premium-table caption")[0]


def test_the_caption_states_the_limits_that_all_rows_share(visit):
    page = visit("/insurance/")
    (caption,) = page.texts(".premium-table caption")
    assert "どの例も、保険金額は賠償10億円・費用1億円です。" in caption
    assert "棒" not in caption  # which is read out, as the bars are not
    (note,) = page.texts(".bars-note [aria-hidden=true]")
    assert "左端が0円、右端が350万円、縦の線は100万円ごとです。" in note


@pytest.mark.parametrize("path", ["/", "/insurance/", "/insurance/premiums/"])
def test_the_bars_of_all_rows_stand_on_one_axis_from_zero(visit, path):
    page = visit(path)
    bars = page.all(".premium-table svg.bar")
    assert {bar.get("viewbox") for bar in bars} == {"0 0 350 20"}
    drawn = [
        (float(rect.get("x")), float(rect.get("width")))
        for rect in page.all(".premium-table svg.bar rect")
    ]
    assert drawn == [
        (14.0, 16.5), (38.4, 45.3), (27.0, 31.8), (98.7, 116.3), (37.6, 44.3), (144.8, 170.5),
    ]  # fmt: skip
    assert all(bar.get("aria-hidden") == "true" for bar in page.all(".premium-table svg"))


@pytest.mark.parametrize("path", [*PAGE_PATHS, TERM_PATH, "/insurance/summary/?no=4"])
def test_a_price_stands_nowhere_without_its_notes(visit, path):
    page = visit(path)
    notes = [squeezed(LINES[number]) for number in (57, 58, 59)]
    for text in page.document.body.xpath(".//text()[contains(., '0円')]"):
        boxes = text.getparent().xpath("ancestor-or-self::*[contains(@class, 'premiums')]")
        assert boxes, text
        assert [squeezed(note.text_content()) for note in boxes[0].cssselect(".notes li")] == notes
