"""The page of the admin with the record of changes, and what the home shows of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from core.clock import end_of_day, start_of_day
from core.fields import YEARS
from core.forms import DayField
from core.typed_text import clean_text
from editing.bringing_back import deleted_among, may_bring_back
from editing.models import ChangeKind, RecordedChange, RecordedChangeQuerySet

ENTRIES_ON_THE_HOME = 5
ENTRIES_ON_A_PAGE = 50
ENTRIES_TO_PRINT = 500
COMMAND = "(コマンド)"


class RecordFilter(forms.Form):
    """The filter of the record. A field that is empty or wrong leaves nothing out."""

    by = forms.ChoiceField(label="変更した人", required=False)
    kind = forms.ChoiceField(label="変更の種類", required=False)
    model_name = forms.ChoiceField(label="対象の種類", required=False)
    since = DayField(label="この日から", required=False, years=YEARS)
    until = DayField(label="この日まで", required=False, years=YEARS)
    words = forms.CharField(label="言葉", required=False, max_length=200)
    record = forms.CharField(required=False, max_length=150, widget=forms.HiddenInput)

    def __init__(self, entries: RecordedChangeQuerySet, query: QueryDict) -> None:
        super().__init__(query)
        self.entries = entries
        people = _distinct(entries, "by")
        self._offer("by", ((name or COMMAND, name or COMMAND) for name in people))
        self._offer("kind", ChangeKind.choices)
        self._offer("model_name", ((name, name) for name in _distinct(entries, "model_name")))
        for name in ("since", "until"):
            self.fields[name].widget.attrs = {"placeholder": "例:2026年4月1日"}

    def _offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        field = cast(forms.ChoiceField, self.fields[name])
        field.choices = [("", "すべて"), *choices]

    def clean_until(self) -> date | None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data["until"]
        if since and until and until < since:
            raise ValidationError("「この日から」と同じ日か、後の日を入力してください。")
        return until

    def found(self) -> RecordedChangeQuerySet:
        """Return the entries that are looked for, the newest first."""
        self.is_valid()
        wanted = {name: value for name, value in self.cleaned_data.items() if value}
        found = self.entries
        if by := wanted.get("by"):
            found = found.filter(by="" if by == COMMAND else by)
        for name in ("kind", "model_name"):
            if name in wanted:
                found = found.filter(**{name: wanted[name]})
        if since := wanted.get("since"):
            found = found.filter(at__gte=start_of_day(since))
        if until := wanted.get("until"):
            found = found.filter(at__lt=end_of_day(until))
        if record := wanted.get("record"):
            found = found.about(record)
        for word in clean_text(wanted.get("words", "")).split():
            found = found.filter(words__icontains=word)
        return found


def _distinct(entries: RecordedChangeQuerySet, name: str) -> list[str]:
    return list(entries.order_by(name).values_list(name, flat=True).distinct())


@require_safe
@permission_required("editing.see_record", raise_exception=True)
def record_view(request: HttpRequest) -> HttpResponse:
    """Show the entries that the filter finds, a page of them."""
    form = RecordFilter(RecordedChange.objects.visible_to(request.user), request.GET)
    size = ENTRIES_TO_PRINT if "print" in request.GET else ENTRIES_ON_A_PAGE
    page = Paginator(form.found(), size).get_page(request.GET.get("p"))
    entries = with_ticks(request, [told(entry) for entry in page])
    return TemplateResponse(
        request,
        "admin/record.html",
        {
            **admin.site.each_context(request),
            "title": "変更の記録",
            "form": form,
            "page": page,
            "entries": entries,
            "can_bring_back": any(each["can_come_back"] for each in entries),
            "query": _query_without(request.GET, "p"),
            "query_to_print": _query_without(request.GET, "p", "print"),
            "entries_to_print": ENTRIES_TO_PRINT,
        },
    )


def recent_changes(user: User | AnonymousUser) -> list[dict[str, Any]]:
    """Return the newest entries that the user may read, for the home."""
    return [told(entry) for entry in RecordedChange.objects.visible_to(user)[:ENTRIES_ON_THE_HOME]]


def with_ticks(request: HttpRequest, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Mark the newest entry of each deleted object that the user may bring back from here."""
    deleted = deleted_among(
        each["entry"].key for each in entries if each["entry"].kind == ChangeKind.DELETED
    )
    for each in entries:
        key = each["entry"].key
        if key in deleted and may_bring_back(request, key):
            deleted.remove(key)
            each["can_come_back"] = True
    return entries


def told(entry: RecordedChange) -> dict[str, Any]:
    """Return the entry as the templates show it."""
    return {
        "entry": entry,
        "can_come_back": False,
        "by": f"{entry.by}さん" if entry.by else COMMAND,
        "url": "" if entry.kind == ChangeKind.DELETED else _form_url(entry.key),
    }


def _form_url(key: str) -> str:
    """Return where the row with this key is edited; "" where its model has no form any more."""
    label, _, pk = key.partition(" ")
    try:
        return reverse(f"admin:{label.replace('.', '_')}_change", args=[pk])
    except NoReverseMatch:
        return ""


def _query_without(query: QueryDict, *names: str) -> str:
    kept = query.copy()
    for name in names:
        kept.pop(name, None)
    return kept.urlencode()
