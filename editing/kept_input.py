"""Pages that give back what was typed into a form of the content, where it could not be stored.

The session had ended, the token was no longer good, the form was too large, or the database took nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import parse_qsl

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase, RawPostDataException
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve

# Of the toolkit, by their URL names.
OWN_FORMS = ("accept-finding", "replace", "search", "undo-change")

# In forms with rows, by the names of Django's formsets.
ROW_FIELD = re.compile(r"\w+-[0-9]+-")
NOT_TYPED = re.compile(
    r"^csrfmiddlewaretoken$|^_(?!reason$)|__prefix__|-(?:TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$"
)

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def keeping_input(view: View) -> View:
    """Return the view of the admin, which gives back a form that is sent without being signed in.

    Django would drop what was typed on the way to the sign-in page.
    """

    @wraps(view)
    def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if _is_content(request) and not admin.site.has_permission(request):
            return _page(request)
        return view(request, *args, **kwargs)

    return cast(View, inner)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Answer a form whose token is no longer good, as after signing in again in a second tab.

    Gives back what was typed only if the form was sent from this site: a different site could have filled it.
    """
    if _is_content(request) and _is_from_here(request):
        return _page(request)
    return _render(request, "admin/form_expired.html", {"title": "もう一度お試しください"})


def not_saved(request: HttpRequest) -> HttpResponseBase:
    """Give back what was typed when neither the database nor the disk takes anything."""
    fields = request.POST.lists() if _is_content(request) else []
    context = {
        "site_title": admin.site.site_title,
        "title": "保存を終えられませんでした" if fields else "ただいま編集できません",
        "fields": [(name, value) for name, values in fields for value in values],
        "has_files": bool(request.FILES),
        "url": request.get_full_path(),
    }
    return _plain_page("admin/not_saved.html", context, status=503)


def too_large(request: HttpRequest) -> HttpResponseBase:
    """Answer a form with more fields, or a longer text, than Django reads, which reads none of it.

    Lists what was typed into a form of the content, if the form was sent from this site.
    """
    typed = _typed(request) if _is_content_page(request) and _is_from_here(request) else ""
    context = {
        "site_title": admin.site.site_title,
        "title": "入力が多すぎて受け付けられません",
        "most_fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
        "typed": typed,
        "url": request.get_full_path(),
    }
    return _plain_page("admin/too_large.html", context, status=400)


def _typed(request: HttpRequest) -> str:
    """Return the values in a body that was read but not taken apart, "" where it was not read.

    The fields of a row are one line, between tabs: it can be pasted again. Keys and counts of rows are left out.
    """
    if request.content_type != "application/x-www-form-urlencoded":
        return ""
    try:
        fields = parse_qsl(request.body.decode(errors="replace"), keep_blank_values=True)
    except (RequestDataTooBig, RawPostDataException):
        return ""
    keys = _keys_of_rows()
    lines: dict[str, list[str]] = {}
    for name, value in fields:
        row = ROW_FIELD.match(name)
        if not (NOT_TYPED.search(name) or (row and name.removeprefix(row[0]) in keys)):
            lines.setdefault(row[0] if row else name, []).append(value)
    return "\n".join("\t".join(values) for values in lines.values() if any(values))


def _keys_of_rows() -> set[str]:
    """Return the names of the hidden fields by which the rows of a form are told apart and belong to it."""
    models = (
        model
        for label in settings.CONTENT_APPS
        for model in apps.get_app_config(label).get_models()
    )
    return {
        field.name
        for model in models
        for field in model._meta.fields
        if field.many_to_one or field.primary_key
    }


def _plain_page(template: str, context: dict[str, Any], status: int) -> HttpResponse:
    """Return a page without the layout of the admin, which asks the database and reads the form."""
    response = HttpResponse(render_to_string(template, context), status=status)
    response["Cache-Control"] = "no-store"
    return response


def _is_content(request: HttpRequest) -> bool:
    """Return whether a form of the content was sent with something in it."""
    return _is_content_page(request) and bool(_fields(request))


def _is_content_page(request: HttpRequest) -> bool:
    """Return whether the URL is that of a form of the content.

    Forms of accounts hold passwords, which are not given back.
    """
    name = url_name(request.path_info)
    return is_of_content(name) or name in OWN_FORMS


def is_of_content(name: str) -> bool:
    """Return whether this is the URL name of a page about a content model."""
    return name.startswith(tuple(f"{label}_" for label in settings.CONTENT_APPS))


def url_name(path: str) -> str:
    """Return the name of the URL; "" for none."""
    try:
        return resolve(path).url_name or ""
    except Resolver404:
        return ""


def _is_from_here(request: HttpRequest) -> bool:
    """Return whether a page of this site sent the form: a different site could have filled it."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]


def _page(request: HttpRequest) -> HttpResponseBase:
    signed_in = admin.site.has_permission(request)
    context: dict[str, object] = {
        "title": "もう一度押してください" if signed_in else "ログインの時間が切れました",
        "fields": _fields(request),
        "has_files": bool(request.FILES),
        "signed_in": signed_in,
    }
    return _render(request, "admin/kept_input.html", context)


def _render(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponseBase:
    context = {**admin.site.each_context(request), **context}
    response = TemplateResponse(request, template, context, status=403)
    response["Cache-Control"] = "no-store"
    return response.render()
