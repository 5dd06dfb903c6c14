"""Finding a published premium, and drawing the ranges. Needs no database.

The published rows are all there is: nothing is interpolated between turnovers, no quote is computed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Generic, Protocol, TypeVar

from core.japanese import MAN

MOST_ROWS = 100  # of a term; the settings let a form with as many through
AXIS_STEP = 50
SMALLEST_TICK_STEP = 100
MOST_TICKS = 5  # whose labels have room beside each other


class Priced(Protocol):
    annual_low: int
    annual_high: int


class Example(Protocol):
    turnover: int

    @property
    def covers_profit(self) -> bool: ...


ExampleRow = TypeVar("ExampleRow", bound=Example)


@dataclass(frozen=True)
class Placement:
    """The place of a turnover (yen) among the published ones: on one of them, or between `below` and `above`.

    `below` or `above` is None where no published turnover lies on that side.
    """

    turnover: int
    below: int | None
    above: int | None

    @property
    def is_published(self) -> bool:
        return self.below == self.above == self.turnover


def place_turnover(turnover: int, published: Iterable[int]) -> Placement:
    """Return where the turnover lies among the published ones."""
    published = sorted(set(published))
    return Placement(
        turnover,
        below=max((amount for amount in published if amount <= turnover), default=None),
        above=min((amount for amount in published if amount >= turnover), default=None),
    )


def find_example(rows: Iterable[ExampleRow], turnover: int, with_profit: bool) -> ExampleRow | None:
    """Return the published row of this very turnover, with or without profit cover; None where there is none."""
    fitting = (row for row in rows if row.turnover == turnover and row.covers_profit == with_profit)
    return next(fitting, None)


@dataclass(frozen=True)
class SideBySide(Generic[ExampleRow]):
    """The published rows of a turnover: without and with profit cover, None where there is no such row."""

    turnover: int
    without_profit: ExampleRow | None
    with_profit: ExampleRow | None


def examples_around(
    rows: Iterable[ExampleRow], placement: Placement
) -> list[SideBySide[ExampleRow]]:
    """Return the published rows of the turnover, or of those next below and above it, the smaller first."""
    rows = list(rows)
    turnovers = sorted({each for each in (placement.below, placement.above) if each is not None})
    return [
        SideBySide(each, find_example(rows, each, False), find_example(rows, each, True))
        for each in turnovers
    ]


@dataclass(frozen=True)
class Bar:
    """A range of annual premiums as a bar: `x` and `width` in units of 10,000 yen, from zero."""

    x: float
    width: float


@dataclass(frozen=True)
class AxisLabel:
    """A tick's amount in words, and where it stands: in percent of the axis from its left end."""

    text: str
    percent: float
    anchor: str


@dataclass(frozen=True)
class Axis:
    """A linear axis from zero that every row of a chart shares, in units of 10,000 yen."""

    end: int
    step: int

    @property
    def ticks(self) -> range:
        return range(0, self.end + 1, self.step)

    @property
    def labels(self) -> list[AxisLabel]:
        last = self.ticks[-1]
        return [
            AxisLabel(
                text=f"{tick}万円" if tick and tick == last else str(tick),
                percent=round(100 * tick / self.end, 2),
                anchor="end" if tick == self.end else "middle" if tick else "start",
            )
            for tick in self.ticks
        ]


def axis_for(rows: Iterable[Priced]) -> Axis:
    """Return the axis on which all rows fit.

    It ends at the highest premium, rounded up to 500,000 yen, with a tick each million yen, or fewer where
    these would stand too close.
    """
    highest = max((row.annual_high for row in rows), default=MAN)
    end = -(-highest // (AXIS_STEP * MAN)) * AXIS_STEP
    step = SMALLEST_TICK_STEP
    while end > step * MOST_TICKS:
        step = step * 2 if str(step).startswith(("1", "5")) else step * 5 // 2
    return Axis(end, step)


def bar_for(row: Priced) -> Bar:
    """Return the row's bar, to the nearest 1,000 yen: less than a screen can show."""
    low, high = (round(amount / MAN, 1) for amount in (row.annual_low, row.annual_high))
    return Bar(low, round(high - low, 1))


def monthly_of(annual: int) -> int:
    """Return a twelfth, rounded half up to 10 yen, for comparing: the given figures are published."""
    return (annual + 60) // 120 * 10


def is_out_of_line(own: tuple[int, int], ranges: Iterable[tuple[int, int]]) -> bool:
    """Return whether a range's ratio of high to low is more than a tenth off the median ratio of the term.

    The median includes the range itself. False with fewer than three ranges, among which none stands out.
    """
    ratios = [high / low for low, high in ranges]
    if len(ratios) < 3:
        return False
    usual = median(ratios)
    return abs(own[1] / own[0] - usual) > usual / 10
