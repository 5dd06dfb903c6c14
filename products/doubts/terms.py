"""The doubts about a term: its publication, dates, figures and claims."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from editing.saving import Trial
from products.approval import is_as_approved
from products.doubts.claims import unlimited_by_the_edit
from products.doubts.dates import doubtful_dates
from products.doubts.figures import doubtful_figures, same_as_before
from products.doubts.publication import at_once
from products.models import PolicyTerm

NO_APPROVAL = "引受保険会社の承認番号が入力されていません。"


def doubts_about_term(trial: Trial) -> list[str]:
    """Return what to confirm of what the edit of a term changes; nothing of what was so before."""
    term = cast(PolicyTerm, trial.instance)
    last_year = _term_before(term)
    return [
        *_doubtful_publication(trial, term, last_year),
        *doubtful_dates(trial, term, last_year),
        *doubtful_figures(trial, term, last_year),
        *unlimited_by_the_edit(trial, term),
    ]


def _doubtful_publication(
    trial: Trial, term: PolicyTerm, last_year: PolicyTerm | None
) -> Iterator[str]:
    if not term.public_from:
        return
    before = trial.was(term)
    if "public_from" in trial.changes(term):
        yield from at_once(term.public_from, trial.edit.moment)
        yield from same_as_before(term, last_year)
        if term.approval_number and not is_as_approved(term):
            yield "承認を受けた後に、内容が変わっています。引受保険会社の承認を受けたか、確かめてください。"
    if not term.approval_number and (not before.get("public_from") or before["approval_number"]):
        yield f"{NO_APPROVAL}引受保険会社の承認を受けたか、確かめてください。"


def _term_before(term: PolicyTerm) -> PolicyTerm | None:
    earlier = PolicyTerm.objects.filter(starts_at__lt=term.starts_at)
    return earlier.order_by("-starts_at").prefetch_related("premium_rows").first()
