"""Next year's term, prepared from the latest one."""

import pytest
from django.core.exceptions import ValidationError

from products.models import IncidentCase, PolicyTerm
from products.rollover import a_year_later, prepare_next
from tests.moments import tokyo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("at", "later"),
    [
        ("2025-04-01T16:00", "2026-04-01T16:00"),
        ("2025-01-01T00:30", "2026-01-01T00:30"),  # the year before in UTC
        ("2024-02-29T16:00", "2025-02-28T16:00"),
        ("2023-03-01T16:00", "2024-03-01T16:00"),
    ],
)
def test_dates_move_by_a_year_in_tokyo(at, later):
    assert a_year_later(tokyo(at)) == tokyo(later)


def test_the_next_term_is_a_draft_with_copies_of_all_that_hangs_on_the_latest():
    term = PolicyTerm.objects.get()
    term.approval_number, term.approved_on = "SJ25-1", tokyo("2025-01-10T00:00").date()
    term.save()
    following = prepare_next(term)
    assert (following.code, following.public_from) == ("2026", None)
    assert (following.starts_at, following.ends_at) == (
        tokyo("2026-04-01T16:00"),
        tokyo("2027-04-01T16:00"),
    )
    assert (following.approval_number, following.approved_on) == ("", None)
    assert following.premium_notes == term.premium_notes
    for name in ("reasons", "premium_rows", "coverage_categories", "support_functions"):
        old, new = (list(getattr(each, name).values()) for each in (term, following))
        assert len(new) == len(old) > 0
        for one, other in zip(old, new, strict=True):
            assert one.pop("id") != other.pop("id")
            assert one.pop("term_id") != other.pop("term_id")
            assert one == other
    events = [
        list(each.coverage_categories.values_list("kind", "events__title", "events__text"))
        for each in (term, following)
    ]
    assert events[0] == events[1]


def test_cases_of_incidents_point_to_the_functions_of_both_terms():
    term = PolicyTerm.objects.get()
    following = prepare_next(term)
    for case in IncidentCase.objects.all():
        titles = [
            set(case.functions.filter(term=each).values_list("title", flat=True))
            for each in (term, following)
        ]
        assert titles[0] == titles[1]


def test_a_term_is_prepared_once():
    term = PolicyTerm.objects.get()
    prepare_next(term)
    with pytest.raises(ValidationError, match="コードが「2026」の保険期間が、すでにあります"):
        prepare_next(term)
    assert PolicyTerm.objects.count() == 2
