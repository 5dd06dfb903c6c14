"""Ranges of closed days in the form of their desk."""

import pytest

from contacts.models import ClosedDay, Desk, DeskRole
from tests.admin_forms import form_url_of, messages_after, save
from tests.html import Page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(set_clock) -> None:
    set_clock("2026-08-01T10:00")


def typed(*ranges: tuple[str, str], stored: int = 0) -> dict:
    """Return what is typed into new rows, after those that are stored."""
    changes = {"closed_days-TOTAL_FORMS": stored + len(ranges)}
    for number, (first, last) in enumerate(ranges, stored):
        changes |= {
            f"closed_days-{number}-date": first,
            f"closed_days-{number}-last_day": last,
        }
    return changes


@pytest.mark.parametrize(
    ("ranges", "says"),
    [
        (
            [("2026-08-12", "2026-08-15"), ("2026-08-15", "")],
            "「2026年8月12日〜2026年8月15日」の休業日と重なっています。",
        ),
        ([("2026-08-14", ""), ("2026-08-12", "2026-08-15")], "「2026年8月12日〜2026年8月15日」"),
        ([("2026-08-12", ""), ("2026-08-12", "2026-08-13")], "「2026年8月12日」の休業日と重なって"),
        ([("2026-08-12", "2026-08-15"), ("2026-08-16", "2026-08-18")], ""),
        ([("2026-08-12", "2026-08-12")], ""),
    ],
)
def test_rows_that_overlap_are_refused_at_the_later_one(admin_client, ranges, says):
    desk = Desk.objects.get(role=DeskRole.AGENCY)
    said = messages_after(admin_client, form_url_of(desk), **typed(*ranges))
    assert says in said if says else said == ""
    assert desk.closed_days.count() == (0 if says else len(ranges))


def test_a_row_may_take_the_days_that_a_different_one_gives_up(admin_client):
    desk = Desk.objects.get(role=DeskRole.AGENCY)
    ClosedDay.objects.create(desk=desk, date="2026-08-12", last_day="2026-08-15")
    url = form_url_of(desk)
    new = typed(("2026-08-14", "2026-08-16"), stored=1)
    assert "重なっています" in messages_after(admin_client, url, **new)
    assert messages_after(admin_client, url, **new, **{"closed_days-0-DELETE": "on"}) == ""
    assert [str(closed) for closed in desk.closed_days.all()] == ["2026年8月14日〜2026年8月16日"]


@pytest.mark.parametrize(
    ("ranges", "over"),
    [
        ([("2026-07-01", "")], ""),
        ([("2026-06-20", "2026-07-01")], ""),
        ([("2026-06-30", "")], "2026年6月30日"),
        ([("2019-12-01", "2019-12-03"), ("2026-08-12", "")], "2019年12月1日〜12月3日"),
    ],
)
def test_a_new_closed_day_of_long_ago_is_asked(admin_client, ranges, over):
    desk = Desk.objects.get(role=DeskRole.AGENCY)
    ClosedDay.objects.create(desk=desk, date="2018-08-12")  # was so before
    response = save(admin_client, form_url_of(desk), **typed(*ranges, stored=1))
    asked = (
        [] if response.status_code == 302 else Page(response).texts("[aria-labelledby=doubts] li")
    )
    assert asked == (
        [
            f"臨時の休業日「{over}」は、1カ月以上前の日です。年の入力に間違いがないか、確かめてください。"
        ]
        if over
        else []
    )
    assert desk.closed_days.count() == 1 + (0 if over else len(ranges))


def test_a_closed_day_of_a_desk_that_is_always_open_is_asked(admin_client):
    desk = Desk.objects.filter(always_open=True).first()
    response = save(admin_client, form_url_of(desk), **typed(("2026-08-12", "")))
    assert Page(response).texts("[aria-labelledby=doubts] li") == [
        "この窓口は24時間受け付けるため、「臨時の休業日」は公開ページに出ません。"
    ]
