"""The premium table as copied cells."""

import pytest

from products.pasting import COLUMNS, PasteError, parse_premium_table

ROW = "1\t10億円\t10億円\t1億円\t-\t-\t140,230円\t305,380円\t11,690円\t25,450円"


def test_a_table_of_ten_columns_is_read_with_or_without_headings():
    (row,) = parse_premium_table("\t".join(COLUMNS) + "\n" + ROW + "\n\n")
    assert (row.line, row.number, row.turnover) == (2, 1, 1_000_000_000)
    assert (row.profit_limit, row.profit_indemnity_months) == (None, None)
    assert (row.annual_low, row.monthly_high) == (140_230, 25_450)
    assert parse_premium_table(ROW)[0].values == row.values


@pytest.mark.parametrize("mark", ["~", "〜", "～"])
def test_a_range_may_stand_in_one_cell(mark):
    text = f"2\t10億円\t10億円\t1億円\t1億円\t1カ月\t384,230円{mark}837,380円\t32,020{mark}69,780"
    (row,) = parse_premium_table(text)
    assert (row.profit_limit, row.profit_indemnity_months) == (100_000_000, 1)
    assert (row.annual_low, row.annual_high) == (384_230, 837_380)
    assert (row.monthly_low, row.monthly_high) == (32_020, 69_780)


def test_merged_cells_repeat_the_one_above():
    rows = parse_premium_table(
        f"{ROW}\r\n２\t\t\t\t1億円\t１ヶ月\t384230\t837380\t32020\t69780\t\t\r\n"
    )
    assert [row.turnover for row in rows] == [1_000_000_000] * 2
    assert rows[1].expense_limit == 100_000_000
    assert rows[1].profit_indemnity_months == 1


@pytest.mark.parametrize("nothing", ["", "-", "ー", "－", "なし"])
def test_a_row_without_profit_has_none(nothing):
    (row,) = parse_premium_table(ROW.replace("\t-\t-\t", f"\t{nothing}\t{nothing}\t"))
    assert row.profit_limit is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "表がありません"),
        ("見出しだけ\tの表", "表がありません"),
        ("1\t2\t3", "1行目:セルが3個あります。10個(No、売上高"),
        (ROW + "\n\n3\t4", "3行目:セルが2個あります"),
        (
            ROW.replace("305,380円", "たくさん"),
            "1行目 年間保険料の上限:「たくさん」は読み取れません。金額",
        ),
        (ROW.replace("10億円", "", 1), "1行目 売上高:「」は読み取れません"),
        (ROW.replace("1\t", "0\t", 1), "1行目 No:「0」は読み取れません。1 からの番号"),
        (ROW.replace("\t-\t-\t", "\t-\t1カ月\t"), "1行目 利益:「-」は読み取れません"),
        (ROW.replace("\t-\t-\t", "\t1億円\t-\t"), "1行目 利益てん補期間:「-」は読み取れません"),
        (f"{ROW}\n{ROW}", "2行目 No:1が2回あります"),
    ],
)
def test_what_cannot_be_read_is_named_by_line_cell_and_what_was_expected(text, message):
    with pytest.raises(PasteError) as refused:
        parse_premium_table(text)
    assert message in "\n".join(refused.value.messages)


def test_every_fault_of_a_table_is_told_at_once():
    text = ROW.replace("305,380円", "?") + "\n" + ROW.replace("11,690円", "?")
    with pytest.raises(PasteError) as refused:
        parse_premium_table(text)
    assert len(refused.value.messages) == 2
