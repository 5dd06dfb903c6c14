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
from jnxcyber.editing.preview import preview_view
from jnxcyber.publishing.moment import Moment

AdminView = TypeVar("AdminView", bound=Callable[..., HttpResponseBase])

# The admin runs Django's own scripts and draws its icons from data: addresses; public pages do neither.
allow_admin_assets = csp_update({"script-src": [SELF], "img-src": ["data:"], "connect-src": [SELF]})


class SecretariatAdminSite(AdminSite):
    site_title = "公開サイトの編集"
    site_header = "公開サイトの編集"
    index_title = "編集する内容"

    def admin_view(self, view: AdminView, cacheable: bool = False) -> AdminView:
        return cast(AdminView, allow_admin_assets(super().admin_view(view, cacheable)))

    @method_decorator(allow_admin_assets)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().login(request, extra_context)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [
            path("preview/", self.admin_view(preview_view), name="preview"),
            *super().get_urls(),
        ]

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
