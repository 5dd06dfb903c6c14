"""The calendar files, read back by a library that did not write them."""

from datetime import date

import pytest
import vobject
from reversion.models import Version

from contacts.models import Desk, DeskRole
from pages.models import PageText
from products.models import PolicyTerm
from tests.admin_forms import form_url_of, save
from tests.factories import make_term
from tests.moments import tokyo

pytestmark = pytest.mark.django_db
CALENDAR = "/insurance/deadlines.ics"
TERM_CALENDAR = "/insurance/terms/2025/deadlines.ics"
ONE = "/insurance/terms/2025/deadlines/2025-12-20.ics"


@pytest.fixture
def events(client, set_clock):
    def events(path: str, at: str = "2025-10-03T10:00") -> list:
        set_clock(at)
        response = client.get(path, secure=True)
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
        return getattr(vobject.readOne(response.content.decode()), "vevent_list", [])

    return events


def test_one_deadline_is_a_day_with_an_alarm_in_the_morning(events):
    (deadline,) = events(ONE)
    assert deadline.summary.value == "JNX団体サイバー保険 中途加入の申込み締切"
    assert deadline.dtstart.value == date(2025, 12, 20)
    assert deadline.dtend.value == date(2025, 12, 21)
    assert deadline.description.value.startswith(
        "保険期間 2025年4月1日(午後4時)〜2026年4月1日(午後4時)の、中途加入の申込みの締切です。"
    )
    assert "補償の開始" not in deadline.serialize()  # which nobody is promised who has not applied
    assert "TEL:03-5422-6351" in deadline.description.value
    assert "平日:午前9時から午後5時まで" in deadline.description.value
    rings_at = tokyo("2025-12-20T00:00") + deadline.valarm.trigger.value
    assert rings_at == tokyo("2025-12-15T09:00")


@pytest.mark.parametrize(
    ("path", "rule", "says"),
    [
        (ONE, "", "締切の2025年12月20日(土)は、取扱代理店の休業日(土曜日)です。取扱いは、早めに"),
        (ONE, "翌営業日まで。\nただし書きの例。", "休業日(土曜日)です。翌営業日まで。\nただし書きの例。"),
        (ONE, "**翌営業日**まで。\n- 例", "休業日(土曜日)です。翌営業日まで。\n・例"),
        (TERM_CALENDAR, "翌営業日まで。", "取扱代理店の休業日(日曜日)です。翌営業日まで。"),
    ],
)  # fmt: skip
def test_a_deadline_on_a_closed_day_says_so_with_the_rule(events, path, rule, says):
    PolicyTerm.objects.update(closed_day_rule=rule)
    assert says in events(path)[0].description.value
    on_a_weekday = [each for each in events(TERM_CALENDAR) if each.dtstart.value.weekday() < 5]
    assert "休業日" not in on_a_weekday[0].description.value


def test_a_deadline_that_has_passed_has_no_alarm(events):
    def with_alarm(at: str) -> list[date]:
        found = events(TERM_CALENDAR, at=at)
        return [each.dtstart.value for each in found if hasattr(each, "valarm")]

    assert with_alarm("2026-01-20T23:59") == [date(2026, 1, 20), date(2026, 2, 20)]
    assert with_alarm("2026-01-21T00:00") == [date(2026, 2, 20)]
    assert with_alarm("2026-02-21T00:00") == []


def test_one_subscription_goes_on_into_the_next_term(events):
    make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from="2026-02-01T00:00")

    def days(at: str) -> list[date]:
        return [event.dtstart.value for event in events(CALENDAR, at=at)]

    assert days("2026-01-31T23:59")[-1] == date(2026, 2, 20)
    assert days("2026-02-01T00:00")[10:12] == [date(2026, 2, 20), date(2026, 4, 20)]
    assert days("2026-04-01T16:00")[0] == date(2026, 4, 20)
    assert days("2027-04-01T16:00") == []


def test_a_changed_telephone_reaches_those_who_imported_the_file(events, admin_client, set_clock):
    (before,) = events(ONE)
    set_clock("2025-10-03T10:00")
    agency = Desk.objects.get(role=DeskRole.AGENCY)
    save(admin_client, form_url_of(agency), telephone="03-9999-9999")
    (after,) = events(ONE, at="2025-10-03T11:00")
    assert "TEL:03-9999-9999" in after.description.value
    assert after.uid.value == before.uid.value
    assert int(after.sequence.value) > int(before.sequence.value)
    for name in ("dtstamp", "last_modified"):
        assert getattr(after, name).value == tokyo("2025-10-03T10:00"), name
    assert before.dtstamp.value < after.dtstamp.value


def test_content_that_was_never_saved_is_dated_by_its_publication(events):
    Version.objects.all().delete()
    Desk.objects.update(name="")  # so that the content is read anew
    (deadline,) = events(ONE)
    assert deadline.dtstamp.value == tokyo("2025-02-01T00:00")
    assert deadline.sequence.value == "0"


def test_the_name_of_the_calendar_is_read_as_it_was_typed(client, set_clock):
    name = "締切,予定;\\n\\"
    PageText.objects.filter(slot="calendar-name").update(text=name)
    set_clock("2025-10-03T10:00")
    response = client.get(CALENDAR, secure=True)
    assert "X-WR-CALNAME:締切\\,予定\\;\\\\n\\\\\r\n" in response.content.decode()


def test_the_term_has_all_its_deadlines(events):
    found = events(TERM_CALENDAR)
    days = [event.dtstart.value for event in found if "締切" in event.summary.value]
    assert days == [date(2025, month, 20) for month in range(4, 13)] + [
        date(2026, 1, 20),
        date(2026, 2, 20),
    ]
    assert len({event.uid.value for event in found}) == 11


def test_the_same_deadline_has_the_same_uid_in_every_file_at_any_time(events):
    uids = {event.uid.value for event in events(ONE)}
    assert uids <= {event.uid.value for event in events(TERM_CALENDAR, at="2026-05-01T00:00")}
    assert "2025-2025-12-20-deadline@cyber.jnx.test" in uids


def test_between_two_deadlines_the_file_is_the_same_bytes(client, set_clock):
    set_clock("2025-10-03T10:00")
    first = client.get(TERM_CALENDAR, secure=True).content
    set_clock("2025-10-20T23:59")
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
