"""Forms of the admin as a browser fills and sends them.

Their HTML is not rendered where a test does not read it, which takes half the time of a large form.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.contrib.admin.widgets import AdminSplitDateTime
from django.forms import CheckboxInput
from django.template.response import TemplateResponse
from django.urls import reverse

from tests.html import Page


def form_data(client, url: str, **changes) -> dict:
    """Return what a browser sends for the form as it stands, with the changes."""
    with nothing_rendered():
        context = client.get(url, secure=True).context_data
    data = {name: context.get(name.strip("_"), "") for name in ("_seen", "_tab")}
    data["_reason"] = "誤字のため"
    for form in forms_in(context):
        for bound in form:
            widget = getattr(bound.field.widget, "widget", bound.field.widget)
            value = widget.format_value(bound.value())
            if bound.field.show_hidden_initial:
                data[bound.html_initial_name] = value or ""
            if isinstance(widget, AdminSplitDateTime):
                parts = widget.decompress(bound.value())
                for number, (part, each) in enumerate(zip(parts, widget.widgets, strict=True)):
                    data[f"{bound.html_name}_{number}"] = each.format_value(part) or ""
            elif isinstance(widget, CheckboxInput):
                data |= {bound.html_name: "on"} if bound.value() else {}
            elif isinstance(value, list):
                data[bound.html_name] = value
            else:
                data[bound.html_name] = "" if value is None else value
    return data | changes


def sent_by(page: Page) -> dict:
    """Return what a browser sends for the form of an object as the page shows it."""
    data: dict[str, list[str]] = {}
    for name, value in page.one("#content-main form[id$=_form]").form_values():
        data.setdefault(name, []).append(value)
    return data


def forms_in(context: dict) -> Iterator:
    """Yield the forms of a page: that of the object, then those of its rows."""
    yield context["adminform"].form
    for inline in context["inline_admin_formsets"]:
        yield inline.formset.management_form
        yield from inline.formset.forms


@contextmanager
def nothing_rendered() -> Iterator[None]:
    with patch.object(TemplateResponse, "rendered_content", ""):
        yield


def messages_after(client, url: str, **changes) -> str:
    """Return what the form says about the changes when it is sent; "" where it is saved."""
    data = form_data(client, url, **changes)
    with nothing_rendered():
        response = client.post(url, data, secure=True)
    if response.status_code == 302:
        return ""
    context = response.context_data
    errors = [error for form in forms_in(context) for error in form.errors.values()]
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    errors += [formset.non_form_errors() for formset in formsets]
    return "".join(message for error in errors for message in error)


def save(client, url: str, **changes):
    return client.post(url, form_data(client, url, **changes), secure=True)


def save_confirmed(client, url: str, **changes):
    """Save, and press again where the form asks to confirm something first."""
    data = form_data(client, url, **changes)
    response = client.post(url, data, secure=True)
    if response.status_code == 200 and (confirms := response.context_data.get("confirms")):
        response = client.post(url, data | {"_confirmed": confirms}, secure=True)
    return response


def form_url_of(row) -> str:
    names = f"{row._meta.app_label}_{row._meta.model_name}"
    return reverse(f"admin:{names}_change", args=[row.pk]) + "?correct=1"
