from typing import ClassVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from jnxcyber.formsets import DistinctRows, NeededRows
from jnxcyber.labels import LabelledDateTimesAdmin, LabelledTabularInline
from jnxcyber.publishing.moment import Moment
from products.models import (
    CoverageCategory,
    CoveredEvent,
    Document,
    FaqEntry,
    IncidentCase,
    LegalText,
    Notice,
    PolicyTerm,
    PremiumRow,
    Product,
    Reason,
    SecurityProgram,
    SecurityService,
    SupportCaution,
    SupportDesk,
    SupportFunction,
    SupportStrength,
)


class OnlyOneAdmin(admin.ModelAdmin):
    """For a table whose single row the pages rely on."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Product | SupportDesk | SecurityProgram | None = None
    ) -> bool:
        return False


@admin.register(Product)
class ProductAdmin(OnlyOneAdmin):
    list_display = ("name", "insurer")


class ReasonInline(admin.StackedInline):
    model = Reason
    formset = NeededRows
    extra = 0


class PremiumRowInline(LabelledTabularInline):
    model = PremiumRow
    formset = NeededRows
    extra = 0


class CoverageCategoryInline(admin.StackedInline):
    model = CoverageCategory
    formset = NeededRows
    extra = 0
    show_change_link = True


class SupportFunctionInline(admin.StackedInline):
    model = SupportFunction
    formset = DistinctRows
    extra = 0


@admin.register(PolicyTerm)
class PolicyTermAdmin(LabelledDateTimesAdmin):
    list_display = ("__str__", "code", "state", "public_from")
    inlines = (ReasonInline, PremiumRowInline, CoverageCategoryInline, SupportFunctionInline)
    fieldsets = (
        (
            None,
            {
                "description": "日時はすべて日本時間です。",
                "fields": ("code", ("starts_at", "ends_at"), "public_from"),
            },
        ),
        (
            "中途加入",
            {"fields": (("joining_deadline_day", "joining_start_day", "joining_start_time"),)},
        ),
        (
            "説明と注記",
            {
                "fields": (
                    "premium_notes",
                    "coverage_lead",
                    "coverage_note",
                    "support_lead",
                    "support_note",
                )
            },
        ),
        (
            "お申込みの前に",
            {
                "description": "空欄のあいだ、ページは取扱代理店へのお問い合わせを案内します。",
                "fields": (
                    "eligibility",
                    "exclusions",
                    "deductible",
                    "how_to_apply",
                    "part_year_premium",
                    "closed_day_rule",
                    ("approval_number", "approved_on"),
                ),
            },
        ),
    )

    def get_readonly_fields(
        self, request: HttpRequest, obj: PolicyTerm | None = None
    ) -> tuple[str, ...]:
        """Addresses and calendar entries hang on the code of what was public."""
        return ("code",) if obj and obj.public_from else ()

    def has_delete_permission(self, request: HttpRequest, obj: PolicyTerm | None = None) -> bool:
        """Only a draft can be deleted, one at a time: what was public is part of the record."""
        return obj is not None and obj.public_from is None

    @admin.display(description="公開状態")
    def state(self, term: PolicyTerm) -> str:
        moment = Moment.now()
        if term.public_from is None:
            return "下書き"
        if term.public_from > moment.at:
            return "公開予定"
        return f"公開中({term.state_at(moment).label})"


class CoveredEventInline(admin.StackedInline):
    model = CoveredEvent
    extra = 0


@admin.register(CoverageCategory)
class CoverageCategoryAdmin(admin.ModelAdmin):
    list_display = ("title", "kind", "is_option", "term")
    list_filter = ("term",)
    inlines = (CoveredEventInline,)
    readonly_fields = ("term",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Categories come and go within the form of their term, which minds that one stays."""
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: CoverageCategory | None = None
    ) -> bool:
        """Together with a draft that it belongs to."""
        return obj is not None and obj.term.public_from is None


class IncidentCaseInline(admin.StackedInline):
    model = IncidentCase
    extra = 0


class SupportStrengthInline(admin.StackedInline):
    model = SupportStrength
    extra = 0


class SupportCautionInline(admin.StackedInline):
    model = SupportCaution
    extra = 0


@admin.register(SupportDesk)
class SupportDeskAdmin(OnlyOneAdmin):
    inlines = (IncidentCaseInline, SupportStrengthInline, SupportCautionInline)


class SecurityServiceInline(admin.StackedInline):
    model = SecurityService
    extra = 0


@admin.register(SecurityProgram)
class SecurityProgramAdmin(OnlyOneAdmin):
    list_display = ("name", "provider")
    inlines = (SecurityServiceInline,)


@admin.register(Notice)
class NoticeAdmin(LabelledDateTimesAdmin):
    list_display = ("title", "public_from", "public_until")


@admin.register(Document)
class DocumentAdmin(LabelledDateTimesAdmin):
    formfield_overrides: ClassVar = {models.URLField: {"assume_scheme": "https"}}
    list_display = ("title", "kind", "term", "issued_on", "public_from", "public_until")
    list_filter = ("kind", "term")


@admin.register(FaqEntry)
class FaqEntryAdmin(admin.ModelAdmin):
    list_display = ("question", "order")


@admin.register(LegalText)
class LegalTextAdmin(admin.ModelAdmin):
    list_display = ("__str__", "kind", "order")
    list_filter = ("kind",)

    def get_readonly_fields(
        self, request: HttpRequest, obj: LegalText | None = None
    ) -> tuple[str, ...]:
        return ("kind",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: LegalText | None = None) -> bool:
        """The last text of a kind stays, and none goes with others at once."""
        return obj is not None and LegalText.objects.filter(kind=obj.kind).count() > 1
