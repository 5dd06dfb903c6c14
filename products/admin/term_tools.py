"""The yearly work on a policy term: preparing the next one, checking it, pasting its premiums."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from editing.record import who_deleted
from editing.saving import CONFIRMED, Edit, Refused, Stored, save
from products.admin.base import ChangedOnPurpose
from products.admin.pasted_table import PastedTable, typed_beside_a_term
from products.models import PolicyTerm, SupportDesk
from products.rollover import plan_of_next, prepare_next, what_to_check

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
        latest = PolicyTerm.objects.last_to_end()
        if not (self.has_add_permission(request) and latest):
            raise PermissionDenied
        outcome = None
        if request.method == "POST":
            outcome = save(self._preparation(request, latest), self.target(request))
        if isinstance(outcome, Stored):
            following = cast(PolicyTerm, outcome.instance)
            says = f"次年度の保険期間「{following}」を下書きで準備しました。"
            messages.success(request, says)
            return HttpResponseRedirect(self._url("check", following))
        return self._page(
            request,
            "next",
            title="次年度の保険期間を準備",
            error=" ".join(outcome.reasons) if isinstance(outcome, Refused) else "",
            **plan_of_next(latest),
        )

    def _preparation(self, request: HttpRequest, latest: PolicyTerm) -> Edit:
        """Return the edit that prepares the term after the latest, if that is the one that the editor saw."""

        def prepare() -> list[Model]:
            if request.POST.get("latest", "") != latest.code:
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
        title = f"確認すること:{term}"
        return self._page(request, "check", title=title, **what_to_check(term))

    # Pasting premiums

    def paste_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """Take the premium table from copied cells: first show what would change, then save all rows or none."""
        if request.method == "POST" and self.get_object(request, unquote(object_id)) is None:
            return self._table_without_term(request, unquote(object_id))
        term = self._term(request, object_id)
        if not self.may_correct(request, term):
            raise PermissionDenied
        pasted = PastedTable(request, term, needs_reason=self.needs_reason(term))
        if "_preview" in request.POST and (shown := pasted.preview()):
            return shown
        if "_save" in request.POST and (outcome := pasted.save(self.target(request))):
            if isinstance(outcome, Stored) and outcome.doubts:
                messages.warning(request, CONFIRMED + "".join(outcome.doubts))
            messages.success(request, f"保険料の表を保存しました({len(pasted.rows)}行)。")
            return HttpResponseRedirect(self._url("change", term))
        title = "保険料の表を貼り付け"
        return self._page(request, "paste", title=title, **pasted.page_context())

    def _table_without_term(self, request: HttpRequest, pk: str) -> TemplateResponse:
        """Return the table that was pasted for a term which was deleted meanwhile, to copy it from."""
        if not self.may_correct(request):
            raise PermissionDenied
        return self.own_page(
            request,
            "admin/typed_text.html",
            title="入力した内容",
            says=who_deleted(self.model, pk),
            typed=typed_beside_a_term(request),
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
        return self.own_page(request, f"admin/products/policyterm/{name}.html", **context)
