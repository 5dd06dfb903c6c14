"""Confirmation of doubts on a page that stores several objects at once: asked before, told afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from editing.saving import CONFIRMED, InDoubt, SaveOutcome, Stored


def asked(request: HttpRequest, outcomes: Iterable[SaveOutcome]) -> dict[str, Any]:
    """Return the context of `admin/_doubts.html`: the doubts, and the hashes of those confirmed with the next press."""
    in_doubt = [each for each in outcomes if isinstance(each, InDoubt)]
    return {
        "doubts": [doubt for each in in_doubt for doubt in each.doubts],
        "confirms": [
            *request.POST.getlist("_confirmed"),
            *(each.digest for each in in_doubt),
        ],
    }


def tell_confirmed(request: HttpRequest, outcomes: Iterable[SaveOutcome]) -> None:
    """Repeat what was confirmed, in a message."""
    confirmed = [doubt for each in outcomes if isinstance(each, Stored) for doubt in each.doubts]
    if confirmed:
        messages.warning(request, CONFIRMED + "".join(confirmed))
