from datetime import date, time

import pytest

from products.joining import JoiningRule, cover_start
from tests.conftest import tokyo

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
