"""The premium table as copied cells."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from products.pasting.layout import COLUMNS
from products.pasting.problems import PasteError
from products.pasting.table import parse_premium_table

HEADINGS = (
    "No\t売上高(百万円)\t賠償(百万円)\t費用(百万円)\t利益\t利益てん補期間"
    "\t年間保険料の下限(千円)\t上限(千円)\t月額の下限(千円)\t上限(千円)\n"
)
IN_UNITS = "1\t1,000\t1,000\t100\t-\t-\t140.23\t305.38\t11.69\t25.45"
ROW = "1\t10億円\t10億円\t1億円\t-\t-\t140,230円\t305,380円\t11,690円\t25,450円"


def test_a_table_of_ten_columns_is_read_with_or_without_headings():
    (row,) = parse_premium_table("\t".join(COLUMNS) + "\n" + ROW + "\n\n")
    assert (row.line, row.number, row.turnover) == (2, 1, 1_000_000_000)
    assert (row.profit_limit, row.profit_indemnity_months) == (None, None)
    assert (row.annual_low, row.monthly_high) == (140_230, 25_450)
    assert parse_premium_table(ROW)[0].values == row.values


@pytest.mark.parametrize("mark", ["~", "〜", "～", "から", "\u200b-\u200b", " ー "])
def test_a_range_may_stand_in_one_cell(mark):
    text = f"2\t10億円\t10億円\t1億円\t1億円\t1カ月\t384,230円{mark}837,380円\t32,020{mark}69,780"
    (row,) = parse_premium_table(text)
    assert (row.profit_limit, row.profit_indemnity_months) == (100_000_000, 1)
    assert (row.annual_low, row.annual_high) == (384_230, 837_380)
    assert (row.monthly_low, row.monthly_high) == (32_020, 69_780)


@pytest.mark.parametrize(
    "premiums",
    [
        "140,230円\t〜\t305,380円\t11,690円\t〜\t25,450円",
        "140,230\tから\t305,380\t11,690\tから\t25,450",
        "140,230円\t-\t305,380円\t11,690円\t−\t25,450円",
        "140,230円〜\t305,380円\t11,690円〜\t25,450円",
        "140,230円から\t305,380円まで\t11,690円\t〜25,450円",
        "140,230円〜305,380円\t11,690円\t25,450円",
        "140,230円\t\t305,380円\t\t11,690円\t\t25,450円",
    ],
)
def test_the_ends_of_a_range_may_stand_in_several_cells(premiums):
    (row,) = parse_premium_table(ROW[: ROW.index("140,230")] + premiums)
    assert (row.annual_low, row.annual_high) == (140_230, 305_380)
    assert (row.monthly_low, row.monthly_high) == (11_690, 25_450)


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
        (ROW.replace("10億円", "", 1), "1行目 売上高:空欄です"),
        (ROW.replace("1\t", "½\t", 1), "1行目 No:「½」は"),
        (ROW.replace("1\t", "¹\t", 1), "1行目 No:「¹」は"),
        (ROW.replace("1\t", "༫\t", 1), "1行目 No:「༫」は"),  # one and a half in Tibet
        (f'"保険料\n(案)"\n{ROW}\n3\t4', "4行目:セルが2個あります"),
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
    text = ROW.replace("305,380円", "?") + "\n2" + ROW[1:].replace("11,690円", "?")
    with pytest.raises(PasteError) as refused:
        parse_premium_table(text)
    assert len(refused.value.messages) == 2


@pytest.mark.parametrize(
    "text",
    [
        HEADINGS + IN_UNITS,
        # Merged headings of two lines: a unit counts for the columns that its heading names.
        "No\t売上高(百万円)\t保険金額(百万円)\t\t\t利益てん補期間\t年間保険料(千円)\t\t月額(千円)\n"
        "\t\t賠償\t費用\t利益\t\t下限\t上限\t下限\t上限\n" + IN_UNITS,
        "保険料の例\n売上高・保険金額は百万円、保険料は千円\n" + IN_UNITS,
        "保険料の例\t2026年度\n(単位：千円)\n"
        + IN_UNITS.replace("1,000\t1,000\t100", "1,000,000\t1,000,000\t100,000"),
        "保険料表\t\t\t\t\t\t\t\t\t単位:千円\n"
        + IN_UNITS.replace("1,000\t1,000\t100", "10億円\t10億円\t1億円"),
        IN_UNITS.replace("1,000\t1,000\t100", "10億円\t10億円\t1億円")
        + "\n※保険料の単位は千円です。",
        ROW + "\n※千円未満切捨て",
    ],
)
def test_a_unit_around_the_rows_is_read(text):
    (row,) = parse_premium_table(text)
    assert (row.turnover, row.liability_limit, row.expense_limit) == (10**9, 10**9, 10**8)
    assert (row.annual_low, row.monthly_high) == (140_230, 25_450)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            HEADINGS + IN_UNITS.replace("140.23", "140,230円"),
            "2行目 年間保険料の下限:「140,230円」の単位が、1行目の「千円」と合うか分かりません",
        ),
        (
            "(単位:万円)\n" + HEADINGS + IN_UNITS,
            "3行目 年間保険料の下限、年間保険料の上限、月額の下限、月額の上限:"
            "「140.23」などの単位が、1行目の「万円」、2行目の「千円」と合うか分かりません",
        ),
        (
            "(単位:千円)\n" + ROW.replace("140,230円", "14万円"),
            "2行目 年間保険料の下限、年間保険料の上限、月額の下限、月額の上限:「14万円」などの単位が",
        ),
        (
            HEADINGS + IN_UNITS.replace("1,000", "10億円", 1),
            "2行目 売上高:「10億円」の単位が、1行目の",
        ),
        (
            "No\t売上高(百万円)\t\t\t利益\t利益てん補期間\t年間保険料(千円)\t\t月額(千円)\n"
            + IN_UNITS,
            "2行目 賠償、費用:「1,000」などの単位が分かりません",
        ),
        (
            HEADINGS.replace("(百万円)", "") + IN_UNITS.replace("1,000", "1,000,000,000"),
            "2行目 売上高、賠償、費用:「1,000,000,000」などの単位が分かりません",
        ),
        (IN_UNITS, "1行目 売上高、賠償、費用:「1,000」などの単位が分かりません"),
        (
            HEADINGS.replace("(百万円)", "") + IN_UNITS,
            "2行目 売上高、賠償、費用:「1,000」などの単位",
        ),
        (
            HEADINGS.replace("千円", "千ドル") + IN_UNITS,
            "「140.23」などの単位が、1行目の「ドル」と合うか",
        ),
        (
            ROW.replace("円", "") + "\n金額は千円で表す",
            "「10億」などの単位が、2行目の「千円」と",
        ),
        (
            ROW.replace("円", "") + "\n単位:千円で税込、月額は円",
            "年間保険料の下限、年間保険料の上限:「10億」",
        ),
        *(
            (
                HEADINGS.replace("(百万円)", "").replace("千円", unit) + ROW.replace("0円", "0"),
                "2行目 年間保険料の下限、年間保険料の上限、月額の下限、月額の上限:「140,230」などの単位が、1行目の",
            )
            for unit in (
                "1,000円",
                "1000円",
                "\u00d71,000円",
                "\u00d710\u00b3円",
                "x1000",
                "thousand yen",
            )
        ),
        (
            HEADINGS.replace("(百万円)", "").replace("(千円)", "1,000円") + ROW.replace("0円", "0"),
            "年間保険料の下限、年間保険料の上限、月額の下限、月額の上限:「140,230」などの単位が、1行目の",
        ),
        (ROW.replace("円", "") + "\n単位:K", "2行目の「単位:K」と"),
        (HEADINGS + IN_UNITS.replace("140.23", "140.2305"), "「140.2305」は1円に満たない端数が"),
        (
            HEADINGS.replace("年間保険料の下限", "月額の下限", 1) + IN_UNITS,
            "1行目:「月額の下限(千円)」の列は「年間保険料の下限」として読み取ります。",
        ),
        (
            "\t\t\t\t\t利益てん補期間(日)\n" + ROW.replace("-\t-", "1億円\t30"),
            "2行目 利益てん補期間:「30」は読み取れません",
        ),
    ],
)
def test_a_unit_that_is_not_plain_is_never_guessed(text, message):
    with pytest.raises(PasteError) as refused:
        parse_premium_table(text)
    assert message in "\n".join(refused.value.messages)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("14O,230円", "「14O,230円」は読み取れません(「O」が入っています)"),
        ("140230¹", "「140230¹」は読み取れません(「¹」が入っています)"),
        ("①40,230円", "「①40,230円」は読み取れません(「①」が入っています)"),
        ("140,\u3164230円", "「140,[U+3164]230円」は読み取れません(見えない文字 U+3164 が"),
        ("\u202e032,041円", "「[U+202E]032,041円」は読み取れません(見えない文字 U+202E が"),
        ("140\u00a0230円", "「140 230円」は読み取れません(見えない文字 U+00A0 が"),
        ('"140\n230円"', "「140[改行]230円」は読み取れません(数字の間に改行が"),
        ("-140,230円", "「-140,230円」は読み取れません。"),
        ("#######", "「#######」は読み取れません。"),
        ("1.4E+05", "「1.4E+05」は読み取れません(「E」が"),
    ],
)
def test_what_keeps_a_figure_from_being_read_is_shown(typed, shown):
    with pytest.raises(PasteError) as refused:
        parse_premium_table(ROW.replace("140,230円", typed))
    (message,) = refused.value.messages
    assert message.startswith(f"1行目 年間保険料の下限:{shown}")


def test_the_same_fault_of_many_cells_is_told_once():
    text = "\n".join(f"{number}{ROW[1:].replace('円', '圓')}" for number in (1, 2, 3, 5))
    with pytest.raises(PasteError) as refused:
        parse_premium_table(text)
    (message,) = refused.value.messages
    assert message.startswith(
        "1〜4行目 売上高、賠償、費用、年間保険料の下限、年間保険料の上限、月額の下限、月額の上限:"
        "「10億圓」などは読み取れません(「圓」が入っています)。"
    )


def test_a_table_of_nothing_but_faults_is_no_endless_page():
    text = "\n".join("1" + f"\t1{chr(0x4E00 + number)}" * 9 for number in range(1_000))
    with pytest.raises(PasteError) as refused:
        parse_premium_table(text)
    assert len(refused.value.messages) < 25


@pytest.mark.parametrize(
    "text",
    [
        f"{ROW}\n\t10億円\t10億円\t1億円\t-\t-\t140,230円\t305,380円\t11,690円\t25,450円",  # no number
        f"{ROW}\nここから利益あり\n2{ROW[1:]}",
        f"{ROW}\n\t\t\t\t\t\t384,230円\t837,380円",  # what is left of a row
        f'{ROW}\n2\t"10億円',  # a quote that never ends
        ROW.replace("140,230円\t305,380円", "〜305,380円\t305,380円"),
        ROW.replace("305,380円", "305,380円〜"),
        ROW.replace("140,230円\t", "140,230円\t\t").replace("305,380円\t", "305,380円\t-\t"),
        "1\tA社" + ROW[1:],  # a column more
    ],
)
def test_no_row_is_left_out_in_silence(text):
    with pytest.raises(PasteError):
        parse_premium_table(text)


def test_a_heading_that_is_repeated_among_the_rows_is_skipped():
    headings = "\t".join(COLUMNS)
    assert len(parse_premium_table(f"{headings}\n{ROW}\n{headings}\n2{ROW[1:]}")) == 2


@pytest.mark.parametrize(
    "amount", ["\\140,230", "¥140,230", "￥140,230", "140230.0", "14.023万円", "140.23千円"]
)
def test_an_amount_may_be_written_in_several_ways(amount):
    (row,) = parse_premium_table(ROW.replace("140,230円", amount))
    assert row.annual_low == 140_230


@given(
    st.text(alphabet='\t\n\r"0123456789,.円億万千〜-①²No()単位:保険料 \u200b\u3164', max_size=200)
)
def test_any_other_text_is_refused_and_nothing_else_happens(text):
    with contextlib.suppress(PasteError):
        parse_premium_table(text)


def test_a_whole_sheet_is_refused_before_it_costs_time():
    with pytest.raises(PasteError) as refused:
        parse_premium_table("1\t10億円\n" * 100_000)
    assert refused.value.messages == [
        "文字が多すぎます。表のセルだけを選んでコピーし、100行までを貼り付けてください。"
    ]
