from datetime import date

import pytest
from django.core.exceptions import ValidationError

from products.models import PolicyTerm, TermState
from tests.constraints import assert_refused
from tests.factories import make_term
from tests.moments import moment, tokyo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("process_zone")]


@pytest.fixture
def successor() -> PolicyTerm:
    return make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from="2026-02-01T00:00")


@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("2025-03-20T12:00", TermState.BEFORE),
        ("2025-03-31T23:59", TermState.BEFORE),
        ("2025-04-01T15:59", TermState.BEFORE),
        ("2025-04-01T16:00", TermState.OPEN),
        ("2025-05-20T23:59", TermState.OPEN),
        ("2025-05-21T00:00", TermState.OPEN),
        ("2025-12-20T12:00", TermState.OPEN),
        ("2026-02-20T00:00", TermState.OPEN),
        ("2026-02-20T23:59", TermState.OPEN),
        ("2026-02-21T00:00", TermState.INTAKE_OVER),
        ("2026-02-21T08:59", TermState.INTAKE_OVER),
        ("2026-04-01T15:59", TermState.INTAKE_OVER),
        ("2026-04-01T16:00", TermState.ENDED),
        ("2026-11-22T12:00", TermState.ENDED),
    ],
)
def test_the_state_of_the_term_of_the_source(term, at, state):
    assert term.state_at(moment(at)) == state


@pytest.mark.parametrize(
    ("state", "holds"),
    [
        (TermState.BEFORE, {"has_not_started", "takes_applications"}),
        (TermState.OPEN, {"takes_applications"}),
        (TermState.INTAKE_OVER, {"is_intake_over"}),
        (TermState.ENDED, {"is_over"}),
    ],
)
def test_what_a_state_of_a_term_means(state, holds):
    predicates = ("has_not_started", "takes_applications", "is_intake_over", "is_over")
    assert {name for name in predicates if getattr(state, name)} == holds


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("2025-01-31T23:59", None),
        ("2025-02-01T00:00", "2025"),
        ("2025-10-03T10:00", "2025"),
        ("2026-04-01T15:59", "2025"),
        ("2026-04-01T16:00", "2025"),
        ("2026-11-22T12:00", "2025"),
    ],
)
def test_without_a_successor_the_latest_term_stands_for_the_product(at, code):
    shown = PolicyTerm.objects.in_force_at(moment(at))
    assert (shown and shown.code) == code


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("2025-10-03T10:00", "2025"),
        ("2026-02-21T00:00", "2025"),
        ("2026-04-01T15:59", "2025"),
        ("2026-04-01T16:00", "2026"),
        ("2027-04-01T16:00", "2026"),
    ],
)
def test_the_successor_takes_over_at_the_end_of_the_term(successor, at, code):
    assert PolicyTerm.objects.in_force_at(moment(at)).code == code


def test_a_successor_is_unseen_until_it_is_public(term, successor):
    assert PolicyTerm.objects.after(term, moment("2026-01-31T23:59")) is None
    assert PolicyTerm.objects.after(term, moment("2026-02-01T00:00")) == successor


def test_a_draft_is_never_seen():
    make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from=None)
    assert PolicyTerm.objects.in_force_at(moment("2026-05-01T00:00")).code == "2025"
    assert len(PolicyTerm.objects.public_at(moment("2026-05-01T00:00"))) == 1


def test_the_term_before_another_is_the_last_that_ended_by_its_start_drafts_too(term):
    later = make_term("2027", "2027-04-01T16:00", "2028-04-01T16:00", public_from=None)
    assert PolicyTerm.objects.before(term) is None
    assert PolicyTerm.objects.before(later) == term
    draft = make_term("2026", "2026-04-01T16:00", "2027-04-01T16:00", public_from=None)
    assert PolicyTerm.objects.before(draft) == term
    assert PolicyTerm.objects.before(later) == draft
    assert PolicyTerm.objects.last_to_end() == later


def test_between_two_terms_the_next_to_start_stands_for_the_product():
    make_term("2027", "2027-06-01T16:00", "2028-04-01T16:00", public_from="2026-01-01T00:00")
    make_term("2026", "2026-06-01T16:00", "2027-04-01T16:00", public_from="2026-01-01T00:00")
    assert PolicyTerm.objects.in_force_at(moment("2026-05-01T00:00")).code == "2026"


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "overlaps"),
    [
        ("2026-04-01T16:00", "2027-04-01T16:00", False),
        ("2024-04-01T16:00", "2025-04-01T16:00", False),
        ("2026-04-01T15:59", "2027-04-01T16:00", True),
        ("2025-06-01T16:00", "2025-07-01T16:00", True),
        ("2024-04-01T16:00", "2025-04-01T16:01", True),
        ("2024-04-01T16:00", "2027-04-01T16:00", True),
    ],
)
def test_public_terms_do_not_overlap(starts_at, ends_at, overlaps):
    term = PolicyTerm(
        code="other",
        starts_at=tokyo(starts_at),
        ends_at=tokyo(ends_at),
        public_from=tokyo("2026-01-01T00:00"),
        premium_notes="注記",
    )
    if not overlaps:
        term.full_clean()
        return
    with pytest.raises(ValidationError) as refusal:
        term.full_clean()
    assert refusal.value.message_dict["starts_at"] == [
        "公開する保険期間「2025年4月1日〜2026年4月1日」と重なっています。"
    ]
    term.public_from = None
    term.full_clean()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"ends_at": tokyo("2025-04-01T16:00")}, "保険期間の終了は、開始より後に"),
        ({"joining_deadline_day": 29}, "1から28までで"),
        ({"joining_deadline_day": 0}, "1から28までで"),
        ({"joining_start_day": 31}, "1から28までで"),
        ({"approval_number": "SJ25-00000"}, "承認番号と承認日は、両方を"),
        ({"approved_on": date(2025, 3, 1)}, "承認番号と承認日は、両方を"),
    ],
)
def test_a_term_that_cannot_be_true_is_refused(term, changes, message):
    assert_refused(term, message, **changes)


@pytest.mark.parametrize(
    ("number", "changes", "message"),
    [
        (1, {"annual_low": 305_381}, "下限は、上限以下に"),
        (1, {"monthly_low": 25_451}, "下限は、上限以下に"),
        (1, {"turnover": 0}, "0より大きく"),
        (1, {"liability_limit": 0}, "0より大きく"),
        (1, {"expense_limit": 0}, "0より大きく"),
        (1, {"annual_low": 0}, "0より大きく"),
        (1, {"monthly_low": 0}, "0より大きく"),
        (1, {"profit_limit": 100_000_000}, "利益の保険金額と利益てん補期間は"),
        (1, {"profit_indemnity_months": 1}, "利益の保険金額と利益てん補期間は"),
        (2, {"profit_limit": None}, "利益の保険金額と利益てん補期間は"),
        (2, {"profit_indemnity_months": 0}, "利益の保険金額と利益てん補期間は"),
        (1, {"number": 2}, "同じ No の"),
        (3, {"turnover": 1_000_000_000}, "利益の補償がない例がすでに"),
        (4, {"turnover": 1_000_000_000}, "利益の補償がある例がすでに"),
    ],
)
def test_a_premium_that_cannot_be_true_is_refused(term, number, changes, message):
    assert_refused(term.premium_rows.get(number=number), message, **changes)


def test_one_kind_of_coverage_is_for_lost_profit(term):
    kinds = [each.kind for each in term.coverage_categories.all() if each.is_profit]
    assert kinds == ["profit"]


def test_a_coverage_kind_stands_once_in_a_term(term):
    category = term.coverage_categories.get(kind="expenses")
    assert_refused(category, "この区分の補償がすでにあります", kind="liability")
