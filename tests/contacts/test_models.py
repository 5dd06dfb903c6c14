from datetime import time

import pytest
from django.core.exceptions import ValidationError

from contacts.models import ClosedDay, Desk, DeskRole, Organisation, PublicDesk
from tests.constraints import assert_refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "changes",
    [
        {"opens_at": time(17), "closes_at": time(9)},
        {"opens_at": time(9), "closes_at": time(9)},
        {"opens_at": time(9), "closes_at": None},
        {"opens_at": None, "closes_at": time(17)},
    ],
)
def test_hours_that_make_no_sense_are_refused(changes):
    desk = Desk.objects.get(role=DeskRole.AGENCY)
    assert_refused(desk, "受付時刻は、開始と終了の両方を開始が先になるように", **changes)


def test_a_desk_without_telephone_and_mail_is_refused():
    desk = Desk.objects.get(role=DeskRole.INSURER)
    assert_refused(desk, "電話番号かメールアドレスのどちらか", telephone="", email="")


@pytest.mark.parametrize("role", [DeskRole.AGENCY, DeskRole.INCIDENT])
def test_the_desks_that_pages_send_people_to_keep_a_telephone(role):
    desk = Desk.objects.get(role=role)
    assert_refused(desk, "空欄にできません", telephone="", email="desk@example.jp")


def test_the_emergency_number_cannot_lose_its_hours():
    desk = Desk.objects.get(role=DeskRole.INCIDENT)
    assert_refused(desk, "受付時間が必要です", always_open=False, opens_at=None, closes_at=None)


def test_the_emergency_number_cannot_lose_the_words_on_who_may_call():
    desk = Desk.objects.get(role=DeskRole.INCIDENT)
    assert_refused(desk, "「利用できる方」が必要です", who_may_call="")


def test_one_desk_is_for_incidents():
    assert [desk.role for desk in Desk.objects.all() if desk.is_for_incidents] == ["incident"]


def test_a_role_has_one_desk():
    desk = Desk.objects.get(role=DeskRole.INSURER)
    assert_refused(desk, "役割", role=DeskRole.AGENCY)


def test_a_closed_day_is_entered_once():
    desk = Desk.objects.get(role=DeskRole.AGENCY)
    ClosedDay.objects.create(desk=desk, date="2026-08-14")
    day = ClosedDay.objects.create(desk=desk, date="2026-08-15")
    assert_refused(day, "すでに休業日として", date="2026-08-14")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("telephone", "0354226351", "半角の数字とハイフンで"),
        ("telephone", "03-5422-6351(代)", "半角の数字とハイフンで"),
        ("telephone", "03-5422-6351\n", "半角の数字とハイフンで"),
        ("telephone", "０３-５４２２-６３５１", "半角の数字とハイフンで"),
        ("telephone", "03-5422-635", "電話番号の数字が9桁です。「03」で始まる番号は10桁です。"),
        ("telephone", "03-5422-63510", "半角の数字とハイフンで"),
        (
            "telephone",
            "0120-3182-5800",
            "電話番号の数字が12桁です。「0120」で始まる番号は10桁です。",
        ),
        ("telephone", "090-1234-567", "電話番号の数字が10桁です。「090」で始まる番号は11桁です。"),
        ("telephone", "0800-123-456", "電話番号の数字が10桁です。「0800」で始まる番号は11桁です。"),
        ("postal_code", "１０８-００７４", "「108-0074」のように"),
        ("year_end_first_day", "02-31", "実際にある月と日"),
        ("year_end_first_day", "１２-29", "実際にある月と日"),
        ("postal_code", "1080074", "「108-0074」のように"),
        ("year_end_first_day", "13-01", "実際にある月と日"),
        ("year_end_last_day", "1/3", "実際にある月と日"),
        ("year_end_last_day", "W01-1", "実際にある月と日"),
        ("year_end_first_day", "12-3\n", "実際にある月と日"),
        ("year_end_last_day", "12-28", "12月29日から12月28日までになります。31日以内に"),
    ],
)
def test_a_value_in_another_notation_gets_a_message_at_its_field(field, value, message):
    desk = Desk.objects.get(role=DeskRole.AGENCY)
    setattr(desk, field, value)
    with pytest.raises(ValidationError) as refusal:
        desk.full_clean()
    assert message in refusal.value.message_dict[field][0]


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("12-29", "01-03", ""),
        ("12-29", "12-29", ""),
        ("12-05", "01-04", ""),
        ("12-05", "01-05", "12月5日から1月5日まで"),
        ("01-03", "12-29", "1月3日から12月29日まで"),
    ],
)
def test_days_of_the_year_end_in_the_wrong_order_are_refused(first, last, says):
    desk = Desk.objects.get(role=DeskRole.AGENCY)
    desk.year_end_first_day, desk.year_end_last_day = first, last
    if says:
        with pytest.raises(ValidationError) as refusal:
            desk.full_clean()
        assert refusal.value.message_dict == {
            "year_end_last_day": [
                f"年末年始の休みが、{says}になります。31日以内にしてください。"
                "最初の日と最後の日が逆かもしれません。"
            ]
        }
        desk.closed_at_year_end = False
    desk.full_clean()


@pytest.mark.parametrize(
    "number",
    [
        "03-5422-6351",
        "0422-12-3456",
        "0120-318-258",
        "0570-000-000",
        "0800-123-4567",
        "050-1234-5678",
    ],
)
def test_a_telephone_number_that_can_be_called_is_stored(number):
    Desk(role=DeskRole.SECRETARIAT, telephone=number).clean()
    PublicDesk(telephone=number, hours="平日").clean()


def test_a_public_desk_needs_a_telephone_number_that_can_be_called():
    desk = PublicDesk(name="窓口", telephone="03-0000-000", hours="平日")
    with pytest.raises(ValidationError, match="電話番号の数字が9桁です"):
        desk.full_clean()


def test_desks_come_by_role_in_three_queries(django_assert_num_queries):
    with django_assert_num_queries(3):
        desks = Desk.objects.by_role()
        persons = [desk.persons_in_charge for desk in desks.values()]
    assert persons == ["飯島・千葉", "荒木・木村", "飯島", ""]


@pytest.mark.parametrize(
    ("own", "of_organisation", "shown"),
    [
        (("108-0074", "東京都港区高輪"), ("160-8338", "東京都新宿区"), "〒108-0074 東京都港区高輪"),
        (("", "東京都港区高輪"), ("160-8338", "東京都新宿区"), "東京都港区高輪"),
        (("", ""), ("160-8338", "東京都新宿区"), "〒160-8338 東京都新宿区"),
        (("", ""), ("", "東京都新宿区"), "東京都新宿区"),
        (("", ""), ("", ""), ""),
    ],
)
def test_a_desk_is_where_its_organisation_is_unless_it_says_otherwise(own, of_organisation, shown):
    organisation = Organisation(postal_code=of_organisation[0], address=of_organisation[1])
    desk = Desk(organisation=organisation, postal_code=own[0], address=own[1])
    assert desk.postal_address == shown


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"telephone": ""}, "電話番号かアドレスのどちらか"),
        ({"hours": ""}, "電話番号には、受付時間が必要です"),
    ],
)
def test_a_public_desk_can_be_reached_and_its_number_has_hours(changes, message):
    desk = PublicDesk.objects.create(name="窓口", telephone="03-0000-0000", hours="平日")
    assert_refused(desk, message, **changes)
