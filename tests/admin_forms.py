"""Forms of the admin as a browser fills and sends them."""

from django.contrib.admin.widgets import AdminSplitDateTime
from django.forms import CheckboxInput
from django.urls import reverse


def form_data(client, url: str, **changes) -> dict:
    """Return what a browser sends for the form as it stands, with the changes."""
    response = client.get(url, secure=True)
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {"_seen": response.context.get("seen", ""), "_reason": "誤字のため"}
    for form in forms:
        for bound in form:
            widget = getattr(bound.field.widget, "widget", bound.field.widget)
            value = widget.format_value(bound.value())
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


def save(client, url: str, **changes):
    return client.post(url, form_data(client, url, **changes), secure=True)


def form_url_of(row) -> str:
    names = f"{row._meta.app_label}_{row._meta.model_name}"
    return reverse(f"admin:{names}_change", args=[row.pk]) + "?correct=1"
