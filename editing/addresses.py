"""Where in the admin a row is edited."""

from django.db.models import Model
from django.urls import reverse


def list_address(model: type[Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def form_address(row: Model, part: str = "") -> str:
    """The form of the row; `part` is the id of what is meant within it."""
    names = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    address = reverse(names, args=[row.pk])
    return f"{address}#{part}" if part else address
