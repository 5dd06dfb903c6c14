import contextlib
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import japanese


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "0円"), (999, "999円"), (140_230, "140,230円"), (3_153_310, "3,153,310円")],
)
def test_yen(amount, text):
    assert japanese.yen(amount) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (1_000_000_000, "10億円"),
        (10_000_000_000, "100億円"),
        (100_000_000, "1億円"),
        (50_000_000, "5,000万円"),
        (1_050_000_000, "10億5,000万円"),
        (123_456_789, "1億2,345万6,789円"),
        (1_000_000_000_000, "10,000億円"),
        (0, "0円"),
    ],
)
def test_yen_in_units(amount, text):
    assert japanese.yen_in_units(amount) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (time(16), "午後4時"),
        (time(9, 30), "午前9時30分"),
        (time(0), "午前0時"),
        (time(12), "午後0時"),
        (time(23, 59), "午後11時59分"),
    ],
)
def test_hour(value, text):
    assert japanese.hour(value) == text


def test_day_and_hour():
    assert japanese.day(date(2025, 4, 1)) == "2025年4月1日"
    assert japanese.day_and_hour(datetime(2025, 4, 1, 16)) == "2025年4月1日(午後4時)"  # noqa: DTZ001


@pytest.mark.parametrize(
    ("at", "text"),
    [
        ("2025-11-01T00:00", "2025年10月31日の終わり"),
        ("2025-11-01T00:30", "2025年11月1日(午前0時30分)"),
    ],
)
def test_what_ends_at_midnight_ends_with_the_day_before(at, text):
    assert japanese.end(datetime.fromisoformat(at)) == text


@pytest.mark.parametrize(("number", "text"), [(1, "①"), (4, "④"), (20, "⑳"), (21, "(21)")])
def test_circled(number, text):
    assert japanese.circled(number) == text


@pytest.mark.parametrize(
    "text",
    [
        "2025-10-03",
        "2025/10/3",
        "2025.10.3",
        "2025年10月3日",
        "２０２５年１０月３日",
        " 2025 年 10 月 3 日 ",
        "令和7年10月3日",
        "R7.10.3",
        "r7.10.3",
        "20251003",
        "2025年10月3日(金)",
        "2025−10−03",
        "2025ー10ー03",
        "２０２５－１０－０３",
    ],
)
def test_a_date_is_read_where_its_meaning_is_plain(text):
    assert japanese.parse_day(text) == date(2025, 10, 3)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025",
        "10-03",
        "2025-02-29",
        "2025-13-01",
        "0-1-1",
        "昨日",
        "2025100",
        "20251303",
        "2 025-10-03",
        "2025-10-03x",
        "٢٠٢٥-١٠-٠٣",
    ],
)
def test_a_date_that_is_none_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011
        japanese.parse_day(text)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,200,000,000", 1_200_000_000),
        ("1200000000円", 1_200_000_000),
        ("12億円", 1_200_000_000),
        ("１２億", 1_200_000_000),
        ("１，２００，０００，０００", 1_200_000_000),
        ("12億5,000万円", 1_250_000_000),
        ("1.5億", 150_000_000),
        ("123万円", 1_230_000),
        ("1兆", 1_000_000_000_000),
        ("1億1円", 100_000_001),
        ("1,200百万円", 1_200_000_000),
        ("1,200,000千円", 1_200_000_000),
        ("￥1,200,000,000", 1_200_000_000),
        ("\\1,200,000,000", 1_200_000_000),
        ("12\u200b億円\ufeff", 1_200_000_000),
        ("12 億 5000 万 円", 1_250_000_000),
        ("0", 0),
    ],
)
def test_an_amount_is_read_where_its_meaning_is_plain(text, amount):
    assert japanese.parse_yen(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        "円",
        "1,5億",
        "1 5億",
        "1,2,3",
        "1,200百万千",
        "億",
        "-1",
        "十億",
        "1.5",
        "0.000000001億",
        "1e9",
        "12億億",
        "万1億",
        "12 USD",
        "約12億円",  # an editor's figure is exact
        "38万5",
        "1億500",
        "十二億円",
        "$5",
        "140230¹",  # a mark of a footnote, which is no digit
        "12億①",
        "1½億",
        "\u202e032041",  # is seen as 140230
    ],
)
def test_an_amount_that_is_none_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011
        japanese.parse_yen(text)


@given(st.integers(0, 10**15 - 1))
def test_an_amount_is_read_back_as_it_is_written(amount):
    assert japanese.parse_yen(japanese.yen(amount)) == amount
    assert japanese.parse_yen(japanese.yen_in_units(amount)) == amount


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)))
def test_a_day_is_read_back_as_it_is_written(value):
    assert japanese.parse_day(japanese.day(value)) == value


@given(st.text(max_size=1000))
def test_any_other_text_is_refused_and_nothing_else_happens(text):
    for parse in (japanese.parse_day, japanese.parse_yen):
        with contextlib.suppress(ValueError):
            parse(text)


@pytest.mark.parametrize(
    ("size", "written"),
    [
        (0, "0KB"),
        (1, "1KB"),
        (350 * 1024, "350KB"),
        (999 * 1024 + 1, "1MB"),
        (1024 * 1024, "1MB"),
        (1_258_291, "1.2MB"),
        (20 * 1024 * 1024, "20MB"),
        (20 * 1024 * 1024 + 1, "20.1MB"),
    ],
)
def test_a_size_is_written_in_the_unit_that_fits(size, written):
    assert japanese.megabytes(size) == written


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("2019年以降", 0),
        ("平成30年度の実績", 0),
        ("資料は２０２５年度", 3),
        ("令和元年", 0),
        ("㋿8年", 0),
        ("開始 2026/4/1", 3),
        ("2026-04-01", 0),
        ("売上高2000万円", None),
        ("電話 2025-1234", None),
        ("12019年", None),
        ("24時間365日、10年", None),
        ("", None),
    ],
)
def test_a_year_is_found_in_a_text(text, place):
    assert japanese.find_year(text) == place


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("16:00", time(16)),
        ("１６時", time(16)),
        ("午後4時30分", time(16, 30)),
        ("午前0時", time(0)),
        ("午後0時", time(12)),
        ("正午", time(12)),
        ("24:00", japanese.END_OF_DAY),
        ("24時", japanese.END_OF_DAY),
    ],
)
def test_an_hour_is_read_as_people_write_it(text, read):
    assert japanese.parse_hour(text) == read


@pytest.mark.parametrize("text", ["午前12時", "午後12時", "午後12:30", "午前12時00分"])
def test_an_hour_that_is_noon_or_midnight_is_refused(text):
    with pytest.raises(japanese.AmbiguousHourError):
        japanese.parse_hour(text)


@pytest.mark.parametrize("text", ["24:01", "25時", "午後13時", "いつか", "午後24時", "⑯時", "1²時"])
def test_an_hour_that_is_none_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011
        japanese.parse_hour(text)


@pytest.mark.parametrize(
    "text", ["2026年4月1日(水)", "2026/4/1 水曜日", "令和8年4月1日(水曜)", "2026-04-01（水）"]
)
def test_the_weekday_of_a_date_is_read(text):
    assert japanese.parse_day(text) == date(2026, 4, 1)


@pytest.mark.parametrize("text", ["2026年4月1日(木)", "2026/4/1 木曜日", "令和8年4月1日 木"])
def test_a_wrong_weekday_is_told(text):
    with pytest.raises(japanese.WrongWeekdayError, match="2026年4月1日は水曜日です。"):
        japanese.parse_day(text)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 4, 1), "2026年4月1日(令和8年・水曜日)"),
        (date(2019, 5, 1), "2019年5月1日(令和1年・水曜日)"),
        (date(2019, 4, 30), "2019年4月30日(火曜日)"),
    ],
)
def test_a_full_day(value, words):
    assert japanese.full_day(value) == words
