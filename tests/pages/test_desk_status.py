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
