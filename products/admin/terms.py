"""The policy term with all that hangs on it: the form, the yearly roll-over, pasting premiums."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time
from itertools import zip_longest
from typing import Any, ClassVar

import reversion
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from reversion.models import Version

from contacts.models import Desk
from jnxcyber.editing.admin import (
    REASON_MISSING,
    ContentAdmin,
    Look,
    StackedContentInline,
    TabularContentInline,
    place,
    publish_for_preview,
)
from jnxcyber.editing.approval import (
    NOT_APPROVED,
    changes_since_approval,
    fingerprint_of,
    is_as_approved,
    why_not_public,
)
from jnxcyber.editing.formsets import DistinctRows, NeededRows
from jnxcyber.editing.snapshots import (
    differences,
    fingerprint,
    side_by_side,
    snapshot,
)
from jnxcyber.japanese import day, day_and_hour
from jnxcyber.publishing.moment import Moment
from jnxcyber.publishing.preview import page_as_of
from products.models import (
    CoverageCategory,
    CoveredEvent,
    Document,
    PolicyTerm,
    PremiumRow,
    Reason,
    SupportFunction,
)
from products.pasting import COLUMNS, PastedRow, PasteError, parse_premium_table
from products.premium_rows import replace_premium_rows
from products.rollover import a_year_later, next_code, prepare_next

APPROVAL_FIELDS = ("approval_number", "approved_on", "approval_use_by", "approval_scope")
YEAR = re.compile(r"20[0-9]{2}|令和")


def was_public(term: PolicyTerm) -> bool:
    """Whether visitors see the term, or have seen it: whether a version of it was ever public."""
    at = Moment.now().at
    if term.public_from and term.public_from <= at:
        return True
    return any(
        (public_from := version.field_dict.get("public_from"))
        and public_from <= at
        and public_from <= version.revision.date_created
        for version in Version.objects.get_for_object(term).select_related("revision")
    )


class ChangedOnPurpose(ContentAdmin):
    """For what belongs to a term: once public, it is changed by an explicit step, with a reason."""

    def term_of(self, obj: models.Model) -> PolicyTerm:
        raise NotImplementedError

    def needs_reason(self, obj: models.Model | None) -> bool:
        if obj is None:
            return False
        public_from = PolicyTerm.objects.values_list("public_from", flat=True).get(
            pk=self.term_of(obj).pk
        )
        return public_from is not None and public_from <= Moment.now().at


class ReasonInline(StackedContentInline):
    model = Reason
    formset = NeededRows


class PremiumRowInline(TabularContentInline):
    model = PremiumRow
    formset = NeededRows


class CoverageCategoryInline(StackedContentInline):
    model = CoverageCategory
    formset = NeededRows
    show_change_link = True


class SupportFunctionInline(StackedContentInline):
    model = SupportFunction
    formset = DistinctRows


@admin.register(PolicyTerm)
class PolicyTermAdmin(ChangedOnPurpose):
    list_display = ("__str__", "code", "state", "next_deadline", "public_from", "approval")
    inlines = (ReasonInline, PremiumRowInline, CoverageCategoryInline, SupportFunctionInline)
    usual_hour = time(16)
    shown_on = ("insurance", "premiums", "join", "home")
    change_form_template = "admin/products/policyterm/change_form.html"
    change_list_template = "admin/products/policyterm/change_list.html"
    fieldsets = (
        (
            None,
            {
                "description": place(
                    "「保険のご案内」の上部と、ホームの見出しに出ます。", "insurance"
                ),
                "fields": ("code", "starts_at", "ends_at", "public_from"),
            },
        ),
        (
            "中途加入",
            {
                "description": place(
                    "「いつから加入できるか」の日付は、ここから計算します。", "join"
                ),
                "fields": (("joining_deadline_day", "joining_start_day", "joining_start_time"),),
            },
        ),
        (
            "説明と注記",
            {
                "description": place(
                    "注記は、それが説明するものと必ず一緒に出ます。", "insurance", "#premiums"
                ),
                "fields": (
                    "premium_notes",
                    "coverage_lead",
                    "coverage_note",
                    "support_lead",
                    "support_note",
                ),
            },
        ),
        (
            "お申込みの前に",
            {
                "description": place(
                    "空欄のあいだ、ページは取扱代理店へのお問い合わせを案内します。",
                    "insurance",
                    "#before-applying",
                ),
                "fields": (
                    "eligibility",
                    "exclusions",
                    "deductible",
                    "how_to_apply",
                    "part_year_premium",
                    "closed_day_rule",
                ),
            },
        ),
        (
            "引受保険会社の承認",
            {
                "description": "承認を受けた内容を保存してから入力します。入力して保存したときの内容を、"
                "承認を受けた内容として記録します。番号と承認日は、ページの末尾に出ます。",
                "fields": (
                    ("approval_number", "approved_on", "approval_use_by"),
                    "approval_scope",
                ),
            },
        ),
    )

    def term_of(self, obj: models.Model) -> PolicyTerm:
        assert isinstance(obj, PolicyTerm)  # noqa: S101 (for the type alone)
        return obj

    def public_path(self, obj: models.Model) -> str | None:
        return self.term_of(obj).get_absolute_url()

    def get_readonly_fields(
        self, request: HttpRequest, obj: PolicyTerm | None = None
    ) -> tuple[str, ...]:
        """Addresses and calendar entries hang on the code of what was public."""
        return ("code",) if obj and obj.public_from else ()

    def has_delete_permission(self, request: HttpRequest, obj: PolicyTerm | None = None) -> bool:
        """Only what was never public can be deleted, one at a time: the rest is part of the record."""
        if obj is None or not super().has_delete_permission(request, obj):
            return False
        return obj.public_from is None and not was_public(obj)

    @admin.display(description="公開状態")
    def state(self, term: PolicyTerm) -> str:
        moment = Moment.now()
        if term.public_from is None:
            return "下書き"
        if term.public_from > moment.at:
            return "公開予定"
        return f"公開中({term.state_at(moment).label})"

    @admin.display(description="次の締切")
    def next_deadline(self, term: PolicyTerm) -> str:
        today = Moment.now().today
        coming = [deadline.day for deadline in term.deadlines if deadline.day >= today]
        return day(coming[0]) if coming else "-"

    @admin.display(description="承認")
    def approval(self, term: PolicyTerm) -> str:
        if not term.approval_number:
            return "未登録"
        state = "" if is_as_approved(term) else "(承認後に変更あり)"
        return f"{term.approval_number}{state}"

    def objection(self) -> Look | None:
        return lambda term: why_not_public(term, Moment.now())

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool
    ) -> None:
        """An approval that is entered is of the content as it is saved with it."""
        super().save_related(request, form, formsets, change)
        if set(APPROVAL_FIELDS) & set(form.changed_data):
            term = form.instance
            term.approved_fingerprint = fingerprint_of(term) if term.approval_number else ""
            term.save(update_fields=["approved_fingerprint"])

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        term = context.get("original")
        if term and term.approval_number:
            stored = PolicyTerm.objects.get(pk=term.pk)
            context["changed_since_approval"] = not is_as_approved(stored)
            context["approval_changes"] = changes_since_approval(stored)
        return super().render_change_form(request, context, *args, **kwargs)

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
        """Prepares next year's term as a draft, after showing what that will be."""
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
                return HttpResponseRedirect(self._address("check", following))
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
        """What to check in a prepared term: old and new side by side."""
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
                pair for pair in pairs if pair.is_text and YEAR.search(f"{pair.old}{pair.new}")
            ],
            others=[
                pair for pair in pairs if pair.old != pair.new and pair.model is not PremiumRow
            ],
            desks=Desk.objects.by_role().values(),
            documents=Document.objects.filter(term__in=[each for each in (before, term) if each]),
        )

    # Pasting premiums

    def paste_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """The premium table from copied cells: first what would change, then all rows or none."""
        term = self._term(request, object_id)
        if not super(ChangedOnPurpose, self).has_view_permission(request, term):
            raise PermissionDenied
        needs_reason = self.needs_reason(term)
        if not admin.ModelAdmin.has_change_permission(self, request, term):
            raise PermissionDenied
        text, reason = request.POST.get("table", ""), self._reason(request)
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
            moment = publish_for_preview(term)
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
        return HttpResponseRedirect(self._address("change", term))

    def _term(self, request: HttpRequest, object_id: str) -> PolicyTerm:
        if not self.has_view_permission(request):
            raise PermissionDenied
        term = self.get_object(request, unquote(object_id))
        if not isinstance(term, PolicyTerm):
            raise Http404
        return term

    def _address(self, view: str, term: PolicyTerm) -> str:
        return reverse(f"admin:products_policyterm_{view}", args=[term.pk])

    def _page(self, request: HttpRequest, name: str, **context: Any) -> TemplateResponse:
        return TemplateResponse(
            request,
            f"admin/products/policyterm/{name}.html",
            {**self.admin_site.each_context(request), "opts": self.opts, **context},
        )


class CoveredEventInline(StackedContentInline):
    model = CoveredEvent


@admin.register(CoverageCategory)
class CoverageCategoryAdmin(ChangedOnPurpose):
    list_display = ("title", "kind", "option", "term")
    list_filter = ("term",)
    inlines = (CoveredEventInline,)
    readonly_fields: ClassVar = ("term", "history_of_term")
    shown_on = ("insurance",)

    def term_of(self, obj: models.Model) -> PolicyTerm:
        assert isinstance(obj, CoverageCategory)  # noqa: S101 (for the type alone)
        return obj.term

    def public_path(self, obj: models.Model) -> str | None:
        return self.term_of(obj).get_absolute_url()

    @admin.display(description="オプション")
    def option(self, category: CoverageCategory) -> str:
        return "オプション" if category.is_option else "-"

    @admin.display(description="変更の記録")
    def history_of_term(self, category: CoverageCategory) -> str:
        address = reverse("admin:products_policyterm_history", args=[category.term.pk])
        return format_html('<a href="{}">保険期間の変更の記録に、一緒に残ります</a>', address)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Categories come and go within the form of their term, which minds that one stays."""
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: CoverageCategory | None = None
    ) -> bool:
        """Together with a draft that it belongs to."""
        if obj is None or not super().has_delete_permission(request, obj):
            return False
        return obj.term.public_from is None

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool
    ) -> None:
        """The version is one of the whole term, where its history is read."""
        super().save_related(request, form, formsets, change)
        if reversion.is_active():
            reversion.add_to_revision(form.instance.term)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> Any:
        category = self.get_object(request, unquote(object_id))
        if not isinstance(category, CoverageCategory):
            raise Http404
        return HttpResponseRedirect(
            reverse("admin:products_policyterm_history", args=[category.term.pk])
        )
