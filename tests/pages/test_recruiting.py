"""Joining from the start of a term: until when, by the recruiting period or by the rule, and what nobody knows yet."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from contacts.models import Desk, DeskRole
from products.models import PolicyTerm
from products.rollover import prepare_next
from tests.html import Page

JOIN, HOME, SHEET = "/insurance/join/", "/", "/insurance/summary/?no=1"
START = "2025年4月1日(午後4時)"
BY_THE_RULE = "締切は、毎月20日の決まりによるものです。募集期間は、取扱代理店へご確認ください。"
CLOSED_TODAY = (
    "本日は締切の日ですが、取扱代理店は休業日(祝日)です。次の受付は3月21日(金)午前9時からです。"
)


@pytest.fixture
def recruiting(term) -> None:
    PolicyTerm.objects.update(
        recruiting_from=date(2025, 2, 10),
        recruiting_until=date(2025, 3, 14),
        recruiting_where="提出先の例",
    )


def answer(page: Page) -> str:
    """Return what the page says of an application today."""
    parts = page.all(".box[aria-labelledby=answer], .key-facts, dl.facts")
    return "".join(part.text_content() for part in parts)


@pytest.mark.parametrize("path", [JOIN, HOME, SHEET])
def test_the_start_never_stands_without_the_day_that_leads_to_it(visit, path):
    said = answer(visit(path, at="2025-03-10T10:00"))
    assert START in said
    assert "2025年3月20日(木)" in said
    assert BY_THE_RULE in said
    assert "締切の2025年3月20日(木)は、取扱代理店の休業日(祝日)です。" in said


@pytest.mark.parametrize("path", [JOIN, HOME, SHEET])
def test_on_a_deadline_that_is_a_closed_day_the_page_adds_the_two_facts_up(visit, path):
    said = answer(visit(path, at="2025-03-20T10:00"))
    assert CLOSED_TODAY in said
    assert "取扱いは、早めに取扱代理店へご確認ください。" in said


@pytest.mark.parametrize("path", [JOIN, HOME])
def test_the_agencys_mail_is_offered_on_such_a_day_once_it_has_one(visit, path):
    assert not visit(path, at="2025-03-20T10:00").all(".caution a")
    Desk.objects.filter(role=DeskRole.AGENCY).update(email="agency@example.jp")
    page = visit(path, at="2025-03-20T10:00")
    assert page.attributes(".caution a", "href") == ["mailto:agency@example.jp"]
    assert not visit(path, at="2025-03-19T10:00").all(".caution a")


def test_an_agency_without_hours_promises_no_opening(visit):
    Desk.objects.filter(role=DeskRole.AGENCY).update(opens_at=None, closes_at=None)
    said = answer(visit(JOIN, at="2025-03-20T10:00"))
    assert "本日は締切の日ですが、取扱代理店は休業日(祝日)です。" in said
    assert "次の受付は" not in said


@pytest.mark.parametrize("path", [JOIN, SHEET])
@pytest.mark.parametrize("day", ["2025-03-21", "2025-03-31"])
def test_after_that_day_only_the_agency_knows(visit, path, day):
    said = answer(visit(path, at=f"{day}T10:00"))
    assert "補償がいつから始まるかは、取扱代理店へご確認ください。" in said
    assert f"{START}からの補償のお申込みの締切(2025年3月20日(木))を過ぎています。" in said


@pytest.mark.usefixtures("recruiting")
@pytest.mark.parametrize("path", [JOIN, HOME, SHEET])
def test_a_recruiting_period_says_until_when_and_where(visit, path):
    page = visit(path, at="2025-02-10T10:00")
    said = answer(page)
    assert START in said
    assert "2025年3月14日(金)" in said
    assert "3月20日" not in said
    assert BY_THE_RULE not in said
    assert ("提出先の例" in said) == (path != HOME)
    if path == HOME:
        assert "募集期間:2025年2月10日〜2025年3月14日" in page.texts(".term-label")[0]


@pytest.mark.usefixtures("recruiting")
@pytest.mark.parametrize("path", [JOIN, SHEET])
def test_before_the_recruiting_period_no_start_is_named(visit, path):
    said = answer(visit(path, at="2025-02-09T10:00"))
    assert "この保険期間の募集期間は、2025年2月10日〜2025年3月14日です。" in said
    assert "(保険期間の開始)" not in said


@pytest.mark.usefixtures("recruiting")
def test_after_the_recruiting_period_only_the_agency_knows_until_the_term_starts(visit):
    assert "2025年3月14日(金))を過ぎています。" in answer(visit(JOIN, at="2025-03-15T10:00"))
    assert "2025年4月20日(日)" in answer(visit(JOIN, at="2025-04-01T10:00"))


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2025, 2, 10), None, "募集期間:2025年2月10日から"),
        (None, date(2025, 3, 14), "募集期間:2025年3月14日まで"),
        (None, None, None),
    ],
)
def test_half_a_period_says_what_is_known(visit, term, first, last, words):
    PolicyTerm.objects.update(recruiting_from=first, recruiting_until=last)
    (label,) = visit(HOME, at="2025-03-10T10:00").texts(".term-label")
    assert words in label if words else "募集期間" not in label


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        (
            {"recruiting_from": date(2025, 3, 2), "recruiting_until": date(2025, 3, 1)},
            "__all__",
            "募集期間の最後の日は、最初の日かその後にしてください。",
        ),
        (
            {"recruiting_until": date(2025, 4, 1)},
            "recruiting_until",
            "保険期間の開始より前の日を入力してください。",
        ),
    ],
)
def test_a_period_that_cannot_be_is_refused(term, values, field, message):
    for name, value in values.items():
        setattr(term, name, value)
    with pytest.raises(ValidationError) as refused:
        term.full_clean()
    assert refused.value.message_dict[field] == [message]


@pytest.mark.usefixtures("recruiting")
def test_the_draft_for_the_next_year_has_no_recruiting_period(term):
    following = prepare_next(term)
    assert (following.recruiting_from, following.recruiting_until) == (None, None)
    assert following.recruiting_where == "提出先の例"
