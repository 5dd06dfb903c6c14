"""The admin site in which the secretariat edits the content."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.decorators import method_decorator

from accounts import admin_urls as accounts
from accounts.gate import gated, is_passed
from accounts.own_password import own_password
from core.csp import allow_admin_assets
from core.moment import Moment
from editing import admin_urls as editing
from editing.home import home
from editing.kept_input import csrf_failure, keeping_input
from editing.record_page import recent_changes
from jnxcyber.tampered import refusing_tampered
from products.public_now import public_now
from products.stored_files import stored_document

AdminView = TypeVar("AdminView", bound=Callable[..., HttpResponseBase])


class SecretariatAdminSite(AdminSite):
    site_title = site_header = "公開サイトの編集"
    index_title = "ホーム"

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and is_passed(request)

    def admin_view(self, view: AdminView, cacheable: bool = False) -> AdminView:
        within = gated(super().admin_view(refusing_tampered(view), cacheable))
        return cast(AdminView, allow_admin_assets(keeping_input(within)))

    @method_decorator(allow_admin_assets)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        view = super().login
        return (gated(view) if request.method == "GET" else view)(request, extra_context)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        request.current_app = self.name
        return own_password(request)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().each_context(request) | {"preview_reader": "引受保険会社"}

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [
            *accounts.admin_urls(self.admin_view),
            *editing.admin_urls(self.admin_view),
            path("files/documents/<str:name>", self.admin_view(stored_document)),
            # Not Django's jump from any row of any table to its page.
            *(each for each in super().get_urls() if getattr(each, "name", "") != "view_on_site"),
        ]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Return the content first, by CONTENT_APPS, then what is no content."""
        places = {label: place for place, label in enumerate(settings.CONTENT_APPS)}
        apps = super().get_app_list(request, app_label)
        return sorted(apps, key=lambda app: places.get(app["app_label"], len(places)))

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        moment = Moment.now()
        context = home(request.user, moment)
        if context:
            context["public_now"] = public_now(moment)
        if request.user.has_perm("editing.see_record"):
            context["sees_record"] = True
            context["recent_changes"] = recent_changes(request.user)
        return super().index(request, context | (extra_context or {}))


form_expired = allow_admin_assets(csrf_failure)
