"""Open or closed now, beside the absolute hours, on every page that shows a desk."""

import pytest

from contacts.models import ClosedDay, Desk, DeskRole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("process_zone")]


def status(page, role: str = "agency") -> str:
    return "".join(page.texts(f"#{role} .desk-status"))


@pytest.mark.parametrize(
    ("at", "text"),
    [
        ("2025-10-03T08:59", "ただいま受付時間外です。次の受付は10月3日(金)午前9時からです。"),
        ("2025-10-03T09:00", "ただいま受付時間内です(午後5時まで)。"),
        ("2025-10-03T16:59", "ただいま受付時間内です(午後5時まで)。"),
        ("2025-10-03T17:00", "ただいま受付時間外です。次の受付は10月6日(月)午前9時からです。"),
        ("2025-12-29T12:00", "ただいま受付時間外です。次の受付は1月5日(月)午前9時からです。"),
        ("2028-06-01T12:00", "通常は、ただいま受付時間内です(午後5時まで)。"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/contact/"])
def test_a_desk_says_whether_it_is_open_beside_its_hours(visit, path, at, text):
    page = visit(path, at=at)
    assert status(page) == text
    assert "<受付時間>平日:午前9時から午後5時まで" in page.texts("#agency .telephone")[0]


def test_a_closed_day_entered_by_the_secretariat_counts(visit):
    ClosedDay.objects.create(desk=Desk.objects.get(role=DeskRole.AGENCY), date="2025-10-03")
    page = visit("/contact/")
    assert "次の受付は10月6日(月)" in status(page)
    assert "受付時間内" in status(page, "insurer")


def close(first: str, last: str | None = None, reason: str = "", role: str = "agency") -> None:
    desk = Desk.objects.get(role=role)
    ClosedDay.objects.create(desk=desk, date=first, last_day=last, reason=reason)


@pytest.mark.parametrize(
    ("at", "text"),
    [
        ("2026-08-11T18:00", "ただいま受付時間外です。次の受付は8月17日(月)午前9時からです。"),
        (
            "2026-08-12T00:00",
            "ただいま受付時間外です(夏季休業)。次の受付は8月17日(月)午前9時からです。",
        ),
        (
            "2026-08-12T10:00",
            "ただいま受付時間外です(夏季休業)。次の受付は8月17日(月)午前9時からです。",
        ),
        (
            "2026-08-15T23:59",
            "ただいま受付時間外です(夏季休業)。次の受付は8月17日(月)午前9時からです。",
        ),
        ("2026-08-16T00:00", "ただいま受付時間外です。次の受付は8月17日(月)午前9時からです。"),
        ("2026-08-17T09:00", "ただいま受付時間内です(午後5時まで)。"),
    ],
)
def test_a_desk_says_why_it_is_closed_and_when_it_opens_again(visit, at, text):
    close("2026-08-12", "2026-08-15", "夏季休業")
    page = visit("/contact/", at=at)
    assert status(page) == text
    assert "夏季休業" not in status(page, "insurer")


def closed_days(page, role: str = "agency") -> list[str]:
    return [text for text in page.texts(f"#{role} .hours") if text.startswith("休業日:")]


@pytest.mark.parametrize(
    ("at", "is_told"),
    [
        ("2026-07-14T23:59", False),
        ("2026-07-15T00:00", True),
        ("2026-08-15T23:59", True),
        ("2026-08-16T00:00", False),
    ],
)
@pytest.mark.parametrize("path", ["/", "/contact/"])
def test_closed_days_stand_beside_the_hours_from_four_weeks_before_until_their_end(
    visit, path, at, is_told
):
    close("2026-08-12", "2026-08-15", "夏季休業")
    page = visit(path, at=at)
    assert closed_days(page) == (["休業日:2026年8月12日〜8月15日(夏季休業)"] if is_told else [])
    assert closed_days(page, "insurer") == []


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("2025-10-10", None, "休業日:2025年10月10日(臨時休業)"),
        ("2025-10-10", "2025-10-10", "休業日:2025年10月10日(臨時休業)"),
        ("2025-10-30", "2025-11-04", "休業日:2025年10月30日〜11月4日(臨時休業)"),
        ("2025-10-30", "2026-01-10", "休業日:2025年10月30日〜2026年1月10日(臨時休業)"),
    ],
)
def test_closed_days_are_said_as_people_write_them(visit, first, last, says):
    close(first, last)
    assert closed_days(visit("/contact/")) == [says]


def test_a_desk_that_takes_calls_at_all_hours_is_said_to_be_closed_on_no_day(visit):
    close("2025-10-02", "2025-10-10", "棚卸し", role="incident")
    page = visit("/incident/")
    assert "棚卸し" not in page.html


def test_a_desk_without_hours_says_nothing(visit):
    Desk.objects.filter(role=DeskRole.AGENCY).update(opens_at=None, closes_at=None)
    assert status(visit("/contact/")) == ""
    assert status(visit("/contact/"), "secretariat") == ""


def test_the_strip_says_nothing_of_now_so_that_it_stays_short(visit):
    assert not visit("/").all(".emergency .desk-status")


@pytest.mark.parametrize(
    ("at", "warned"), [("2027-06-01T12:00", False), ("2027-12-01T12:00", True)]
)
def test_the_secretariat_is_told_when_later_holidays_are_unknown(
    client, admin_user, set_clock, at, warned
):
    set_clock(at)
    client.force_login(admin_user)
    html = client.get("/admin/", secure=True).content.decode()
    assert ("祝日がまだ分かりません" in html) == warned
