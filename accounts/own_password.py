"""The page on which somebody changes the own password."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordChangeView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables

from accounts import first_password
from accounts.changes import AccountChange, Kind


class OwnPasswordForm(AdminPasswordChangeForm):
    """Takes a new password from whoever knows the old one."""

    def __init__(self, request: HttpRequest, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.request = request

    @sensitive_variables("old")
    def clean_old_password(self) -> str:
        """Count a wrong one as a failed sign-in: at a computer left open nobody may try for ever."""
        old: str = self.cleaned_data["old_password"]
        name = self.user.get_username()
        if authenticate(self.request, username=name, password=old) != self.user:
            wrong = self.error_messages["password_incorrect"]
            raise forms.ValidationError(wrong, code="password_incorrect")
        return old

    @sensitive_variables("typed")
    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("old_password") and typed["old_password"] == typed.get("new_password1"):
            self.add_error("new_password1", "いまのパスワードとは違うものを入力してください。")
        return typed


class OwnPasswordView(PasswordChangeView):
    form_class = OwnPasswordForm
    template_name = "admin/accounts/own_password.html"
    success_url = reverse_lazy("admin:password_change_done")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"request": self.request}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | admin.site.each_context(self.request)
        if first_password.is_in_use(self.request):  # nothing to go to but this page
            context |= {"is_first_password": True, "is_nav_sidebar_enabled": False}
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        user = cast(User, self.request.user)
        with transaction.atomic():
            response = super().form_valid(form)
            first_password.was_changed(self.request)
            AccountChange(user, user, Kind.CHANGED, "パスワードを変更しました。").tell()
        return response


@never_cache
def own_password(request: HttpRequest) -> TemplateResponse:
    return cast(TemplateResponse, OwnPasswordView.as_view()(request))
