"""The premium table as a file: whole figures, with the term and every note."""

import csv
from urllib.parse import unquote

import pytest

from pages.premium_csv import as_text
from products.models import PolicyTerm
from tests.factories import make_term
from tests.html import squeezed
from tests.source import LINES

PATH = "/insurance/premiums.csv"


@pytest.fixture
def rows(visit, client):
    visit("/insurance/premiums/")
    response = client.get(PATH, secure=True)
    text = response.content.decode("utf-8-sig")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert text.count("\n") == text.count("\r\n")
    assert "保険料の目安(2025年4月1日〜2026年4月1日).csv" in unquote(
        response["Content-Disposition"]
    )
    return list(csv.reader(text.splitlines()))


def test_the_file_names_product_insurer_and_term(rows):
    assert rows[:4] == [
        ["保険料の目安"],
        ["商品", "JNX団体サイバー保険"],
        ["引受保険会社", "損害保険ジャパン株式会社"],
        ["保険期間", "2025年4月1日(午後4時)〜2026年4月1日(午後4時)"],
    ]


def test_the_figures_are_whole_yen_in_cells_of_their_own(rows):
    assert rows[4][6:] == [
        "年間保険料の下限(円)", "年間保険料の上限(円)",
        "月額保険料(ご参考)の下限(円)", "月額保険料(ご参考)の上限(円)",
    ]  # fmt: skip
    assert rows[5] == ["1", "10億円", "10億円", "1億円", "なし", "", "140230", "305380", "11690", "25450"]  # fmt: skip
    assert rows[10] == ["6", "100億円", "10億円", "1億円", "1億円", "1カ月", "1448220", "3153310", "120690", "262860"]  # fmt: skip


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-02-20T23:59", []),
        ("2026-02-21T00:00", ["この保険期間の中途加入の受付は終了しました。"]),
        ("2026-04-01T16:00", ["この内容は終了した保険期間のものです。"]),
    ],
)
def test_the_file_says_when_its_term_takes_no_more_applications(visit, client, at, said):
    visit("/insurance/", at=at)
    lines = client.get(PATH, secure=True).content.decode("utf-8-sig").splitlines()
    assert lines[4 : lines.index(next(line for line in lines if line.startswith("No,")))] == said


def test_every_note_is_in_the_file(rows):
    assert [squeezed(row[0]) for row in rows[11:]] == [
        squeezed(LINES[number]).removeprefix("-") for number in (57, 58, 59, 85, 131, 132)
    ]


def test_the_file_has_the_approval_number_that_the_pages_have(visit, client):
    PolicyTerm.objects.update(approval_number="SJ25-01234", approved_on="2025-01-15")
    visit("/insurance/")
    lines = client.get(PATH, secure=True).content.decode("utf-8-sig").splitlines()
    assert lines[-1] == "承認番号:SJ25-01234(2025年1月15日)"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x"])
def test_no_cell_is_computed(cell):
    assert as_text(cell) == f"'{cell}"
    assert as_text("1") == "1"


def test_without_premiums_there_is_no_file(visit):
    visit(PATH, at="2025-01-31T23:59", status=404)
    PolicyTerm.objects.get().premium_rows.all().delete()
    visit(PATH, status=404)


def test_the_pages_with_the_table_lead_to_the_file(visit):
    for path in ("/", "/insurance/", "/insurance/premiums/"):
        assert visit(path).attributes(f'main a[href="{PATH}"]', "href") == [PATH], path


def test_the_table_of_a_term_leads_to_file_finder_and_sheet_only_while_they_show_that_term(visit):
    make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from="2026-01-01T00:00")
    path = PolicyTerm.objects.get(code="2025").get_absolute_url()
    links = "[aria-labelledby=premiums] a"
    assert visit(path, at="2026-02-20T12:00").attributes(links, "href") == [
        "/insurance/premiums/", "/insurance/summary/", PATH,
    ]  # fmt: skip
    assert not visit(path, at="2026-02-21T12:00").all(links)
