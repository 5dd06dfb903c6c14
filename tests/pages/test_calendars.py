"""The calendar files, read back by a library that did not write them."""

from datetime import date, timedelta

import pytest
import vobject

from tests.factories import make_term
from tests.moments import tokyo

pytestmark = pytest.mark.django_db
TERM_CALENDAR = "/insurance/terms/2025/deadlines.ics"
ONE = "/insurance/terms/2025/deadlines/2025-12-20.ics"


@pytest.fixture
def events(client, set_clock):
    def events(path: str, at: str = "2025-10-03T10:00") -> list:
        set_clock(at)
        response = client.get(path, secure=True)
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
        return vobject.readOne(response.content.decode()).vevent_list

    return events


def test_one_deadline_is_a_day_with_an_alarm_and_the_start_it_leads_to(events):
    deadline, start = events(ONE)
    assert deadline.summary.value == "JNX団体サイバー保険 中途加入の申込み締切"
    assert deadline.dtstart.value == date(2025, 12, 20)
    assert deadline.dtend.value == date(2025, 12, 21)
    assert "補償の開始は2026年1月1日(午後4時)です。" in deadline.description.value
    assert "TEL:03-5422-6351" in deadline.description.value
    assert "平日:午前9時から午後5時まで" in deadline.description.value
    assert deadline.valarm.trigger.value == timedelta(days=-5)
    assert start.dtstart.value == tokyo("2026-01-01T16:00")
    assert start.dtstart.value.utcoffset() == timedelta(hours=9)


def test_the_term_has_all_its_deadlines(events):
    found = events(TERM_CALENDAR)
    days = [event.dtstart.value for event in found if "締切" in event.summary.value]
    assert days == [date(2025, month, 20) for month in range(4, 13)] + [
        date(2026, 1, 20),
        date(2026, 2, 20),
    ]
    assert len({event.uid.value for event in found}) == 22


def test_the_same_deadline_has_the_same_uid_in_every_file_at_any_time(events):
    uids = {event.uid.value for event in events(ONE)}
    assert uids <= {event.uid.value for event in events(TERM_CALENDAR, at="2026-05-01T00:00")}
    assert "2025-2025-12-20-deadline@cyber.jnx.test" in uids


def test_the_file_is_the_same_bytes_at_any_moment(client, set_clock):
    set_clock("2025-10-03T10:00")
    first = client.get(TERM_CALENDAR, secure=True).content
    set_clock("2026-11-22T12:34")
    assert client.get(TERM_CALENDAR, secure=True).content == first
    assert b"TZID:Asia/Tokyo" in first
    assert b"REFRESH-INTERVAL;VALUE=DURATION:P1D" in first


@pytest.mark.parametrize(
    "path",
    [
        "/insurance/terms/2025/deadlines/2025-12-21.ics",
        "/insurance/terms/2025/deadlines/2026-03-20.ics",
        "/insurance/terms/2025/deadlines/x.ics",
        "/insurance/terms/1999/deadlines.ics",
        "/insurance/terms/2026/deadlines.ics",
    ],
)
def test_what_is_no_deadline_of_a_public_term_is_not_there(client, set_clock, path):
    make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from="2026-02-01T00:00")
    set_clock("2025-10-03T10:00")
    assert client.get(path, secure=True).status_code == 404
