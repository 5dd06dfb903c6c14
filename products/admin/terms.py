"""The policy term with all that hangs on it, in one form."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import HttpRequest

from core.japanese import day
from core.moment import Moment
from editing.admin import place_link
from editing.inputs import StackedContentInline, TabularContentInline
from products.admin.base import NeededRows, PublishableAdmin, was_public
from products.admin.term_tools import TermTools
from products.approval import (
    changes_since_approval,
    fingerprint_of,
    is_as_approved,
    may_be_public,
)
from products.doubts import doubts_about_code, doubts_about_term
from products.models import (
    CoverageCategory,
    PolicyTerm,
    PremiumRow,
    Reason,
    SupportFunction,
)
from products.models.gaps import GAPS
from products.premiums import MOST_ROWS

APPROVAL_FIELDS = ("approval_number", "approved_on", "approval_use_by", "approval_scope")


class ReasonInline(StackedContentInline):
    model = Reason
    formset = NeededRows


class PremiumRows(NeededRows):
    """The premium rows of a term: as many as can be pasted."""

    def clean(self) -> None:
        super().clean()
        if len(self.kept_forms) > MOST_ROWS:
            raise ValidationError(f"保険料の例は{MOST_ROWS}行までにしてください。")


class PremiumRowInline(TabularContentInline):
    model = PremiumRow
    formset = PremiumRows
    max_num = MOST_ROWS


class CoverageCategoryInline(StackedContentInline):
    model = CoverageCategory
    formset = NeededRows
    show_change_link = True


class SupportFunctionInline(StackedContentInline):
    model = SupportFunction


@admin.register(PolicyTerm)
class PolicyTermAdmin(TermTools, PublishableAdmin):
    list_display = ("__str__", "code", "state", "next_deadline", "public_from", "approval")
    inlines = (ReasonInline, PremiumRowInline, CoverageCategoryInline, SupportFunctionInline)
    usual_hour = time(16)
    shown_on = ("insurance", "premiums", "join", "home")
    rules = (may_be_public,)
    doubts = (doubts_about_term, doubts_about_code)
    change_form_template = "admin/products/policyterm/change_form.html"
    change_list_template = "admin/products/policyterm/change_list.html"
    fieldsets = (
        (
            None,
            {
                "description": place_link(
                    "「保険のご案内」の上部と、ホームの見出しに出ます。", "insurance"
                ),
                "fields": ("code", "starts_at", "ends_at", "public_from"),
            },
        ),
        (
            "募集期間",
            {
                "description": place_link(
                    "保険期間の開始からの加入について。空欄のあいだは、分かる範囲で案内します。",
                    "join",
                ),
                "fields": (("recruiting_from", "recruiting_until"), "recruiting_where"),
            },
        ),
        (
            "中途加入",
            {
                "description": place_link(
                    "「いつから加入できるか」の日付は、ここから計算します。", "join"
                ),
                "fields": (("joining_deadline_day", "joining_start_day", "joining_start_time"),),
            },
        ),
        (
            "説明と注記",
            {
                "description": place_link(
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
                "description": place_link(
                    "空欄のあいだ、ページは取扱代理店へのお問い合わせを案内します。",
                    "insurance",
                    "#before-applying",
                ),
                "fields": tuple(GAPS),
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

    def get_readonly_fields(
        self, request: HttpRequest, obj: PolicyTerm | None = None
    ) -> tuple[str, ...]:
        """Protect the code of a term that was public: URLs and calendar entries depend on it."""
        return ("code",) if obj and (obj.public_from or was_public(obj)) else ()

    def has_delete_permission(self, request: HttpRequest, obj: PolicyTerm | None = None) -> bool:
        """Allow to delete a term that was never public, one at a time: the rest is part of the record."""
        if obj is None or not super().has_delete_permission(request, obj):
            return False
        return obj.public_from is None and not was_public(obj)

    def state_since_public(self, term: PolicyTerm, moment: Moment) -> str:
        return f"公開中({term.state_at(moment).name_on_pages})"

    @admin.display(description="次の締切")
    def next_deadline(self, term: PolicyTerm) -> str:
        today = Moment.now().today
        upcoming = [deadline.day for deadline in term.deadlines if deadline.day >= today]
        return day(upcoming[0]) if upcoming else "-"

    @admin.display(description="承認")
    def approval(self, term: PolicyTerm) -> str:
        if not term.approval_number:
            return "未登録"
        state = "" if is_as_approved(term) else "(承認後に変更あり)"
        return f"{term.approval_number}{state}"

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool
    ) -> None:
        """Record the content that is saved with an approval as the approved content."""
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
