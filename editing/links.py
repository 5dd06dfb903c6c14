"""URLs in the admin at which rows are edited."""

from django.contrib import admin
from django.db.models import Model
from django.urls import reverse


def list_url(model: type[Model]) -> str:
    """Return the URL of the list of all rows."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def form_url(row: Model, fragment: str = "") -> str:
    """Return the URL of the row's form; `fragment` is the id of an element in it."""
    names = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    url = reverse(names, args=[row.pk])
    return f"{url}#{fragment}" if fragment else url


def has_form(row: Model) -> bool:
    """Return whether the row has a form of its own, beside that of what it is a part of."""
    return admin.site.is_registered(type(row))
