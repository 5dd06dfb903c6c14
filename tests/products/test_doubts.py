"""Doubts that an editor confirms before a term is saved: told once, before and after, and on the home."""

import pytest
from django.urls import reverse
from reversion.models import Revision

from products.checks.figures import doubtful_terms
from products.checks.terms import approvals
from products.models import Notice, PolicyTerm
from products.premiums import monthly_of
from tests.admin_forms import form_data, form_url_of, save, save_confirmed
from tests.findings import said
from tests.html import Page

pytestmark = pytest.mark.django_db

NO_APPROVAL = (
    "引受保険会社の承認番号が入力されていません。引受保険会社の承認を受けたか、確かめてください。"
)
ALL_THE_SAME = "保険料の例の金額が、すべて前の保険期間と同じです。"
APPROVED = {"approval_number": "SJ26-001", "approved_on": "2025-09-30"}
OTHERS = {"other premiums": True}


@pytest.fixture(autouse=True)
def today(set_clock) -> None:
    set_clock("2025-10-03T10:00")


def asked(client, term, **changes) -> list[str]:
    """Return what the form asks to confirm; nothing where it is saved at once."""
    if changes.pop("other premiums", False):
        changes = {
            f"premium_rows-{place}-{name}": figure
            for place, row in enumerate(term.premium_rows.all())
            for name, figure in (
                ("annual_high", row.annual_high + 10),
                ("monthly_high", monthly_of(row.annual_high + 10)),
            )
        } | changes
    response = save(client, form_url_of(term), **changes)
    return (
        [] if response.status_code == 302 else Page(response).texts("[aria-labelledby=doubts] li")
    )


@pytest.mark.parametrize(
    ("changes", "doubts"),
    [
        ({"public_from_0": "2026-02-01"}, [ALL_THE_SAME, NO_APPROVAL]),
        ({"public_from_0": "2026-02-01"} | APPROVED, [ALL_THE_SAME]),
        ({"public_from_0": "2026-02-01"} | APPROVED | OTHERS, []),
        (
            {"public_from_0": "2020-02-01", "public_from_1": "9:00"} | APPROVED | OTHERS,
            [
                "公開開始(2020年2月1日(午前9時))を過ぎているため、すぐに公開されます。",
                "公開開始(2020年2月1日(午前9時))が、保険期間の開始より1年以上前です。"
                "年の入力に間違いがないか、確かめてください。",
            ],
        ),
        (
            {"public_from_0": "2026-02-01", "premium_rows-1-annual_high": "837,380"}
            | {"premium_rows-1-monthly_high": "69,780"} | APPROVED | OTHERS,
            ["No.2の保険料が、前の保険期間と同じです。"],
        ),
        ({"coverage_note": "別の注記"}, []),
        (
            {"premium_rows-0-annual_high": "3,053,800"},
            [
                "No.1の年間保険料・上限3,053,800円は、前の保険期間の305,380円の10倍以上です。",
                "No.1の月額保険料・上限25,450円は、年間保険料3,053,800円÷12を10円単位にした"
                "254,480円と違います。",
            ],
        ),
        (
            {"premium_rows-0-monthly_low": "1,169", "premium_rows-0-liability_limit": "1,000億"},
            [
                "No.1の保険金額・賠償100,000,000,000円は、前の保険期間の1,000,000,000円の10倍以上です。",
                "No.1の月額保険料・下限1,169円は、前の保険期間の11,690円の10分の1以下です。",
                "No.1の月額保険料・下限1,169円は、年間保険料140,230円÷12を10円単位にした11,690円と違います。",
            ],
        ),
        ({"premium_rows-0-liability_limit": "99億9999万9999"}, []),
        (
            {"premium_rows-1-profit_indemnity_months": "120"},
            ["No.2の利益てん補期間120カ月は、前の保険期間の1カ月の10倍以上です。"],
        ),
        ({"premium_rows-1-profit_indemnity_months": "9"}, []),
        ({"premium_rows-3-turnover": "31億"}, []),  # its monthly figure is not a twelfth, as before
    ],
)  # fmt: skip
def test_what_the_form_asks_to_confirm(admin_client, draft, changes, doubts):
    assert asked(admin_client, draft, **changes) == doubts


def test_once_confirmed_it_is_saved_and_told_after_and_on_the_home(admin_client, draft):
    changes = {"public_from_0": "2026-02-01", "premium_rows-0-annual_high": "3,053,800"}
    data = form_data(admin_client, form_url_of(draft), **changes)
    page = Page(admin_client.post(form_url_of(draft), data, secure=True))
    assert PolicyTerm.objects.get(pk=draft.pk).public_from is None
    assert page.attributes("#id_public_from_0", "value") == ["2026-02-01"]
    data["_confirmed"] = page.one("[name=_confirmed]").get("value")
    after = Page(admin_client.post(form_url_of(draft), data, secure=True, follow=True))
    (told,) = after.texts(".messagelist .warning")
    assert told.startswith("次のことを確認のうえで保存しました。")
    assert NO_APPROVAL in told
    assert "10倍以上です。" in told
    assert "承認番号が入力されていません。" in said(approvals, "2026-01-10T10:00")
    assert "10倍以上です。" in said(doubtful_terms, "2026-01-10T10:00")


def test_what_is_confirmed_is_what_was_shown(admin_client, draft):
    first = save(admin_client, form_url_of(draft), **{"premium_rows-0-annual_high": "3,053,800"})
    confirmed = Page(first).one("[name=_confirmed]").get("value")
    changes = {"premium_rows-0-annual_high": "30,538,000", "_confirmed": confirmed}
    assert asked(admin_client, draft, **changes)


def test_what_was_so_before_is_not_asked_again(admin_client, term):
    assert not term.approval_number
    assert asked(admin_client, term, coverage_note="別の注記") == []


def test_a_figure_that_no_term_before_has_is_compared_with_what_it_was(admin_client, term):
    slip = {"premium_rows-0-annual_high": "3,053,800"}
    assert asked(admin_client, term, _reason="誤字", **slip) == [
        "No.1の年間保険料・上限3,053,800円は、直す前の305,380円の10倍以上です。",
        "No.1の月額保険料・上限25,450円は、年間保険料3,053,800円÷12を10円単位にした254,480円と違います。",
    ]
    assert (
        asked(admin_client, term, _reason="誤字", **{"premium_rows-0-annual_high": "305,390"}) == []
    )


def test_taking_the_approval_away_from_a_public_term_is_asked(admin_client, term):
    save(admin_client, form_url_of(term), **APPROVED | {"approved_on": "2025-03-01"})
    assert asked(admin_client, term, approval_number="", approved_on="") == [NO_APPROVAL]


@pytest.mark.parametrize(("day", "status"), [("2025-10-03", 302), ("2025-10-04", 200)])
def test_an_approval_is_not_of_tomorrow(admin_client, draft, day, status):
    response = save(admin_client, form_url_of(draft), approval_number="SJ26-001", approved_on=day)
    assert response.status_code == status
    if status == 200:
        assert (
            "承認日が今日より後の日です。"
            in Page(response).texts(".field-approved_on .errorlist")[0]
        )


@pytest.mark.parametrize(("use_by", "status"), [("2025-09-30", 302), ("2025-09-29", 200)])
def test_an_approval_ends_after_it_was_given(admin_client, draft, use_by, status):
    response = save(admin_client, form_url_of(draft), **APPROVED, approval_use_by=use_by)
    assert response.status_code == status
    if status == 200:
        assert Page(response).texts(".field-approval_use_by .errorlist") == [
            "使用期限(2025年9月29日)が、承認日(2025年9月30日)より前の日です。"
        ]


@pytest.mark.parametrize(
    ("day", "asks"), [("2025-10-01", 0), ("2025-09-03", 0), ("2020-10-01", 1), ("2026-10-01", 0)]
)
def test_a_notice_that_is_public_as_of_long_ago_is_asked(admin_client, day, asks):
    data = {"title": "件名", "text": "本文", "public_from_0": day, "public_from_1": "10:00"}
    data |= {"public_until_0": "", "public_until_1": ""}
    response = admin_client.post("/admin/products/notice/add/", data, secure=True)
    assert response.status_code == (200 if asks else 302)
    assert Notice.objects.count() == 1 - asks
    if asks:
        (doubts,) = Page(response).texts("[aria-labelledby=doubts] ul")
        assert "すぐに公開されます。年の入力に間違いがないか、" in doubts


def test_undoing_a_withdrawal_asks_as_publishing_does(admin_client, term):
    withdrawn = {"public_from_0": "", "public_from_1": ""}
    assert save_confirmed(admin_client, form_url_of(term), **withdrawn).status_code == 302
    url = reverse("admin:undo-change", args=[Revision.objects.latest("pk").pk])
    reason = {"_reason": "間違えたため"}
    page = Page(admin_client.post(url, reason, secure=True))
    (doubts,) = page.texts("[aria-labelledby=doubts] ul")
    assert "すぐに公開されます。" in doubts
    assert NO_APPROVAL in doubts
    assert PolicyTerm.objects.get().public_from is None
    confirmed = reason | {"_confirmed": page.attributes("[name=_confirmed]", "value")}
    after = Page(admin_client.post(url, confirmed, secure=True, follow=True))
    assert NO_APPROVAL in after.texts(".messagelist .warning")[0]
    assert PolicyTerm.objects.get().public_from is not None
