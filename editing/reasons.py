"""The reason of a correction, which every form asks for that changes what was public."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from core.typed_text import clean_line, require_publishable
from editing.saving import Trial

REASON_MISSING = "公開した内容を訂正する理由を入力してください。変更の記録に残ります。"


def reason_of(request: HttpRequest) -> str:
    """Return why something is corrected that was public, in one line; "" for nothing."""
    return clean_line(request.POST.get("_reason", ""))


def error_of_reason(reason: str) -> str:
    """Return what is wrong with a reason that is needed; "" for nothing."""
    if not reason:
        return REASON_MISSING
    try:
        require_publishable(reason)
    except ValidationError as error:
        return "".join(error.messages)
    return ""


def reason_is_given(trial: Trial) -> str:
    """Refuse to correct what was public without a reason, and any reason that the record cannot show."""
    is_asked = trial.edit.needs_reason or trial.edit.reason
    return error_of_reason(trial.edit.reason) if is_asked else ""


def told_at_reason(request: HttpRequest, refused: Collection[str]) -> str:
    """Return which of the refusals the field of the reason tells; "" for none."""
    error = error_of_reason(reason_of(request))
    return error if error in refused else ""
