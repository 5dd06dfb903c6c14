"""Dates of a term that are confirmed before they are saved: they change what the public pages promise."""

import pytest
from django.urls import reverse
from reversion.models import Version

from products.models import PolicyTerm
from tests.admin_forms import form_data, form_url_of, save, save_confirmed
from tests.factories import make_term
from tests.html import Page

pytestmark = pytest.mark.django_db

YEAR = "年の入力に間違いがないか、確かめてください。"
DATES = "日時の入力に間違いがないか、確かめてください。"
TAKEN_OFF = "公開中の保険期間が、公開ページから消えます。"


@pytest.fixture(autouse=True)
def today(set_clock) -> None:
    set_clock("2025-10-03T10:00")


def asked(client, term, **changes) -> list[str]:
    """Return what the form asks to confirm; nothing where it is saved at once."""
    response = save(client, form_url_of(term), **changes)
    return (
        [] if response.status_code == 302 else Page(response).texts("[aria-labelledby=doubts] li")
    )


@pytest.mark.parametrize(
    ("changes", "doubts"),
    [
        ({"joining_deadline_day": "15"}, []),
        (
            {"starts_at_0": "2036-04-01", "ends_at_0": "2037-04-01"},
            [
                "前の保険期間が終了する2026年4月1日(午後4時)からこの保険期間が始まる2036年4月1日(午後4時)まで、"
                f"どの保険期間にも入りません。{DATES}"
            ],
        ),
        (
            {"ends_at_0": "2036-04-01"},
            [
                "保険期間が、2026年4月1日(午後4時)から2036年4月1日(午後4時)までで、"
                f"ちょうど1年ではありません。{DATES}"
            ],
        ),
        (
            {"ends_at_0": "2026-04-01", "ends_at_1": "24:00"},
            [
                "保険期間が、2026年4月1日(午後4時)から2026年4月2日(午前0時)までで、"
                f"ちょうど1年ではありません。{DATES}"
            ],
        ),
        (
            {"starts_at_0": "2026-03-01", "ends_at_0": "2027-03-01"},
            [
                "この保険期間が始まる2026年3月1日(午後4時)は、前の保険期間が終了する2026年4月1日(午後4時)より"
                f"前です。{DATES}"
            ],
        ),
        ({"recruiting_from": "2026-01-10", "recruiting_until": "2026-03-20"}, []),
        (
            {"recruiting_from": "2025-01-10", "recruiting_until": "2026-03-20"},
            [
                "募集期間の最初の日(2025年1月10日)が、保険期間の開始(2026年4月1日)より1年以上前です。"
                + YEAR
            ],
        ),
    ],
)
def test_what_is_asked_of_the_dates_of_a_draft(admin_client, draft, changes, doubts):
    assert asked(admin_client, draft, **changes) == doubts


@pytest.mark.parametrize(
    ("public_from", "doubts"),
    [
        ("2026-03-01", []),
        ("2026-04-01", []),
        (
            "2026-05-01",
            [
                "公開開始(2026年5月1日(午後4時))が、保険期間の開始(2026年4月1日(午後4時))より"
                f"後です。{YEAR}"
            ],
        ),
        (
            "2062-03-01",
            [
                "公開開始(2062年3月1日(午後4時))が、保険期間の終了(2027年4月1日(午後4時))より"
                f"後です。{YEAR}"
            ],
        ),
    ],
)
def test_a_term_that_becomes_public_after_it_starts_is_asked(
    admin_client, draft, public_from, doubts
):
    approved = {"approval_number": "SJ26-001", "approved_on": "2025-09-30"}
    draft.premium_rows.exclude(number=1).delete()
    draft.premium_rows.update(annual_high=305_390)
    assert asked(admin_client, draft, public_from_0=public_from, **approved) == doubts


@pytest.mark.parametrize(
    ("changes", "doubts"),
    [
        (
            {"public_from_0": "", "public_from_1": ""},
            [f"{TAKEN_OFF}訪問者に案内する保険期間が、なくなります。"],
        ),
        (
            {"ends_at_0": "2036-04-01"},
            [
                "公開中の保険期間の終了が、2026年4月1日(午後4時)から2036年4月1日(午後4時)に変わります。",
                "保険期間が、2025年4月1日(午後4時)から2036年4月1日(午後4時)までで、"
                f"ちょうど1年ではありません。{DATES}",
            ],
        ),
        (
            {"starts_at_0": "2025-03-01", "ends_at_0": "2026-03-01"},
            [
                "公開中の保険期間の開始が、2025年4月1日(午後4時)から2025年3月1日(午後4時)に変わります。",
                "公開中の保険期間の終了が、2026年4月1日(午後4時)から2026年3月1日(午後4時)に変わります。",
            ],
        ),
    ],
)
def test_what_is_asked_of_the_dates_of_a_public_term(admin_client, term, changes, doubts):
    assert asked(admin_client, term, **changes) == doubts


def test_a_public_term_whose_publication_is_put_off_is_asked_and_told(admin_client, term):
    later = {"public_from_0": "2025-12-01", "public_from_1": "9:00"}
    says = (
        "公開中の保険期間が、2025年12月1日(午前9時)まで公開ページから消えます。"
        "訪問者に案内する保険期間が、なくなります。"
    )
    data = form_data(admin_client, form_url_of(term), **later)
    page = Page(admin_client.post(form_url_of(term), data, secure=True))
    assert page.texts("[aria-labelledby=doubts] li")[0] == says
    data["_confirmed"] = page.one("[name=_confirmed]").get("value")
    after = Page(admin_client.post(form_url_of(term), data, secure=True, follow=True))
    assert says in after.texts(".messagelist .warning")[0]


def test_the_term_that_visitors_see_instead_is_named(admin_client, term):
    make_term("2024", "2024-04-01T16:00", "2025-04-01T16:00", public_from="2024-03-01T00:00")
    assert asked(admin_client, term, public_from_0="", public_from_1="") == [
        f"{TAKEN_OFF}訪問者には、保険期間2024年4月1日〜2025年4月1日が出ます。"
    ]


def test_an_end_that_the_next_term_does_not_follow_is_asked(admin_client, term, draft):
    doubts = asked(admin_client, term, ends_at_0="2026-03-01")
    assert (
        "この保険期間が終了する2026年3月1日(午後4時)から次の保険期間が始まる2026年4月1日(午後4時)まで、"
        f"どの保険期間にも入りません。{DATES}"
    ) in doubts


def test_going_back_to_a_draft_asks_as_taking_it_off_does(admin_client, draft):
    save(admin_client, form_url_of(draft), coverage_note="別の注記")  # the first version
    save_confirmed(admin_client, form_url_of(draft), public_from_0="2025-10-02")
    assert PolicyTerm.objects.get(pk=draft.pk).public_from is not None
    version = Version.objects.get_for_object(draft).last()
    url = reverse("admin:products_policyterm_revision", args=[draft.pk, version.pk])
    url += "?correct=1"
    page = Page(admin_client.post(url, form_data(admin_client, url), secure=True))
    assert TAKEN_OFF in page.texts("[aria-labelledby=doubts] ul")[0]


def test_an_ordinary_year_is_prepared_and_published_without_a_question_about_dates(
    admin_client,
):
    admin_client.post(reverse("admin:products_policyterm_next"), {"latest": "2025"}, secure=True)
    following = PolicyTerm.objects.get(code="2026")
    doubts = asked(admin_client, following, public_from_0="2026-03-01")
    assert doubts == [
        "保険料の例の金額が、すべて前の保険期間と同じです。",
        "引受保険会社の承認番号が入力されていません。引受保険会社の承認を受けたか、確かめてください。",
    ]
