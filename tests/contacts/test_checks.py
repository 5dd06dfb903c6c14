"""The content checks of contacts: what each finds, and that it is silent where all is well."""

import pytest

from contacts import checks
from contacts.models import Desk, DeskRole
from tests.findings import found, said

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"opens_at": None, "closes_at": None}, "の受付時間が空欄です"),
        ({"telephone": "", "email": "a@example.jp"}, "の電話番号が空欄です"),
    ],
)
def test_a_desk_without_hours_or_telephone_is_found(changes, words):
    Desk.objects.filter(role=DeskRole.INSURER).update(**changes)
    assert f"損害保険ジャパン株式会社」{words}" in said(checks.desks)


def test_the_desk_of_the_shipped_content_without_both_is_found():
    (finding,) = found(checks.desks)
    assert "「JNX事務局」の電話番号と受付時間が空欄です" in finding.says


@pytest.mark.parametrize(
    ("at", "is_found"), [("2027-10-02T10:00", False), ("2027-10-03T10:00", True)]
)
def test_holidays_of_the_next_three_months_must_be_known(at, is_found):
    assert ("2028年の祝日がまだ分かりません" in said(checks.holidays, at)) == is_found
