"""Tests of the printed pages, on A4."""

import re

import pytest

from tests.browser.sticking_out import STICKING_OUT
from tests.browser.visible_paths import IN_EACH_STATE

PRINTED_WIDTH = 688  # of A4 without its margins, in CSS pixels


@pytest.fixture
def printed_pages(open_site, visit):
    """The number of A4 pages on which the page at a path is printed."""

    def printed_pages(path: str) -> int:
        pdf = visit(open_site, path).pdf(format="A4", prefer_css_page_size=True)
        return len(re.findall(rb"/Type\s*/Page\b", pdf))

    return printed_pages


@pytest.mark.parametrize(("site", "path"), IN_EACH_STATE, indirect=["site"])
def test_paper_cuts_nothing_off(site, visit, page, path):
    page.emulate_media(media="print")
    visit(site, path, width=PRINTED_WIDTH)
    assert page.evaluate(STICKING_OUT) == []


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/", 3),
        ("/insurance/", 4),
        ("/insurance/join/", 2),
        ("/insurance/premiums/", 1),
        ("/insurance/request/?about=question&on=2025-10-03", 1),
        ("/support-desk/", 2),
        ("/contact/", 1),
    ],
)
def test_a_page_is_printed_on_few_sheets(printed_pages, path, most):
    assert printed_pages(path) <= most


def test_on_paper_there_are_words_and_no_controls(open_site, visit, page):
    page.emulate_media(media="print")
    visit(open_site, "/insurance/premiums/")
    for hidden in ("nav", "form", "button", ".desk-status", ".skip-link", ".on-screen"):
        assert page.locator(hidden).count()
        for element in page.locator(hidden).all():
            assert not element.is_visible(), hidden
    for shown in (".emergency .door", ".emergency .desk-name", ".emergency .number", ".emergency .note", ".premium-table .in-caption", "svg.bar",
                  ".premiums .notes", ".term-period", ".closing-notes"):  # fmt: skip
        assert page.locator(shown).first.is_visible(), shown


# How far each label of the axis begins behind the end of the one before.
GAPS = """() => {
  const labels = [...document.querySelectorAll(".axis text")].map(text => text.getBoundingClientRect());
  return labels.slice(1).map((label, number) => label.left - labels[number].right);
}"""


def test_on_paper_the_labels_of_the_axis_stand_apart(open_site, visit, page):
    page.emulate_media(media="print")
    visit(open_site, "/insurance/premiums/", width=PRINTED_WIDTH)
    gaps = page.evaluate(GAPS)
    assert len(gaps) == 3
    assert min(gaps) >= 6


LINES = """each => each.map(element => {
  const range = document.createRange();
  range.selectNodeContents(element);
  return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size;
})"""


@pytest.mark.parametrize("path", ["/insurance/premiums/", "/contact/"])
def test_on_paper_no_street_number_is_broken(open_site, visit, page, path):
    page.emulate_media(media="print")
    visit(open_site, path, width=PRINTED_WIDTH)
    assert page.get_by_text("〒").evaluate_all(LINES) == [1, 1]


def test_deadlines_that_are_all_past_leave_no_empty_table_on_paper(sites, visit, page):
    visit(sites["ended"], "/insurance/join/")
    assert page.locator("#deadlines").is_visible()
    page.emulate_media(media="print")
    assert not page.locator("#deadlines").is_visible()
    assert not page.locator(".deadlines").is_visible()


@pytest.mark.parametrize("turnover", ["10億円", "30億円", "200億円"])
@pytest.mark.parametrize("day", ["2025-12-10", "2025-03-25", "2026-03-01"])
def test_the_approval_sheet_is_printed_on_one_page(printed_pages, turnover, day):
    assert printed_pages(f"/insurance/summary/?turnover={turnover}&on={day}") == 1


@pytest.mark.parametrize(("sentences", "sheets"), [(4, 2), (20, 2)])
def test_the_approval_sheet_takes_a_second_page_for_long_texts(
    printed_pages, open_site, sentences, sheets
):
    gaps = (
        "eligibility", "exclusions", "deductible", "how_to_apply", "part_year_premium",
        "closed_day_rule",
    )  # fmt: skip
    filled = ", ".join(f"{gap} = '{'事務局が入力した文です。' * sentences}'" for gap in gaps)
    open_site.execute(
        f"UPDATE products_policyterm SET {filled}, approval_number = 'SJ25-01234',"  # noqa: S608
        " approved_on = '2025-03-01'"
    )
    try:
        assert printed_pages("/insurance/summary/?no=4&on=2025-12-10") == sheets
    finally:
        emptied = ", ".join(f"{gap} = ''" for gap in gaps)
        open_site.execute(
            f"UPDATE products_policyterm SET {emptied}, approval_number = '', approved_on = NULL"  # noqa: S608
        )


def test_the_wall_sheet_is_printed_on_one_page(printed_pages):
    assert printed_pages("/incident/") == 1


def test_a_page_that_is_longer_is_printed_on_more(printed_pages):
    assert printed_pages("/insurance/") > 2


def test_the_wall_sheet_has_lines_to_fill_in_and_the_screen_has_none(open_site, visit, page):
    visit(open_site, "/incident/")
    assert not page.locator(".blanks").is_visible()
    page.emulate_media(media="print")
    assert page.locator(".blank").all_inner_texts() == ["証券番号:", "社内の連絡先:", "記入日:"]
    for line in page.locator(".blank").all():
        assert line.is_visible()
