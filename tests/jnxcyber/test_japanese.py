from datetime import date, datetime, time

import pytest

from jnxcyber import japanese


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


@pytest.mark.parametrize(("number", "text"), [(1, "①"), (4, "④"), (20, "⑳"), (21, "(21)")])
def test_circled(number, text):
    assert japanese.circled(number) == text
