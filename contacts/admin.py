from functools import partial
from itertools import pairwise
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from contacts.doubts import doubts_about_desk
from contacts.models import ClosedDay, Desk, Organisation, PersonInCharge, PublicDesk
from contacts.typed_numbers import (
    hyphenated_month_and_day,
    hyphenated_postal_code,
    hyphenated_telephone,
)
from core.forms import CleanedTextField
from editing.admin import ContentAdmin, place_link
from editing.formsets import ContentRows
from editing.inputs import TabularContentInline

TYPED_NUMBERS = {
    "telephone": hyphenated_telephone,
    "postal_code": hyphenated_postal_code,
    "year_end_first_day": hyphenated_month_and_day,
    "year_end_last_day": hyphenated_month_and_day,
}


class ContactAdmin(ContentAdmin):
    """The admin of what has a telephone number, a postal code or a day of the year, which may be typed as people write them."""

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name in TYPED_NUMBERS:
            clean_text = TYPED_NUMBERS[db_field.name]
            kwargs["form_class"] = partial(CleanedTextField, clean_text=clean_text)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Organisation)
class OrganisationAdmin(ContactAdmin):
    shown_on = ("company", "contact")
    list_display = ("name", "short_name", "address")


@admin.register(PublicDesk)
class PublicDeskAdmin(ContactAdmin):
    shown_on = ("incident",)
    list_display = ("name", "telephone", "hours", "url")


class PersonInChargeInline(TabularContentInline):
    model = PersonInCharge


class ClosedDays(ContentRows):
    """The closed days of a desk, of which no two have a day in common."""

    def clean(self) -> None:
        if not any(self.errors):
            kept = sorted(self.kept_forms, key=lambda form: form.instance.date)
            for earlier, later in pairwise(kept):
                if earlier.instance.overlaps(later.instance):
                    later.add_error("date", f"「{earlier.instance}」の休業日と重なっています。")
        super().clean()


class ClosedDayInline(TabularContentInline):
    model = ClosedDay
    formset = ClosedDays


@admin.register(Desk)
class DeskAdmin(ContactAdmin):
    shown_on = ("contact", "home")
    list_display = ("role", "organisation", "telephone", "email", "opening_hours")
    inlines = (PersonInChargeInline, ClosedDayInline)
    doubts = (doubts_about_desk,)
    fieldsets = (
        (
            None,
            {
                "description": place_link(
                    "すべてのページの「お問い合わせ先」に出ます。", "contact"
                ),
                "fields": (
                    "role",
                    "subject",
                    "organisation",
                    "name",
                    "department",
                    "postal_code",
                    "address",
                    "order",
                ),
            },
        ),
        (
            "電話・メール",
            {
                "description": place_link(
                    "緊急の窓口のものは、すべてのページの一番上の帯にも出ます。", "incident"
                ),
                "fields": ("who_may_call", "who_may_call_in_short", "telephone", "email"),
            },
        ),
        (
            "受付時間",
            {
                "description": place_link(
                    "「ただいま受付時間内です」などの案内は、ここから計算します。", "contact"
                ),
                "fields": (
                    "always_open",
                    ("opens_at", "closes_at"),
                    ("closed_on_saturdays", "closed_on_sundays", "closed_on_public_holidays"),
                    ("closed_at_year_end", "year_end_first_day", "year_end_last_day"),
                    "after_hours_note",
                    "after_hours_note_in_short",
                ),
            },
        ),
    )
    readonly_fields = ("role",)

    @admin.display(description="受付時間")
    def opening_hours(self, desk: Desk) -> str:
        return desk.hours.in_words

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: there is one desk for each role, and pages rely on every one."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Desk | None = None) -> bool:
        return False
