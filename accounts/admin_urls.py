"""The URLs of one's own account, and of the sign-ins, in the admin."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from accounts.sign_ins import sign_ins
from accounts.views import account, second_factor
from core.csp import allow_admin_assets

AdminView = Callable[..., HttpResponseBase]


def admin_urls(admin_view: Callable[[AdminView], AdminView]) -> list[URLPattern]:
    """Return the URLs; `admin_view` is that of the admin site, which asks for the second factor first."""
    return [
        path("second-factor/", allow_admin_assets(second_factor), name="second_factor"),
        path("account/", admin_view(account), name="account"),
        path("sign-ins/", admin_view(sign_ins), name="sign-ins"),
    ]
