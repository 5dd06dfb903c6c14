"""The insurer's approval of a term, and whether its content is still what was approved."""

from __future__ import annotations

import json
from typing import cast

from django.conf import settings

from core.japanese import day
from core.moment import Moment
from editing.differences import Difference, differences
from editing.history import content_with
from editing.saving import Trial
from editing.snapshots import Snapshot, fingerprint, snapshot, without_removed_fields
from products.models import PolicyTerm

# Fields that an approval does not cover: its own, and the moment from which the term is public.
NOT_APPROVED = (
    "public_from",
    "approval_number",
    "approved_on",
    "approval_use_by",
    "approval_scope",
    "approved_fingerprint",
)


def fingerprint_of(term: PolicyTerm) -> str:
    """Return the fingerprint of what an approval covers: the stored term with all its parts."""
    return fingerprint(snapshot(term), NOT_APPROVED)


def is_as_approved(term: PolicyTerm) -> bool:
    """Return whether the term has an approval, and its stored content is what was approved.

    A field that a migration removed is no change of the content.
    """
    if not term.approval_number:
        return False
    now = fingerprint_of(term)
    if term.approved_fingerprint == now:
        return True
    approved = _approved_content(term)
    return approved is not None and fingerprint(approved, NOT_APPROVED) == now


def changes_since_approval(term: PolicyTerm) -> list[Difference]:
    """Return what differs from the version that was approved; nothing where there is no such version."""
    approved = _approved_content(term)
    return differences(approved, snapshot(term), NOT_APPROVED) if approved else []


def _approved_content(term: PolicyTerm) -> Snapshot | None:
    """Return the approved content in today's fields. Its version holds the number of the approval."""
    number = json.dumps(term.approval_number, ensure_ascii=False)
    content = content_with(term, term.approved_fingerprint, NOT_APPROVED, containing=number)
    return without_removed_fields(content) if content else None


def may_be_public(trial: Trial) -> str:
    """Refuse to store a term that may not be public: a rule of the chain in `editing/saving.py`."""
    (term,) = trial.objects
    return why_not_public(cast(PolicyTerm, term), trial.edit.moment)


def why_not_public(term: PolicyTerm, moment: Moment) -> str:
    """Return what keeps the stored term from going public while APPROVAL_REQUIRED is set; "" for nothing."""
    if not settings.APPROVAL_REQUIRED or term.public_from is None:
        return ""
    if not term.approval_number:
        return "公開するには、引受保険会社の承認番号と承認日が必要です。"
    if not is_as_approved(term):
        return "承認を受けた後に内容が変わっています。改めて承認を受け、承認番号か承認日を直してください。"
    if term.approval_use_by and term.approval_use_by < moment.today:
        return f"承認の使用期限({day(term.approval_use_by)})を過ぎています。"
    return ""
