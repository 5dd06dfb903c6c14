"""The admin of the page texts and of redirects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Case, Model, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from editing.admin import ContentAdmin
from editing.public_pages import PublicPage, public_pages
from pages.models import PageText, Redirect
from pages.redirect_targets import plain_target, require_public, require_target
from pages.texts.all_slots import SLOTS

NOT_USED = "この場所は、今のサイトにはありません。文は残してありますが、どのページにも出ません。"


class PageFilter(admin.SimpleListFilter):
    title = "掲載するページ"
    parameter_name = "page"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterator[tuple[str, str]]:
        for name in dict.fromkeys(slot.page for slot in SLOTS.values()):
            yield name, public_pages()[name].label

    def queryset(self, request: HttpRequest, queryset: QuerySet[PageText]) -> QuerySet[PageText]:
        on_page = [key for key, slot in SLOTS.items() if slot.page == self.value()]
        return queryset.filter(slot__in=on_page) if self.value() else queryset


@admin.register(PageText)
class PageTextAdmin(ContentAdmin):
    list_display = ("name", "page", "text")
    list_filter = (PageFilter,)
    list_per_page = 200

    def get_ordering(self, request: HttpRequest) -> Any:
        """Order the texts as the slots are declared, unknown ones last."""
        places = [When(slot=key, then=Value(place)) for place, key in enumerate(SLOTS)]
        return [Case(*places, default=Value(len(places))).asc(), "slot"]

    @admin.display(description="場所")
    def name(self, text: PageText) -> str | SafeString:
        slot = text.declared
        return slot.name if slot else format_html('<span class="quiet">{}</span>', text)

    @admin.display(description="ページ")
    def page(self, text: PageText) -> str:
        slot = text.declared
        return public_pages()[slot.page].label if slot else "(今のサイトにはありません)"

    def public_path(self, obj: Model) -> str:
        slot = cast(PageText, obj).declared
        return public_pages()[slot.page].path if slot else super().public_path(obj)

    def pages_of(self, obj: Model | None) -> list[PublicPage]:
        is_shown = isinstance(obj, PageText) and obj.declared is not None
        return super().pages_of(obj) if is_shown else []

    def state(self, row: Any) -> str:
        return super().state(row) if row.declared else "使っていません"

    def get_fieldsets(self, request: HttpRequest, obj: PageText | None = None) -> Any:
        slot = obj.declared if obj else None
        if slot is None:
            return [(None, {"fields": ["text"], "description": NOT_USED})]
        fields = ["text", "text_without"] if slot.without else ["text"]
        return [(slot.name, {"fields": fields})]

    def get_form(
        self, request: HttpRequest, obj: PageText | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change, **kwargs)
        slot = obj.declared if obj else None
        if slot and "text" in form.base_fields:
            form.base_fields["text"].help_text = _help(slot.allowed)
            form.base_fields["text"].required = not slot.may_be_empty
        if slot and "text_without" in form.base_fields:
            second = form.base_fields["text_without"]
            second.label = f"{slot.without}の文"
            second.help_text = f"{_help(slot.uncertain)}を使うときに必要です。"
        return form

    def may_correct(self, request: HttpRequest, obj: Model | None = None) -> bool:
        is_known = not isinstance(obj, PageText) or obj.declared is not None
        return is_known and super().may_correct(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class RedirectForm(forms.ModelForm):
    def clean_target(self) -> str:
        """Refuse a target that is not there, beside what the model refuses of it."""
        target = plain_target(self.cleaned_data["target"])
        require_target(target)
        require_public(target)
        return target


@admin.register(Redirect)
class RedirectAdmin(ContentAdmin):
    form = RedirectForm
    list_display = ("path", "target")

    def pages_of(self, obj: Model | None) -> list[PublicPage]:
        return []


def _help(placeholders: tuple[str, ...]) -> str:
    return "差し込めるもの:" + "、".join(f"{{{name}}}" for name in placeholders)
