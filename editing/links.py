"""The admin classes of the content, and the URLs at which its rows are edited."""

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from editing.content_models import content_models

BACK = "back"  # in the URL of a form: the page of the admin to which it returns once it is saved


def content_admins() -> list[ModelAdmin]:
    """Return the admin classes of content models, known after the start."""
    registered = [model for model in content_models() if admin.site.is_registered(model)]
    return [admin.site.get_model_admin(model) for model in registered]


def list_url(model: type[Model]) -> str:
    """Return the URL of the list of all rows."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def add_url(model: type[Model]) -> str:
    """Return the URL of the form in which a row is added."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")


def form_url(row: Model, fragment: str = "") -> str:
    """Return the URL of the row's form; `fragment` is the id of an element in it."""
    names = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    url = reverse(names, args=[row.pk])
    return f"{url}#{fragment}" if fragment else url


def history_url(row: Model) -> str:
    """Return the URL of the row's history."""
    names = f"admin:{row._meta.app_label}_{row._meta.model_name}_history"
    return reverse(names, args=[row.pk])


def has_form(row: Model) -> bool:
    """Return whether the row has a form of its own, beside that of what it is a part of."""
    return admin.site.is_registered(type(row))


def way_back(request: HttpRequest) -> str:
    """Return the page of the admin from which the form was opened; "" for none, or for a page elsewhere."""
    url = request.GET.get(BACK, "")
    is_here = url_has_allowed_host_and_scheme(url, allowed_hosts=None)
    return url if is_here and url.startswith(reverse("admin:index")) else ""
