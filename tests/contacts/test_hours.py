from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.hours import OpeningHours
from contacts.models import ClosedDay, Desk, DeskRole
from core.clock import TOKYO
from tests.moments import tokyo

pytestmark = pytest.mark.usefixtures("process_zone")


def hours(**changes) -> OpeningHours:
    facts = {
        "always_open": False,
        "opens_at": time(9),
        "closes_at": time(17),
        "closed_on_saturdays": True,
        "closed_on_sundays": True,
        "closed_on_public_holidays": True,
        "year_end": ("12-29", "01-03"),
    }
    return OpeningHours(**facts | changes)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "平日:午前9時から午後5時まで"),
        ({"closes_at": time(17, 30)}, "平日:午前9時から午後5時30分まで"),
        ({"closed_on_saturdays": False}, "平日・土曜日:午前9時から午後5時まで"),
        ({"closed_on_sundays": False}, "平日・日曜日:午前9時から午後5時まで"),
        ({"opens_at": None, "closes_at": None}, ""),
        ({"always_open": True, "opens_at": None, "closes_at": None}, "24時間365日受付(年中無休)"),
    ],
)
def test_opening_hours_are_said_in_words(changes, words):
    assert hours(**changes).in_words == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "土・日・祝日・年末年始は、お休みとさせていただきます。"),
        ({"closed_on_saturdays": False}, "日・祝日・年末年始は、お休みとさせていただきます。"),
        ({"year_end": None}, "土・日・祝日は、お休みとさせていただきます。"),
        ({"opens_at": None, "closes_at": None}, ""),
        ({"always_open": True, "opens_at": None, "closes_at": None}, ""),
        (
            {
                "closed_on_saturdays": False,
                "closed_on_sundays": False,
                "closed_on_public_holidays": False,
                "year_end": None,
            },
            "",
        ),
    ],
)
def test_closed_days_are_said_in_words(changes, words):
    assert hours(**changes).closed_days_in_words == words


@pytest.mark.parametrize(
    ("at", "is_open", "changes_at"),
    [
        ("2025-10-03T08:59", False, "2025-10-03T09:00"),
        ("2025-10-03T09:00", True, "2025-10-03T17:00"),
        ("2025-10-03T16:59", True, "2025-10-03T17:00"),
        ("2025-10-03T17:00", False, "2025-10-06T09:00"),  # a Friday
        ("2025-10-04T12:00", False, "2025-10-06T09:00"),
        ("2025-10-10T17:00", False, "2025-10-14T09:00"),  # before a holiday on Monday
        ("2025-11-03T12:00", False, "2025-11-04T09:00"),  # 文化の日
        ("2025-11-24T12:00", False, "2025-11-25T09:00"),  # substitute for Sunday the 23rd
        ("2025-05-06T12:00", False, "2025-05-07T09:00"),  # substitute for Sunday the 4th
        ("2026-05-06T12:00", False, "2026-05-07T09:00"),  # substitute for Sunday the 3rd
        ("2026-09-22T12:00", False, "2026-09-24T09:00"),  # between two holidays
        ("2025-12-26T17:00", False, "2026-01-05T09:00"),
        ("2025-12-29T12:00", False, "2026-01-05T09:00"),
        ("2026-01-02T12:00", False, "2026-01-05T09:00"),
        ("2025-12-26T16:59", True, "2025-12-26T17:00"),
        ("2028-02-29T12:00", True, "2028-02-29T17:00"),
    ],
)
def test_a_desk_is_open_in_its_hours_on_working_days(at, is_open, changes_at):
    status = hours().status_at(tokyo(at))
    assert (status.is_open, status.changes_at) == (is_open, tokyo(changes_at))


@pytest.mark.parametrize("hour", [8, 9, 16, 17])
def test_each_minute_around_opening_and_closing(hour):
    for minute in range(60):
        at = tokyo(f"2025-10-01T{hour:02}:{minute:02}")
        assert hours().status_at(at).is_open == (hour in (9, 16))


def test_a_closed_day_of_the_desk_is_skipped():
    status = hours(closed_days={date(2025, 10, 1): "休業日"}).status_at(tokyo("2025-10-01T12:00"))
    assert not status.is_open
    assert status.changes_at == tokyo("2025-10-02T09:00")


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2025-10-03", ""),
        ("2025-12-20", "土曜日"),
        ("2025-07-20", "日曜日"),
        ("2026-03-20", "祝日"),
        ("2025-12-28", "日曜日"),
        ("2025-12-29", "年末年始"),
        ("2026-01-01", "祝日"),
        ("2026-01-02", "年末年始"),
        ("2026-01-03", "土曜日"),
        ("2025-01-03", "年末年始"),
        ("2025-01-06", ""),
        ("2026-12-28", ""),
        ("2025-08-14", "夏季休業"),
    ],
)
def test_why_a_day_is_closed(day, why):
    desk = hours(closed_days={date(2025, 8, 14): "夏季休業"})
    assert desk.why_closed(date.fromisoformat(day)) == why


def test_a_range_within_a_year_is_no_turn_of_the_year():
    desk = hours(year_end=("08-12", "08-15"))
    closed = [desk.why_closed(date(2025, 8, day)) for day in (11, 12, 15, 18)]
    assert closed == ["祝日", "年末年始", "年末年始", ""]


def test_a_desk_without_hours_has_no_status():
    assert hours(opens_at=None, closes_at=None).status_at(tokyo("2025-10-03T12:00")) is None


def test_a_desk_that_never_opens_says_no_next_opening():
    never = {date(2025, 10, 1) + timedelta(days=days): "休業日" for days in range(100)}
    status = hours(closed_days=never).status_at(tokyo("2025-10-01T12:00"))
    assert (status.is_open, status.changes_at) == (False, None)


@pytest.mark.parametrize(
    ("changes", "at", "certain"),
    [
        ({}, "2027-12-28T12:00", True),
        ({}, "2027-12-29T12:00", False),  # it opens again in a year of unknown holidays
        ({}, "2028-06-01T12:00", False),
        ({"closed_on_public_holidays": False}, "2028-06-01T12:00", True),
    ],
)
def test_beyond_the_known_holidays_a_status_is_not_certain(changes, at, certain):
    assert hours(**changes).status_at(tokyo(at)).certain is certain


@settings(deadline=None)
@given(
    at=st.datetimes(datetime(2020, 1, 1), datetime(2040, 12, 31)),  # noqa: DTZ001
    fraction=st.floats(0, 0.999),
)
def test_a_status_holds_until_it_says(at, fraction):
    at = at.replace(tzinfo=TOKYO)
    status = hours().status_at(at)
    assert at < status.changes_at
    later = at + (status.changes_at - at) * fraction
    assert hours().status_at(later).is_open == status.is_open
    assert hours().status_at(status.changes_at).is_open != status.is_open


@pytest.mark.django_db
def test_a_desk_is_closed_on_every_day_of_a_range_for_the_reason_that_visitors_see():
    desk = Desk.objects.get(role=DeskRole.AGENCY)
    ClosedDay.objects.create(desk=desk, date="2025-08-13", last_day="2025-08-15", reason="夏季休業")
    ClosedDay.objects.create(desk=desk, date="2025-08-20")
    desk = Desk.objects.get(pk=desk.pk)
    why = {day: desk.hours.why_closed(date(2025, 8, day)) for day in (12, 13, 14, 15, 18, 20)}
    assert why == {12: "", 13: "夏季休業", 14: "夏季休業", 15: "夏季休業", 18: "", 20: "臨時休業"}


@pytest.mark.parametrize("last_day", ["2025-08-12", "2026-08-13"])
def test_a_range_of_closed_days_ends_soon_and_not_before_it_begins(last_day):
    closed = ClosedDay(date=date(2025, 8, 13), last_day=date.fromisoformat(last_day))
    with pytest.raises(ValidationError, match="休業日かその後の日を、休業日を含めて60日以内"):
        closed.clean()
