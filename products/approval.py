"""The insurer's approval of a term, and whether its content is still what was approved."""

from __future__ import annotations

from django.conf import settings

from core.japanese import day
from core.moment import Moment
from editing.history import content_with
from editing.snapshots import Difference, differences, fingerprint, snapshot
from products.models import PolicyTerm

# The approval is of the content, not of itself nor of the date from which it is public.
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
    """Return whether the term has an approval, and its stored content is what was approved."""
    return bool(term.approval_number) and term.approved_fingerprint == fingerprint_of(term)


def changes_since_approval(term: PolicyTerm) -> list[Difference]:
    """Return what differs from the version that was approved; nothing where there is no such version."""
    approved = content_with(term, term.approved_fingerprint, NOT_APPROVED)
    return differences(approved, snapshot(term), NOT_APPROVED) if approved else []


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
