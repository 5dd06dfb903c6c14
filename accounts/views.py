"""The pages of the admin about one's own account: the second factor, and the account itself."""

from typing import Any, cast

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django_otp.plugins.otp_static.models import StaticDevice

from accounts import second_factor as factor
from accounts import sessions
from accounts.changes import AccountChange, Kind
from accounts.forms import SetUpForm, TokenForm
from accounts.models import KEPT_FOR, Outcome, SignIn

SIGN_INS_SHOWN = 20
CODE_USED = (
    "回復用コードを1つ使いました。残りは{}個です。"
    "スマートフォンを替えたときは、「アカウント」で登録し直してください。"
)


@never_cache
def second_factor(request: HttpRequest) -> HttpResponse:
    """Set the second factor up, or ask for it: the page between password and admin."""
    following = _following(request)
    if not (request.user.is_active and request.user.is_staff):
        return redirect_to_login(following, reverse("admin:login"))
    if sessions.is_over(request) or not factor.is_missing(request):
        return redirect(following)
    if "leave" in request.POST:
        logout(request)
        return redirect("admin:login")
    step = _ask if factor.app_of(request.user) else _set_up
    return step(request, request.user, following)


def _ask(request: HttpRequest, user: User, following: str) -> HttpResponse:
    form = TokenForm(user, request.POST or None)
    form.fields["token"].widget.attrs["autofocus"] = True
    if form.is_valid():
        factor.complete_sign_in(request, form.device)
        if isinstance(form.device, StaticDevice):
            messages.warning(request, CODE_USED.format(factor.recovery_codes_left(user)))
        return redirect(following)
    if form.is_bound:
        SignIn.note(request, user.get_username(), Outcome.WRONG_TOKEN)
    return _page(
        request,
        "second_factor",
        "2段階認証",
        form=form,
        next=following,
        issuer=settings.OTP_TOTP_ISSUER,
    )


def _set_up(request: HttpRequest, user: User, following: str) -> HttpResponse:
    app = factor.app_being_set_up(request)
    form = SetUpForm(request, app, request.POST or None)
    if form.is_valid():
        codes = factor.new_recovery_codes(user)
        factor.complete_sign_in(request, app)
        _tell(user, "2段階認証を設定しました。")
        return _show_codes(request, codes, following)
    return _page(
        request,
        "set_up",
        "2段階認証の設定",
        form=form,
        next=following,
        qr_code=factor.qr_code(app),
        key=factor.key_in_groups(app),
    )


def account(request: HttpRequest) -> HttpResponse:
    """The user's own account, behind the gate of the admin."""
    user = cast(User, request.user)
    if "end_sessions" in request.POST:
        return _end_sessions(request, user)
    wants_change = "new_codes" in request.POST or "new_app" in request.POST
    form = TokenForm(user, request.POST if wants_change else None)
    if form.is_valid():
        change = _new_codes if "new_codes" in request.POST else _new_app
        return change(request, user)
    return _page(
        request,
        "account",
        "アカウント",
        form=form,
        has_app=factor.app_of(user) is not None,
        codes_left=factor.recovery_codes_left(user),
        sign_ins=SignIn.objects.of(user)[:SIGN_INS_SHOWN],
        most=SIGN_INS_SHOWN,
        days=KEPT_FOR.days,
    )


def _end_sessions(request: HttpRequest, user: User) -> HttpResponse:
    sessions.end_all(user)
    logout(request)
    messages.success(request, "すべての端末からログアウトしました。")
    return redirect("admin:login")


def _new_codes(request: HttpRequest, user: User) -> HttpResponse:
    codes = factor.new_recovery_codes(user)
    _tell(user, "回復用コードを新しくしました。")
    return _show_codes(request, codes, reverse("admin:account"))


def _new_app(request: HttpRequest, user: User) -> HttpResponse:
    factor.remove(user)
    _tell(user, "認証アプリを登録し直すため、2段階認証を解除しました。")
    return redirect("admin:second_factor")


def _tell(user: User, says: str) -> None:
    AccountChange(user, user, Kind.CHANGED, says).tell()


def _show_codes(request: HttpRequest, codes: list[str], following: str) -> HttpResponse:
    groups = [f"{code[:4]} {code[4:]}" for code in codes]
    return _page(request, "recovery_codes", "回復用コード", codes=groups, next=following)


def _page(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    shared = admin.site.each_context(request) | {"title": title}
    if name != "account":  # no way around what is asked for or shown once
        shared["is_nav_sidebar_enabled"] = False
    return render(request, f"admin/accounts/{name}.html", shared | context)


def _following(request: HttpRequest) -> str:
    """Return the URL to which the user was going; never one of another site."""
    url = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, "")
    # A text without a slash is a path for browsers, and the name of a URL for redirect().
    if url.startswith("/") and url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return url
    return reverse("admin:index")
