"""Noting the sign-ins, and the page on which the administrators see them."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import KEPT_FOR, Outcome, SignIn

ON_A_PAGE = 100


def note_password(request: HttpRequest, user: User, **_: Any) -> None:
    """Note that a password was accepted; with a second factor, the sign-in is not complete yet."""
    outcome = Outcome.HALF if settings.SECOND_FACTOR else Outcome.SUCCEEDED
    SignIn.note(request, user.get_username(), outcome)


def note_failure(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    SignIn.note(request, str(credentials.get("username") or ""), Outcome.WRONG_PASSWORD)


@require_safe
@permission_required("accounts.see_sign_ins", raise_exception=True)
def sign_ins(request: HttpRequest) -> HttpResponse:
    """Show the attempts to sign in, the newest first."""
    found = SignIn.objects.visible_to(request.user)
    context = {
        **admin.site.each_context(request),
        "title": "ログインの記録",
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("p")),
        "days": KEPT_FOR.days,
    }
    return render(request, "admin/accounts/sign_ins.html", context)
