"""The page of the admin on which a change of several objects is undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods
from reversion.models import Revision

from editing.confirming import asked, tell_confirmed
from editing.reasons import reason_of, told_at_reason
from editing.saving import Refused, SaveOutcome, Stored
from editing.undoing import ChangedObject, changed_objects, undo


@require_http_methods(["GET", "HEAD", "POST"])
def undo_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what undoing the change would alter, or undo it."""
    revision = get_object_or_404(Revision.objects.prefetch_related("version_set"), pk=pk)
    changed = changed_objects(revision)
    if not changed:
        raise Http404
    if not all(each.admin.may_correct(request, each.stored) for each in changed):
        raise PermissionDenied
    if request.method == "POST" and not any(each.why_not for each in changed):
        return _answer(request, revision, changed)
    return _page(request, revision, changed)


def _answer(request: HttpRequest, revision: Revision, changed: list[ChangedObject]) -> HttpResponse:
    outcomes = undo(request, revision, changed)
    stored = [each for each in outcomes if isinstance(each, Stored)]
    if len(stored) == len(outcomes):
        messages.success(request, f"元に戻しました({len(changed)}件)。")
        tell_confirmed(request, stored)
        return redirect("admin:index")
    return _page(request, revision, changed_objects(revision), outcomes)


def _page(
    request: HttpRequest,
    revision: Revision,
    changed: list[ChangedObject],
    outcomes: Sequence[SaveOutcome] = (),
) -> HttpResponse:
    refused = [reason for each in outcomes if isinstance(each, Refused) for reason in each.reasons]
    reason_error = told_at_reason(request, refused)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "まとめて元に戻す",
        "revision": revision,
        "changed": changed,
        "obstacles": [each.why_not for each in changed if each.why_not],
        "refused": [*dict.fromkeys(each for each in refused if each != reason_error)],
        **asked(request, outcomes),
        "needs_reason": any(each.needs_reason for each in changed),
        "reason": reason_of(request),
        "reason_error": reason_error,
    }
    return TemplateResponse(request, "admin/undo.html", context)
