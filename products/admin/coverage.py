"""One kind of cover of a policy term, with the events that it covers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from core.moment import Moment
from editing.inputs import StackedContentInline
from products.admin.base import ChangedOnPurpose, was_public
from products.models import CoverageCategory, CoveredEvent, PolicyTerm


class CoveredEventInline(StackedContentInline):
    model = CoveredEvent


class TermFilter(admin.SimpleListFilter):
    """Filter by term, which begins with the terms that are open or in preparation."""

    title = "保険期間"
    parameter_name = "term"
    ALL = "all"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        terms = [(str(term.pk), str(term)) for term in PolicyTerm.objects.order_by("-starts_at")]
        return [*terms, (self.ALL, "すべて")]

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Name the first choice, which Django calls 「すべて」, for what it shows."""
        first, *others = super().choices(changelist)
        yield first | {"display": "受付中・準備中"}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset.filter(term__in=PolicyTerm.objects.living_at(Moment.now()))
        is_number = str(self.value()).isdecimal()
        return queryset.filter(term=self.value()) if is_number else queryset


@admin.register(CoverageCategory)
class CoverageCategoryAdmin(ChangedOnPurpose):
    list_display = ("title", "kind", "option", "term")
    list_filter = (TermFilter,)
    inlines = (CoveredEventInline,)
    readonly_fields: ClassVar = ("term", "history_of_term")
    shown_on = ("insurance",)

    @admin.display(description="オプション")
    def option(self, category: CoverageCategory) -> str:
        return "オプション" if category.is_option else "-"

    @admin.display(description="変更の記録")
    def history_of_term(self, category: CoverageCategory) -> str:
        url = reverse("admin:products_policyterm_history", args=[category.term.pk])
        return format_html('<a href="{}">保険期間の変更の記録に、一緒に残ります</a>', url)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: categories are added in the form of their term, which requires at least one."""
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: CoverageCategory | None = None
    ) -> bool:
        """Allow deletion together with a draft that the category belongs to."""
        if obj is None or not super().has_delete_permission(request, obj):
            return False
        return obj.term.public_from is None and not was_public(obj.term)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> Any:
        category = self.get_object(request, unquote(object_id))
        if not isinstance(category, CoverageCategory):
            raise Http404
        return HttpResponseRedirect(
            reverse("admin:products_policyterm_history", args=[category.term.pk])
        )
