"""The home of the admin: what will change by itself, and what wants a look."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User

from core.moment import Moment
from editing.events import upcoming_events
from editing.findings import Finding, find_all
from editing.models import AcceptedFinding


def may_see_content(user: User | AnonymousUser) -> bool:
    """Return whether the user has to do with the content at all."""
    return any(user.has_module_perms(label) for label in settings.CONTENT_APPS)


def home(user: User | AnonymousUser, moment: Moment) -> dict[str, Any]:
    """Return the context of the template; empty for users without any permission on the content."""
    if not may_see_content(user):
        return {}
    open_findings, accepted_findings = sort_findings(find_all(moment))
    return {
        "moment": moment,
        "upcoming_events": upcoming_events(moment),
        "open_findings": open_findings,
        "accepted_findings": accepted_findings,
    }


def sort_findings(
    findings: list[Finding],
) -> tuple[list[Finding], list[tuple[Finding, AcceptedFinding]]]:
    """Return the open findings, and those that somebody accepted as they are now."""
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
