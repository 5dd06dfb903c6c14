"""The admin site in which the secretariat edits the content."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar, cast

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.decorators import method_decorator

from contacts.holidays import holidays_are_known
from jnxcyber.accounts import views as accounts
from jnxcyber.accounts.gate import gated, is_passed
from jnxcyber.publishing.moment import Moment

AdminView = TypeVar("AdminView", bound=Callable[..., HttpResponseBase])

# The admin runs Django's own scripts and draws its icons from data: addresses; public pages do neither.
allow_admin_assets = csp_update({"script-src": [SELF], "img-src": ["data:"], "connect-src": [SELF]})


class SecretariatAdminSite(AdminSite):
    site_title = "公開サイトの編集"
    site_header = "公開サイトの編集"
    index_title = "編集する内容"

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and is_passed(request)

    def admin_view(self, view: AdminView, cacheable: bool = False) -> AdminView:
        return cast(AdminView, allow_admin_assets(gated(super().admin_view(view, cacheable))))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        second_factor = allow_admin_assets(accounts.second_factor)
        return [
            path("second-factor/", second_factor, name="second_factor"),
            path("account/", self.admin_view(accounts.account), name="account"),
            *super().get_urls(),
        ]

    @method_decorator(allow_admin_assets)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        view = super().login
        return (gated(view) if request.method == "GET" else view)(request, extra_context)

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        in_three_months = Moment.now().today + timedelta(days=90)
        if not holidays_are_known(in_three_months):
            messages.warning(
                request,
                f"{in_three_months.year}年の祝日がまだ分かりません。祝日にかかわる受付時間の表示には"
                "「通常は」が付きます。サイトの保守担当者へ、祝日の更新を依頼してください。",
            )
        return super().index(request, extra_context)
