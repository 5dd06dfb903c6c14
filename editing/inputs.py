"""The form fields and inputs that the admin uses for each model field."""

from __future__ import annotations

from datetime import time
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from core.fields import MoneyField, ProseField, WordsField, refuse_invisible_characters
from core.forms import CleanedTextField, CountField, DayField, TypedYenField
from core.japanese import END_OF_DAY
from editing import forms as content_forms
from editing.formsets import ContentRows, LabelledRowForm, RowForm
from editing.placeholders import validate_placeholders

GONE = "選んだものの中に、削除されたものがあります。選び直してください。"
LONGEST_TEXT = 10_000  # of a text that has no limit of its own


class ContentFields(admin.options.BaseModelAdmin):
    """Mixin of admin classes: form fields that take money, days and hours as people write them."""

    usual_hour = time(9)  # where a day is given without an hour
    ends: ClassVar[tuple[str, ...]] = ()  # fields in which a day without an hour is included

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        field = super().formfield_for_dbfield(
            db_field, request, **self._form_class(db_field) | kwargs
        )
        if field:
            # A browser cuts what is pasted at this length and says nothing; the field itself refuses it.
            field.widget.attrs.pop("maxlength", None)
            # Else it fills in what it knows of whoever sits there: name, telephone, mail.
            field.widget.attrs.setdefault("autocomplete", "off")
        return field

    def _form_class(self, db_field: models.Field) -> dict[str, Any]:
        if isinstance(db_field, MoneyField):
            return {"form_class": TypedYenField, "widget": content_forms.YenInput}
        if isinstance(db_field, models.IntegerField):
            return {"form_class": CountField, "widget": content_forms.CountInput}
        if isinstance(db_field, models.DateTimeField):
            usual = END_OF_DAY if db_field.name in self.ends else self.usual_hour
            return {"form_class": partial(content_forms.TokyoDateTimeField, usual_hour=usual)}
        if isinstance(db_field, models.DateField):
            return {"form_class": DayField, "widget": content_forms.DayInput}
        if isinstance(db_field, models.TimeField):
            return {"form_class": content_forms.HourField}
        if isinstance(db_field, (WordsField, ProseField)):
            cleaned = partial(CleanedTextField, clean_text=db_field.to_python)
            validators = [partial(validate_placeholders, db_field)]
            return {"form_class": cleaned, "validators": validators} | (
                {"max_length": LONGEST_TEXT} if db_field.max_length is None else {}
            )
        if isinstance(db_field, models.ManyToManyField):
            # Django names what is gone by its key.
            return {"error_messages": dict.fromkeys(("invalid_choice", "invalid_pk_value"), GONE)}
        if isinstance(db_field, models.FileField):
            # The limit is that of the name on the disk, which is not the name of what was chosen.
            return {"widget": content_forms.FileInput, "max_length": None}
        if isinstance(db_field, models.URLField):
            return {"assume_scheme": "https", "validators": [refuse_invisible_characters]}
        if isinstance(db_field, models.EmailField):
            return {"validators": [refuse_invisible_characters]}
        return {}


class ContentInline(ContentFields, admin.options.InlineModelAdmin):
    extra = 0
    form = RowForm
    formset = ContentRows

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name == "order":
            kwargs["widget"] = content_forms.OrderInput
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class StackedContentInline(ContentInline, admin.StackedInline):
    pass


class TabularContentInline(ContentInline, admin.TabularInline):
    """Inline whose rows are cards, with a label at each input."""

    template = "admin/content_table.html"
    form = LabelledRowForm
