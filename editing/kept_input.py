"""Pages that give back what was typed into a form of the content, where it could not be stored.

The session had ended, the token was no longer good, or the database took nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve

OWN_FORMS = ("accept-finding", "replace", "undo-change")  # of the toolkit, by their URL names

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
    own_origin = f"{request.scheme}://{request.get_host()}"
    if _is_content(request) and request.headers.get("Origin") == own_origin:
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
    response = HttpResponse(render_to_string("admin/not_saved.html", context), status=503)
    response["Cache-Control"] = "no-store"
    return response


def _is_content(request: HttpRequest) -> bool:
    """Return whether a form of the content was sent with something in it.

    Forms of accounts hold passwords, which are not given back.
    """
    name = url_name(request.path_info)
    return (is_of_content(name) or name in OWN_FORMS) and bool(_fields(request))


def is_of_content(name: str) -> bool:
    """Return whether this is the URL name of a page about a content model."""
    return name.startswith(tuple(f"{label}_" for label in settings.CONTENT_APPS))


def url_name(path: str) -> str:
    """Return the name of the URL; "" for none."""
    try:
        return resolve(path).url_name or ""
    except Resolver404:
        return ""


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
