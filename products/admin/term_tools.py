"""The yearly work on a policy term: preparing the next one, checking it, pasting its premiums."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from typing import Any

import reversion
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from contacts.models import Desk
from core.japanese import day_and_hour, find_year
from editing.admin import REASON_MISSING, moment_of_preview
from editing.snapshots import differences, fingerprint, side_by_side, snapshot
from editing.versions import reason_of
from products.admin.base import ChangedOnPurpose
from products.approval import NOT_APPROVED
from products.models import Document, PolicyTerm, PremiumRow
from products.pasting import COLUMNS, PastedRow, PasteError, parse_premium_table
from products.premium_rows import replace_premium_rows
from products.rollover import a_year_later, next_code, prepare_next
from publishing.page_as_of import page_as_of


class TermTools(ChangedOnPurpose):
    """Pages beside the form of the term."""

    # The yearly roll-over

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own: list[tuple[str, Callable[..., HttpResponseBase], str]] = [
            ("next/", self.next_view, "next"),
            ("<path:object_id>/check/", self.check_view, "check"),
            ("<path:object_id>/paste/", self.paste_view, "paste"),
        ]
        return [
            *(
                path(route, wrap(view), name=f"products_policyterm_{name}")
                for route, view, name in own
            ),
            *super().get_urls(),
        ]

    def next_view(self, request: HttpRequest) -> HttpResponseBase:
        """Prepare next year's term as a draft, after showing what that will be."""
        latest = PolicyTerm.objects.order_by("-ends_at").first()
        if not (self.has_add_permission(request) and latest):
            raise PermissionDenied
        error = ""
        if request.method == "POST":
            try:
                with reversion.create_revision():
                    reversion.set_user(request.user)
                    reversion.set_comment(f"「{latest}」から準備しました。")
                    following = prepare_next(latest)
                    reversion.add_to_revision(following)
                    self.log_addition(request, following, f"「{latest}」から準備しました。")
            except ValidationError as refused:
                error = " ".join(refused.messages)
            else:
                messages.success(
                    request, f"次年度の保険期間「{following}」を下書きで準備しました。"
                )
                return HttpResponseRedirect(self._url("check", following))
        return self._page(
            request,
            "next",
            title="次年度の保険期間を準備",
            latest=latest,
            code=next_code(latest),
            starts_at=day_and_hour(a_year_later(latest.starts_at)),
            ends_at=day_and_hour(a_year_later(latest.ends_at)),
            error=error,
        )

    def check_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """Show what to check in a prepared term: old and new side by side."""
        term = self._term(request, object_id)
        before = PolicyTerm.objects.filter(ends_at__lte=term.starts_at).order_by("-ends_at").first()
        pairs = side_by_side(snapshot(before), snapshot(term), NOT_APPROVED) if before else []
        return self._page(
            request,
            "check",
            title=f"確認すること:{term}",
            term=term,
            before=before,
            premiums=list(
                zip_longest(before.premium_rows.all() if before else [], term.premium_rows.all())
            ),
            with_years=[
                pair
                for pair in pairs
                if pair.is_text
                and any(find_year(text) is not None for text in (pair.old, pair.new))
            ],
            others=[
                pair for pair in pairs if pair.old != pair.new and pair.model is not PremiumRow
            ],
            desks=Desk.objects.by_role().values(),
            documents=Document.objects.filter(term__in=[each for each in (before, term) if each]),
        )

    # Pasting premiums

    def paste_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """Take the premium table from copied cells: first show what would change, then save all rows or none."""
        term = self._term(request, object_id)
        if not super(ChangedOnPurpose, self).has_view_permission(request, term):
            raise PermissionDenied
        needs_reason = self.needs_reason(term)
        if not admin.ModelAdmin.has_change_permission(self, request, term):
            raise PermissionDenied
        text, reason = request.POST.get("table", ""), reason_of(request)
        context: dict[str, Any] = {"text": text, "reason": reason, "errors": []}
        if request.method == "POST":
            try:
                rows = parse_premium_table(text)
                after = self._as_if_pasted(term, rows)
            except PasteError as error:
                context["errors"] = error.messages
            else:
                before = snapshot(term)
                seen = fingerprint(before)
                if "_preview" in request.POST:
                    return self._preview_of_paste(term, rows)
                if "_save" in request.POST and request.POST.get("seen") != seen:
                    context["errors"] = [
                        "確認した後に、ほかの人が保存しました。違いをもう一度確かめてください。"
                    ]
                elif "_save" in request.POST and needs_reason and not reason:
                    context["errors"] = [REASON_MISSING]
                elif "_save" in request.POST:
                    return self._save_pasted(request, term, rows, reason)
                context |= {
                    "differences": differences(before, after),
                    "seen": seen,
                    "count": len(rows),
                }
        return self._page(
            request,
            "paste",
            title="保険料の表を貼り付け",
            term=term,
            columns=COLUMNS,
            needs_reason=needs_reason,
            **context,
        )

    def _as_if_pasted(self, term: PolicyTerm, rows: list[PastedRow]) -> Any:
        with transaction.atomic():
            replace_premium_rows(term, rows)
            after = snapshot(term)
            transaction.set_rollback(True)
        return after

    def _preview_of_paste(self, term: PolicyTerm, rows: list[PastedRow]) -> HttpResponseBase:
        with transaction.atomic():
            replace_premium_rows(term, rows)
            moment = moment_of_preview(term)
            response = page_as_of(term.get_absolute_url(), QueryDict(), moment)
            transaction.set_rollback(True)
        return response

    def _save_pasted(
        self, request: HttpRequest, term: PolicyTerm, rows: list[PastedRow], reason: str
    ) -> HttpResponseBase:
        with reversion.create_revision():
            reversion.set_user(request.user)
            replace_premium_rows(term, rows)
            reversion.add_to_revision(term)
            self.log_change(request, term, f"保険料の表を貼り付けました({len(rows)}行)。")
        messages.success(request, f"保険料の表を保存しました({len(rows)}行)。")
        return HttpResponseRedirect(self._url("change", term))

    def _term(self, request: HttpRequest, object_id: str) -> PolicyTerm:
        if not self.has_view_permission(request):
            raise PermissionDenied
        term = self.get_object(request, unquote(object_id))
        if not isinstance(term, PolicyTerm):
            raise Http404
        return term

    def _url(self, view: str, term: PolicyTerm) -> str:
        return reverse(f"admin:products_policyterm_{view}", args=[term.pk])

    def _page(self, request: HttpRequest, name: str, **context: Any) -> TemplateResponse:
        return TemplateResponse(
            request,
            f"admin/products/policyterm/{name}.html",
            {**self.admin_site.each_context(request), "opts": self.opts, **context},
        )
