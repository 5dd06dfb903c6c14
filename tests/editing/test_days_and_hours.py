"""Days and hours in the forms of the admin: as people write them, and as they are understood."""

from datetime import time

import pytest

from contacts.models import Desk, DeskRole
from core.clock import TOKYO
from editing.forms import TokyoDateTimeField
from products.models import Notice
from tests.admin_forms import form_data, form_url_of, save
from tests.html import Page
from tests.moments import tokyo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "hour", "read"),
    [
        ("2026-04-01", "16:00", "2026-04-01T16:00"),
        ("2026-04-01", "", "2026-04-01T16:00"),
        ("令和8年4月1日", "午前9時30分", "2026-04-01T09:30"),
        ("２０２６/４/１", "午後4時", "2026-04-01T16:00"),
        ("2026-04-01", "午前0時", "2026-04-01T00:00"),
        ("2026-04-01", "午後0時", "2026-04-01T12:00"),
        ("2026年4月1日(水曜日)", "正午", "2026-04-01T12:00"),
        ("2026/4/1 水", "24:00", "2026-04-02T00:00"),
        ("2026-12-31", "24時", "2027-01-01T00:00"),
    ],
)
def test_a_day_and_hour_are_read_as_people_write_it(day, hour, read):
    at = TokyoDateTimeField(usual_hour=time(16)).clean([day, hour])
    assert at.astimezone(TOKYO).isoformat(timespec="minutes") == f"{read}+09:00"


@pytest.mark.parametrize(
    ("day", "hour", "stored", "shown", "understood"),
    [
        ("2026-04-01", "", "2026-04-02T00:00", ["2026/04/01", "24:00"],
         "2026年4月1日(令和8年・水曜日)の終わり"),
        ("R8.4.1", "24:00", "2026-04-02T00:00", ["2026/04/01", "24:00"],
         "2026年4月1日(令和8年・水曜日)の終わり"),
        ("2026-04-02", "0:00", "2026-04-02T00:00", ["2026/04/01", "24:00"],
         "2026年4月1日(令和8年・水曜日)の終わり"),
        ("2026年4月1日", "午後3時", "2026-04-01T15:00", ["2026/04/01", "15:00"],
         "2026年4月1日(令和8年・水曜日)午後3時"),
    ],
)  # fmt: skip
def test_the_day_of_an_end_is_included(admin_client, day, hour, stored, shown, understood):
    notice = Notice.objects.create(title="件名", text="本文")
    typed = {"public_until_0": day, "public_until_1": hour}
    page = Page(save(admin_client, form_url_of(notice), title="", **typed))
    assert page.texts(".field-public_until .understood") == [understood]
    page = Page(admin_client.post(
        form_url_of(notice), form_data(admin_client, form_url_of(notice)) | typed,
        secure=True, follow=True,
    ))  # fmt: skip
    assert f"日時は次のとおりに保存しました。公開終了日時:{understood}" in page.text
    notice.refresh_from_db()
    assert notice.public_until == tokyo(stored)
    page = Page(admin_client.get(form_url_of(notice), secure=True))
    assert page.attributes("input[id^=id_public_until_]", "value") == shown
    assert page.texts(".field-public_until .understood") == [understood]
    assert save(admin_client, form_url_of(notice)).status_code == 302
    notice.refresh_from_db()
    assert notice.public_until == tokyo(stored)


def test_the_last_day_of_all_as_an_end_is_refused_and_the_input_stays(admin_client):
    typed = {"title": "打った件名", "text": "本文", "public_until_0": "9999年12月31日"}
    page = Page(save(admin_client, "/admin/products/notice/add/", **typed))
    assert "2000年から2100年までの日付を入力してください。" in page.text
    assert page.attributes("#id_title", "value") == ["打った件名"]
    assert page.attributes("#id_public_until_0", "value") == ["9999年12月31日"]


def test_the_days_of_rows_are_told_after_saving_with_the_names_of_the_rows(admin_client):
    url = form_url_of(Desk.objects.get(role=DeskRole.AGENCY))
    days = {"closed_days-TOTAL_FORMS": 1, "closed_days-0-date": "R79.8.12", "closed_days-0-last_day": "2097/8/15"}  # fmt: skip
    data = form_data(admin_client, url) | days
    page = Page(admin_client.post(url, data, secure=True, follow=True))
    row = "臨時の休業日「2097年8月12日〜2097年8月15日」の"
    assert (
        f"日時は次のとおりに保存しました。{row}休業日:2097年8月12日(令和79年・月曜日)、"
        f"{row}休業の最後の日:2097年8月15日(令和79年・木曜日)" in page.text
    )
    data = form_data(admin_client, url) | {"closed_days-0-DELETE": "on", "closed_days-0-date": "2097-08-11"}  # fmt: skip
    page = Page(admin_client.post(url, data, secure=True, follow=True))
    assert "日時は次のとおりに" not in page.text


def test_a_day_alone_is_understood_as_well(admin_client, term):
    page = Page(save(admin_client, form_url_of(term), approved_on="R7.2.3", ends_at_0="?"))
    assert "2025年2月3日(令和7年・月曜日)" in page.texts(".field-approved_on .understood")


@pytest.mark.parametrize(
    ("day", "hour", "message"),
    [
        ("2026-02-30", "16:00", "日付として読み取れません"),
        ("2026-04-01", "午後13時", "時間を正しく入力してください"),
        ("2026-04-01", "25:00", "時間を正しく入力してください"),
        ("2026-04-01", "午前12時", "昼は「正午」か「12:00」、夜は「午前0時」か「24:00」と"),
        ("2026-04-01", "午後12:30", "昼は「正午」か「12:00」、夜は「午前0時」か「24:00」と"),
        ("2026年4月1日(木)", "16:00", "2026年4月1日は水曜日です。日付か曜日を直してください。"),
        ("令和8年4月1日 木曜日", "16:00", "2026年4月1日は水曜日です。"),
        ("", "16:00", "日付を入力してください。"),
        ("9999-12-31", "24:00", "2000年から2100年までの日付を入力してください。"),
    ],
)
def test_a_day_and_hour_that_cannot_be_read_are_refused_at_its_field(
    admin_client, term, day, hour, message
):
    page = Page(save(admin_client, form_url_of(term), ends_at_0=day, ends_at_1=hour))
    assert message in page.text
    assert page.attributes("#id_ends_at_0", "value") == [day]
    assert page.attributes("#id_ends_at_1", "value") == [hour]
    for part in ("#id_ends_at_0", "#id_ends_at_1"):
        (described_by,) = page.attributes(part, "aria-describedby")
        ids = ",".join(f"#{each}" for each in described_by.split())
        assert message in "".join(page.texts(ids))


def test_tokyo_time_stands_beside_every_day_and_hour(admin_client, term):
    page = Page(admin_client.get(form_url_of(term), secure=True))
    assert page.texts("p.tokyo-datetime .time-zone") == ["日本時間(時刻が空欄なら午後4時)"] * 3
