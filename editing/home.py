"""The home of the admin: what is public now, what comes by itself, what wants a look."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser, User

from core.moment import Moment
from editing.checks import Finding, find_all
from editing.coming import what_comes
from editing.models import AcceptedFinding
from products.models import Document, Notice, PolicyTerm

MOST_NOTICES = 10


def home(user: User | AnonymousUser, moment: Moment) -> dict[str, Any]:
    """What the template shows; nothing for those who have nothing to do with the content."""
    if not any(user.has_module_perms(app) for app in ("products", "contacts")):
        return {}
    open_findings, accepted_findings = sort_findings(find_all(moment))
    return {
        "moment": moment,
        "public_now": _public_now(moment),
        "coming": what_comes(moment),
        "open_findings": open_findings,
        "accepted_findings": accepted_findings,
    }


def sort_findings(
    findings: list[Finding],
) -> tuple[list[Finding], list[tuple[Finding, AcceptedFinding]]]:
    """Those that are open, and those that somebody accepted as they are now."""
    acceptances = {
        (each.key, each.fingerprint): each
        for each in AcceptedFinding.objects.select_related("accepted_by")
    }
    accepted, still_open = [], []
    for finding in findings:
        acceptance = acceptances.get((finding.key, finding.fingerprint))
        if acceptance:
            accepted.append((finding, acceptance))
        else:
            still_open.append(finding)
    return still_open, accepted


def _public_now(moment: Moment) -> dict[str, Any]:
    term = PolicyTerm.objects.shown_at(moment)
    accepting = PolicyTerm.objects.for_application(moment.today, moment)
    notices = Notice.objects.public_at(moment)
    return {
        "term": term,
        "state": term.state_at(moment) if term else None,
        "joining": accepting.joining_on(moment.today, moment) if accepting else None,
        "notices": sorted(notices, key=lambda notice: not notice.important)[:MOST_NOTICES],
        "notices_count": len(notices),
        "documents_count": len(Document.objects.public_at(moment)),
    }
