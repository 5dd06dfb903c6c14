"""A premium table that an editor pasted, as an edit of its term."""

from __future__ import annotations

import hashlib
import json
from typing import Any, cast

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponseBase

from editing.differences import differences
from editing.preview import page_with
from editing.reasons import reason_is_given, reason_of, told_at_reason
from editing.saving import (
    Conflict,
    Edit,
    InDoubt,
    Refused,
    SavedBefore,
    Stored,
    Trial,
    to_confirm,
    try_out,
)
from editing.saving import save as save_edit
from editing.snapshots import fingerprint
from editing.targets import Target
from products.doubts import doubts_about_term
from products.models import PolicyTerm
from products.pasting.layout import COLUMNS
from products.pasting.problems import PasteError
from products.pasting.table import PastedRow, parse_premium_table
from products.premium_table import replace_premium_rows
from products.premiums import MOST_ROWS

OUTDATED = "確認した後に、ほかの人が保存しました。違いをもう一度確かめてください。"
CHANGED = "違いを確かめた後に、貼り付けた表が変わっています。違いをもう一度確かめてください。"


def typed_beside_a_term(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was typed into the page for pasting, each with its label; nothing of empty fields."""
    typed = [("貼り付ける表", request.POST.get("table", "")), ("訂正の理由", reason_of(request))]
    return [(label, text) for label, text in typed if text]


class PastedTable:
    """The table that was pasted for a term, empty before it is sent. `errors` are the messages for the editor."""

    def __init__(self, request: HttpRequest, term: PolicyTerm, needs_reason: bool) -> None:
        self.request = request
        self.term = term
        self.needs_reason = needs_reason
        self.rows: list[PastedRow] = []
        self.errors: list[str] = []
        self.reason_error = ""  # what the field of the reason tells
        self.text = request.POST.get("table", "")
        if request.method == "POST":
            self._read()

    def _read(self) -> None:
        try:
            self.rows = parse_premium_table(self.text)
        except PasteError as error:
            self.errors = error.messages

    def save(self, target: Target) -> Stored | SavedBefore | None:
        """Store the rows, all or none; return None where they are not stored."""
        if self.errors:
            return None
        seen, _, digest = self.request.POST.get("seen", "").partition(" ")
        if digest != self._digest():
            self.errors = [CHANGED]
            return None
        outcome = save_edit(self._edit(seen=seen), target)
        if isinstance(outcome, Conflict | InDoubt):
            self.errors = [OUTDATED]
        elif isinstance(outcome, Refused):
            self.reason_error = told_at_reason(self.request, outcome.reasons)
            self.errors = [each for each in outcome.reasons if each != self.reason_error]
        return outcome if isinstance(outcome, Stored | SavedBefore) else None

    def preview(self) -> HttpResponseBase | None:
        """Return the public page with the rows; None where they have errors."""
        path = self.term.get_absolute_url()
        shown = self._try_out(lambda trial: page_with(trial.objects[0], path))
        return shown if isinstance(shown, HttpResponseBase) else None

    def page_context(self) -> dict[str, Any]:
        """Return the form as it was sent, what would change, and what keeps the rows from being saved."""

        def compare(trial: Trial) -> dict[str, Any]:
            return {
                "differences": differences(trial.before, trial.after),
                "seen": f"{fingerprint(trial.before)} {self._digest()}",
                "count": len(self.rows),
                "asked": to_confirm(trial),
            }

        compared = self._try_out(compare) or {}
        return {
            "term": self.term,
            "columns": COLUMNS,
            "most_rows": MOST_ROWS,
            "needs_reason": self.needs_reason,
            "reason": reason_of(self.request),
            "reason_error": self.reason_error,
            "text": self.text,
            "errors": self.errors,
            **compared,
        }

    def _digest(self) -> str:
        """Return a hash of the figures: no others are saved than those whose differences were shown."""
        figures = json.dumps([row.values for row in self.rows])
        return hashlib.sha256(figures.encode()).hexdigest()

    def _try_out(self, look: Any) -> Any:
        """Return what `look` returns of the edit; None where the rows have errors, which are noted."""
        if not self.rows:
            return None
        result = try_out(self._edit(), look)
        if isinstance(result, Refused):
            self.errors = result.reasons
            return None
        return result

    def _edit(self, seen: str | None = None) -> Edit:
        def replace_rows() -> list[Any]:
            replace_premium_rows(self.term, self.rows)
            return [self.term]

        return Edit(
            cast(User, self.request.user),
            self.term,
            replace_rows,
            says=lambda: f"保険料の表を貼り付けました({len(self.rows)}行)。",
            seen=seen,
            reason=reason_of(self.request),
            needs_reason=self.needs_reason,
            rules=(reason_is_given,),
            doubts=(doubts_about_term,),
            confirmed=self.request.POST.getlist("_confirmed"),
        )
