"""Names for inputs to which Django's admin prints no label of their own."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime
from django.db import models
from django.http import HttpRequest


class LabelledDateTimesAdmin(admin.ModelAdmin):
    """For an admin with moments: their two inputs say which is the date and which the time."""

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, AdminSplitDateTime):
            for widget, part in zip(field.widget.widgets, ("日付", "時刻"), strict=True):
                widget.attrs["aria-label"] = f"{field.label} {part}"
        return field


class LabelledTabularInline(admin.TabularInline):
    """The inputs of a table carry the name of their column."""

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.widget.attrs["aria-label"] = str(field.label)
        return field
