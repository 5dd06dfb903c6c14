from dataclasses import dataclass

import pytest

from products.premiums import Bar, axis_for, bar_for, find_example, place_turnover

PUBLISHED = [1_000_000_000, 5_000_000_000, 10_000_000_000]


@dataclass
class AnnualPremiums:
    annual_low: int
    annual_high: int


@pytest.mark.parametrize(
    ("turnover", "below", "above"),
    [
        (999_999_999, None, 1_000_000_000),
        (1_000_000_000, 1_000_000_000, 1_000_000_000),
        (1_000_000_001, 1_000_000_000, 5_000_000_000),
        (4_999_999_999, 1_000_000_000, 5_000_000_000),
        (5_000_000_000, 5_000_000_000, 5_000_000_000),
        (10_000_000_001, 10_000_000_000, None),
    ],
)
def test_a_turnover_lies_on_or_between_published_ones(turnover, below, above):
    placement = place_turnover(turnover, PUBLISHED)
    assert (placement.below, placement.above) == (below, above)
    assert placement.is_published == (turnover in PUBLISHED)


def test_without_published_rows_a_turnover_lies_nowhere():
    placement = place_turnover(1, [])
    assert (placement.below, placement.above, placement.is_published) == (None, None, False)


@pytest.mark.parametrize(
    ("highest", "end"),
    [(3_153_310, 350), (3_000_000, 300), (3_000_001, 350), (10_000, 50), (500_000, 50)],
)
def test_the_axis_ends_at_the_highest_premium_rounded_up(highest, end):
    assert axis_for([AnnualPremiums(1, highest)]).end == end


def test_the_axis_has_a_tick_every_million_yen():
    assert list(axis_for([AnnualPremiums(1, 3_153_310)]).ticks) == [0, 100, 200, 300]
    assert list(axis_for([]).ticks) == [0]


@pytest.mark.parametrize(
    ("highest", "step"),
    [
        (5_000_000, 100),
        (5_000_001, 200),
        (10_000_001, 500),
        (25_000_001, 1000),
        (50_000_001, 2000),
    ],
)
def test_a_long_axis_has_fewer_ticks(highest, step):
    assert axis_for([AnnualPremiums(1, highest)]).step == step


def test_the_labels_of_the_axis_stand_at_their_ticks():
    labels = axis_for([AnnualPremiums(1, 3_153_310)]).labels
    assert [(label.text, label.percent, label.anchor) for label in labels] == [
        ("0", 0, "start"),
        ("100", 28.57, "middle"),
        ("200", 57.14, "middle"),
        ("300万円", 85.71, "middle"),
    ]
    assert axis_for([AnnualPremiums(1, 3_000_000)]).labels[-1].anchor == "end"
    assert [label.text for label in axis_for([AnnualPremiums(1, 400_000)]).labels] == ["0"]


def test_a_bar_is_linear_from_zero():
    assert bar_for(AnnualPremiums(140_230, 305_380)) == Bar(14.0, 16.5)


@dataclass
class PublishedExample:
    turnover: int
    covers_profit: bool


def test_an_example_is_found_by_its_very_turnover_and_profit_cover():
    rows = [
        PublishedExample(100, False),
        PublishedExample(100, True),
        PublishedExample(200, False),
    ]
    assert find_example(rows, 100, with_profit=False) is rows[0]
    assert find_example(rows, 100, with_profit=True) is rows[1]
    assert find_example(rows, 200, with_profit=True) is None
    assert find_example(rows, 150, with_profit=False) is None
