"""The way into the admin: a password of one's own, a session that is not over, and a second factor."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from accounts import first_password, second_factor, sessions

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def is_passed(request: HttpRequest) -> bool:
    """Return whether the session of a signed-in user has not ended, and has all that the gate asks for."""
    return not (
        sessions.is_over(request)
        or second_factor.is_missing(request)
        or _has_to_change_password(request)
    )


def _has_to_change_password(request: HttpRequest) -> bool:
    """Return whether the user has the password of somebody else; the pages to change it and to leave are open."""
    open_pages = (reverse("admin:password_change"), reverse("admin:logout"))
    return request.path not in open_pages and first_password.is_in_use(request)


def gated(view: View) -> View:
    """Return the view behind the gate: an ended session is signed out, what is missing asked for."""

    @wraps(view)
    def inner(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.user.is_authenticated and sessions.is_over(request):
            logout(request)
            messages.info(
                request, "前回のログインから8時間がたちました。もう一度ログインしてください。"
            )
        elif request.user.is_active and request.user.is_staff and second_factor.is_missing(request):
            response = redirect_to_login(request.get_full_path(), reverse("admin:second_factor"))
            add_never_cache_headers(response)
            return response
        elif request.user.is_active and request.user.is_staff and _has_to_change_password(request):
            response = redirect("admin:password_change")
            add_never_cache_headers(response)
            return response
        return view(request, *args, **kwargs)

    return cast(View, inner)
