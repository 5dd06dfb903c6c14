from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import TOKYO
from products.joining import (
    Deadline,
    Joining,
    JoiningRule,
    Outcome,
    cover_start,
    find_deadlines,
    find_joining,
    last_day_to_apply,
    months_and_days,
)
from tests.moments import tokyo

pytestmark = pytest.mark.usefixtures("process_zone")

RULE = JoiningRule(deadline_day=20, start_day=1, start_time=time(16))


@pytest.mark.parametrize(
    ("applied_on", "start"),
    [
        ("2025-05-01", "2025-06-01T16:00"),
        ("2025-05-20", "2025-06-01T16:00"),
        ("2025-05-21", "2025-07-01T16:00"),
        ("2025-05-31", "2025-07-01T16:00"),
        ("2025-11-20", "2025-12-01T16:00"),
        ("2025-11-21", "2026-01-01T16:00"),
        ("2025-12-20", "2026-01-01T16:00"),
        ("2025-12-21", "2026-02-01T16:00"),
        ("2026-02-20", "2026-03-01T16:00"),
        ("2026-02-21", "2026-04-01T16:00"),
        ("2028-02-29", "2028-04-01T16:00"),
    ],
)
def test_an_application_by_the_20th_starts_on_the_first_of_the_next_month(applied_on, start):
    assert cover_start(date.fromisoformat(applied_on), RULE) == tokyo(start)


def test_the_days_and_the_hour_come_from_the_rule():
    rule = JoiningRule(deadline_day=10, start_day=15, start_time=time(0))
    assert cover_start(date(2025, 5, 10), rule) == tokyo("2025-06-15T00:00")
    assert cover_start(date(2025, 5, 11), rule) == tokyo("2025-07-15T00:00")


STARTS_AT, ENDS_AT = tokyo("2025-04-01T16:00"), tokyo("2026-04-01T16:00")


def joining(day: str, starts_at=STARTS_AT, ends_at=ENDS_AT, rule=RULE):
    return find_joining(date.fromisoformat(day), starts_at, ends_at, rule)


@pytest.mark.parametrize(
    ("day", "outcome", "start"),
    [
        ("2024-12-01", Outcome.FROM_THE_START, "2025-04-01T16:00"),
        ("2025-03-20", Outcome.FROM_THE_START, "2025-04-01T16:00"),
        ("2025-03-21", Outcome.TO_BE_CONFIRMED, None),
        ("2025-03-31", Outcome.TO_BE_CONFIRMED, None),
        ("2025-04-01", Outcome.MID_TERM, "2025-05-01T16:00"),
        ("2025-04-20", Outcome.MID_TERM, "2025-05-01T16:00"),
        ("2025-05-20", Outcome.MID_TERM, "2025-06-01T16:00"),
        ("2025-05-21", Outcome.MID_TERM, "2025-07-01T16:00"),
        ("2025-12-20", Outcome.MID_TERM, "2026-01-01T16:00"),
        ("2026-02-20", Outcome.MID_TERM, "2026-03-01T16:00"),
        ("2026-02-21", Outcome.NO_MORE, None),
        ("2026-04-01", Outcome.NO_MORE, None),
        ("2026-04-02", Outcome.ENDED, None),
    ],
)
def test_what_an_application_on_a_day_leads_to(day, outcome, start):
    found = joining(day)
    assert found.outcome == outcome
    assert found.start == (tokyo(start) if start else None)


@pytest.mark.parametrize(
    ("outcome", "holds"),
    [
        (Outcome.FROM_THE_START, set()),
        (Outcome.TO_BE_CONFIRMED, {"is_to_be_confirmed"}),
        (Outcome.MID_TERM, {"is_mid_term"}),
        (Outcome.NO_MORE, {"is_too_late"}),
        (Outcome.ENDED, {"is_after_the_end"}),
    ],
)
def test_what_an_outcome_means(outcome, holds):
    found = Joining(date(2025, 10, 3), outcome)
    predicates = ("is_to_be_confirmed", "is_mid_term", "is_too_late", "is_after_the_end")
    assert {name for name in predicates if getattr(found, name)} == holds


@pytest.mark.parametrize(
    ("day", "days"),
    [
        ("2025-05-20", ["2025-05-20", "2025-06-20", "2025-07-20"]),
        ("2025-05-21", ["2025-06-20", "2025-07-20", "2025-08-20"]),
        ("2025-11-21", ["2025-12-20", "2026-01-20", "2026-02-20"]),
        ("2026-01-20", ["2026-01-20", "2026-02-20"]),
        ("2026-02-20", ["2026-02-20"]),
    ],
)
def test_the_deadline_that_counts_and_the_two_after_it(day, days):
    found = joining(day)
    assert [each.day.isoformat() for each in (found.deadline, *found.following)] == days
    assert found.deadline.start == found.start


def test_the_deadlines_of_the_term_lead_from_may_to_march():
    deadlines = find_deadlines(STARTS_AT, ENDS_AT, RULE)
    assert len(deadlines) == 11
    assert deadlines[0] == Deadline(date(2025, 4, 20), tokyo("2025-05-01T16:00"))
    assert deadlines[-1] == Deadline(date(2026, 2, 20), tokyo("2026-03-01T16:00"))


@pytest.mark.parametrize(
    ("ends_at", "day"),
    [
        ("2026-04-01T16:00", "2026-02-20"),
        ("2026-04-01T16:01", "2026-03-20"),
        ("2026-04-15T00:00", "2026-03-20"),
        ("2026-03-31T16:00", "2026-02-20"),
        ("2026-01-01T16:00", "2025-11-20"),
        ("2026-01-01T17:00", "2025-12-20"),
        ("2026-02-01T16:00", "2025-12-20"),
    ],
)
def test_the_last_day_to_apply_before_the_end_of_a_term(ends_at, day):
    assert last_day_to_apply(tokyo(ends_at), RULE) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("day", "outcome", "start"),
    [
        ("2027-03-20", Outcome.FROM_THE_START, "2027-04-15T00:00"),
        ("2027-03-21", Outcome.TO_BE_CONFIRMED, None),
        ("2027-04-14", Outcome.TO_BE_CONFIRMED, None),
        ("2027-04-15", Outcome.MID_TERM, "2027-05-01T16:00"),
        ("2028-03-20", Outcome.MID_TERM, "2028-04-01T16:00"),
        ("2028-03-21", Outcome.NO_MORE, None),
    ],
)
def test_a_term_may_start_in_mid_month_and_at_another_hour(day, outcome, start):
    found = joining(day, tokyo("2027-04-15T00:00"), tokyo("2028-04-15T00:00"))
    assert found.outcome == outcome
    assert found.start == (tokyo(start) if start else None)


def test_a_term_that_starts_on_the_first_at_midnight_is_reached_by_the_20th():
    starts_at, ends_at = tokyo("2026-05-01T00:00"), tokyo("2027-05-01T00:00")
    found = joining("2026-04-20", starts_at, ends_at)
    assert (found.outcome, found.start) == (Outcome.FROM_THE_START, starts_at)
    assert joining("2026-04-21", starts_at, ends_at).outcome == Outcome.TO_BE_CONFIRMED
    assert find_deadlines(starts_at, ends_at, RULE)[0].day == date(2026, 5, 20)


@pytest.mark.parametrize(
    ("start", "end", "length"),
    [
        ("2025-06-01T16:00", "2026-04-01T16:00", (10, 0)),
        ("2025-04-01T16:00", "2026-04-01T16:00", (12, 0)),
        ("2026-03-01T16:00", "2026-04-01T16:00", (1, 0)),
        ("2027-05-01T16:00", "2028-04-15T00:00", (11, 13)),
        ("2028-02-29T16:00", "2028-03-31T16:00", (1, 2)),
        ("2026-01-31T16:00", "2026-02-28T16:00", (1, 0)),
    ],
)
def test_how_long_cover_lasts(start, end, length):
    assert months_and_days(tokyo(start), tokyo(end)) == length


DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@given(day=DAYS)
def test_cover_never_starts_before_the_application_nor_after_two_months(day):
    start = cover_start(day, RULE)
    assert timedelta(days=8) < start.date() - day <= timedelta(days=42)
    assert (start.day, start.hour) == (1, 16)


@given(day=DAYS, starts_on=DAYS, months=st.integers(1, 24), hour=st.integers(0, 23))
def test_every_day_has_one_answer_and_every_start_lies_in_the_term(day, starts_on, months, hour):
    starts_at = datetime.combine(starts_on, time(hour), tzinfo=TOKYO)
    ends_at = starts_at + timedelta(days=30 * months)
    found = find_joining(day, starts_at, ends_at, RULE)
    if found.start:
        assert starts_at <= found.start < ends_at
    deadlines = find_deadlines(starts_at, ends_at, RULE)
    assert all(starts_at < deadline.start < ends_at for deadline in deadlines)
    assert found.is_mid_term == (found.deadline in deadlines)
    if day < starts_on:
        assert found.deadline.start == starts_at
        assert found.is_from_the_start == (day <= found.deadline.day)
    if found.is_mid_term:
        assert found.deadline in deadlines
        assert day <= found.deadline.day
        assert not [each for each in deadlines if day <= each.day < found.deadline.day]


@given(day=DAYS)
def test_the_next_day_never_leads_to_an_earlier_start(day):
    assert cover_start(day, RULE) <= cover_start(day + timedelta(days=1), RULE)
