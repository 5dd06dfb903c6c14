"""The yearly roll-over: next year's policy term, made as an unpublished copy of the latest one, and then checked."""

from __future__ import annotations

from copy import copy
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from contacts.models import Desk
from core.clock import TOKYO
from core.japanese import day_and_hour, find_year
from editing.content_models import owner_field, parts_of
from editing.differences import Pair, side_by_side
from editing.snapshots import snapshot
from products.approval import NOT_APPROVED
from products.models import Document, PolicyTerm, PremiumRow, SupportFunction


def a_year_later(at: datetime) -> datetime:
    """Return the same day and hour of the next year in Tokyo; the 28th for a 29 February."""
    there = at.astimezone(TOKYO)
    try:
        return there.replace(year=there.year + 1)
    except ValueError:
        return there.replace(year=there.year + 1, day=28)


def next_code(term: PolicyTerm) -> str:
    return str(int(term.code) + 1) if term.code.isdecimal() else f"{term.code}-next"


def plan_of_next(term: PolicyTerm) -> dict[str, Any]:
    """Return what `prepare_next` would make of the term, as the template shows it."""
    return {
        "latest": term,
        "code": next_code(term),
        "starts_at": day_and_hour(a_year_later(term.starts_at)),
        "ends_at": day_and_hour(a_year_later(term.ends_at)),
    }


@transaction.atomic
def prepare_next(term: PolicyTerm) -> PolicyTerm:
    """Return a draft for the year after the term, with copies of its parts but not of documents, approval and recruiting period.

    Raises ValidationError where that draft exists.
    """
    following = PolicyTerm.objects.get(pk=term.pk)
    following.code = next_code(term)
    following.starts_at = a_year_later(term.starts_at)
    following.ends_at = a_year_later(term.ends_at)
    following.public_from = None
    following.recruiting_from = following.recruiting_until = None
    following.approval_number = following.approval_scope = following.approved_fingerprint = ""
    following.approved_on = following.approval_use_by = None
    if PolicyTerm.objects.filter(code=following.code).exists():
        raise ValidationError(f"コードが「{following.code}」の保険期間が、すでにあります。")
    _save_as_new(following)
    _copy_parts(term, following)
    return following


def what_to_check(term: PolicyTerm) -> dict[str, Any]:
    """Return what to check in a prepared term, beside the term before it if there is one, as the template shows it."""
    before = PolicyTerm.objects.before(term)
    pairs = side_by_side(snapshot(before), snapshot(term), NOT_APPROVED) if before else []
    old_rows = before.premium_rows.all() if before else []
    return {
        "term": term,
        "before": before,
        "premiums": list(zip_longest(old_rows, term.premium_rows.all())),
        "with_years": [pair for pair in pairs if _names_a_year(pair)],
        "others": [pair for pair in pairs if pair.old != pair.new and pair.model is not PremiumRow],
        "desks": Desk.objects.by_role().values(),
        "documents": Document.objects.filter(term__in=[each for each in (before, term) if each]),
    }


def _copy_parts(row: models.Model, copied: models.Model) -> None:
    """Save copies of all parts of a row, and of theirs, as parts of its copy.

    Cases of incidents are no parts: they point to the support functions of both terms.
    """
    for name in parts_of(type(row)):
        owner = owner_field(type(row), name)
        for part in getattr(row, name).all():
            copied_part = copy(part)
            setattr(copied_part, owner, copied)
            _save_as_new(copied_part)
            _copy_parts(part, copied_part)
            if isinstance(part, SupportFunction):
                copied_part.cases.set(part.cases.all())


def _names_a_year(pair: Pair) -> bool:
    return pair.is_text and any(find_year(text) is not None for text in (pair.old, pair.new))


def _save_as_new(row: models.Model) -> None:
    row.pk = None
    row._state.adding = True
    row._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    row.full_clean()
    row.save()
