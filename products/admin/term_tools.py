"""The yearly work on a policy term: preparing the next one, checking it, pasting its premiums."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from typing import Any, cast

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from contacts.models import Desk
from core.japanese import day_and_hour, find_year
from editing.differences import side_by_side
from editing.saving import Edit, Refused, Stored, save
from editing.sent_form import reason_of
from editing.snapshots import snapshot
from editing.targets import LiveContent
from products.admin.base import ChangedOnPurpose
from products.admin.pasted_table import PastedTable
from products.approval import NOT_APPROVED
from products.models import Document, PolicyTerm, PremiumRow, SupportDesk
from products.pasting import COLUMNS
from products.rollover import a_year_later, next_code, prepare_next

PREPARED_MEANWHILE = "いちばん新しい保険期間は「{}」になりました。まだ何も作っていません。内容を確かめてから、もう一度押してください。"


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
        outcome = None
        if request.method == "POST":
            preparation = self._preparation(request, latest, request.POST.get("latest", ""))
            outcome = save(preparation, LiveContent())
        if isinstance(outcome, Stored):
            following = cast(PolicyTerm, outcome.instance)
            says = f"次年度の保険期間「{following}」を下書きで準備しました。"
            messages.success(request, says)
            return HttpResponseRedirect(self._url("check", following))
        return self._page(
            request,
            "next",
            title="次年度の保険期間を準備",
            latest=latest,
            code=next_code(latest),
            starts_at=day_and_hour(a_year_later(latest.starts_at)),
            ends_at=day_and_hour(a_year_later(latest.ends_at)),
            error=" ".join(outcome.reasons) if isinstance(outcome, Refused) else "",
        )

    def _preparation(self, request: HttpRequest, latest: PolicyTerm, seen: str) -> Edit:
        """Return the edit that prepares the term after the latest; `seen` is the code that the editor saw."""

        def prepare() -> list[Model]:
            if seen != latest.code:
                raise ValidationError(PREPARED_MEANWHILE.format(latest))
            # The prepared functions are linked to the incident cases of the support desk.
            return [prepare_next(latest), *SupportDesk.objects.all()]

        return Edit(
            cast(User, request.user),
            stored=None,
            make=prepare,
            says=lambda: f"「{latest}」から準備しました。",
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
        if not self.may_correct(request, term):
            raise PermissionDenied
        context: dict[str, Any] = {}
        if request.method == "POST":
            pasted = PastedTable(request, term, needs_reason=self.needs_reason(term))
            if "_preview" in request.POST and (shown := pasted.preview()):
                return shown
            if "_save" in request.POST and pasted.save():
                messages.success(request, f"保険料の表を保存しました({len(pasted.rows)}行)。")
                return HttpResponseRedirect(self._url("change", term))
            context = pasted.page_context()
        return self._page(
            request,
            "paste",
            title="保険料の表を貼り付け",
            term=term,
            columns=COLUMNS,
            needs_reason=self.needs_reason(term),
            reason=reason_of(request),
            text=request.POST.get("table", ""),
            **context,
        )

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
