"""The users, for システム管理. The tables of the other apps of accounts are edited by nobody."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple, cast

# Imported for what they register: their own registering would come after the unregistering here.
import django_otp.plugins.otp_static.admin
import django_otp.plugins.otp_totp.admin  # noqa: F401
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, Field, OuterRef, QuerySet
from django.forms import CheckboxSelectMultiple, ModelForm
from django.forms import Field as FormField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import first_password, lockout, second_factor
from accounts.changes import AccountChange, Kind, is_kept, tell_of_form
from accounts.forms import NewUserForm
from core.forms import CleanedTextField
from core.japanese import full_name
from core.typed_text import clean_line, require_publishable

admin.site.unregister([Group, User, StaticDevice, TOTPDevice])

ROLES = (
    "事務局は内容を編集し、閲覧は見るだけ、システム管理はユーザーを管理します。"
    "役割がないユーザーはログインできません。"
)


class Release(NamedTuple):
    """A step that lets in a user who is kept out. `then` tells what the user can do after it."""

    what: str
    template: str
    do: Callable[[User], object]
    then: str


LOCKOUT = Release("ログインの停止", "lift_lockout", lockout.lift, "すぐにログインできます。")
SECOND_FACTOR = Release(
    "2段階認証",
    "reset_second_factor",
    second_factor.reset,
    "次のログインのときに、もう一度設定します。",
)


@admin.register(User)
class PersonAdmin(UserAdmin):
    add_form = NewUserForm
    add_form_template = None
    list_display = (
        "username",
        "full_name",
        "email",
        "roles",
        "active",
        "has_second_factor",
        "last_login",
    )
    list_filter = ("is_active",)
    filter_horizontal = ()
    add_fieldsets = (
        (None, {"fields": ("username", "password1", "password2")}),
        ("氏名と連絡先", {"fields": ("last_name", "first_name", "email")}),
        ("役割", {"fields": ("groups",), "description": ROLES}),
    )
    fieldsets = (
        (None, {"fields": ("username", "is_active", "password_link")}),
        ("氏名と連絡先", {"fields": ("last_name", "first_name", "email")}),
        ("役割", {"fields": ("groups",), "description": ROLES}),
        ("ログイン", {"fields": ("last_login", "lockout_link", "second_factor_link")}),
    )
    readonly_fields = ("last_login", "password_link", "lockout_link", "second_factor_link")

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **kwargs: Any
    ) -> FormField | None:
        """Let names of people be cleaned and refused as all typed text is."""
        if db_field.name in ("last_name", "first_name"):
            kwargs["form_class"] = partial(CleanedTextField, clean_text=clean_line)
            kwargs["validators"] = [require_publishable]
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description="氏名", ordering="last_name")
    def full_name(self, user: User) -> str:
        return full_name(user)

    @admin.display(description="役割", empty_value="-")
    def roles(self, user: User) -> str:
        roles = "、".join(role.name for role in user.groups.all())
        return "管理者(すべて)" if user.is_superuser else roles

    @admin.display(description="有効")
    def active(self, user: User) -> str:
        """Return the state in words: the icon of Django's admin has an English name."""
        return "有効" if user.is_active else "停止中"

    @admin.display(description="2段階認証")
    def has_second_factor(self, user: Any) -> str:
        return "設定済み" if user.has_app else "未設定"

    @admin.display(description="パスワード")
    def password_link(self, user: User) -> SafeString:
        url = reverse("admin:auth_user_password_change", args=[user.pk])
        return format_html('<a href="{}">パスワードを変更する</a>', url)

    @admin.display(description="ログインの停止")
    def lockout_link(self, user: User) -> SafeString | str:
        if not lockout.is_locked_out(user):
            return "止めていません。"
        url = reverse("admin:lift_lockout", args=[user.pk])
        return format_html(
            'パスワードの誤りが続いたため、止めています。<a href="{}">解除する</a>', url
        )

    @admin.display(description="2段階認証")
    def second_factor_link(self, user: Any) -> SafeString | str:
        if not user.has_app:
            return "まだ設定されていません。次のログインのときに設定します。"
        url = reverse("admin:reset_second_factor", args=[user.pk])
        return format_html('設定されています。<a href="{}">解除する</a>', url)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Return the users; superusers only to superusers. Every page about a user gets the user from here."""
        apps = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        users = super().get_queryset(request).annotate(has_app=Exists(apps))
        if not request.user.is_superuser:
            users = users.filter(is_superuser=False)
        return users.prefetch_related("groups")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Let nobody change their own roles, or deactivate themselves."""
        own = ("is_active", "groups") if obj == request.user else ()
        return (*super().get_readonly_fields(request, obj), *own)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Let nobody delete their own account, or one that has changed something: it can be disabled."""
        may = super().has_delete_permission(request, obj) and obj != request.user
        return may and not (obj and is_kept(obj))

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["widget"] = CheckboxSelectMultiple
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field and db_field.name == "groups":
            field.label, field.help_text = "役割", ""
        return field

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        user = form.instance
        user.is_staff = user.is_superuser or user.groups.exists()
        user.save(update_fields=["is_staff"])
        if not change:
            first_password.was_set(user)
        tell_of_form(cast(User, request.user), form, change)

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        with transaction.atomic():
            AccountChange(cast(User, request.user), obj, Kind.DELETED).tell()
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        with transaction.atomic():
            for user in queryset:
                self.delete_model(request, user)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name the users alone: their other rows lie in tables that nobody knows."""
        _, _, no_permission, protected = super().get_deleted_objects(objs, request)
        names = [str(user) for user in objs]
        return names, {User._meta.verbose_name_plural: len(names)}, no_permission, protected

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/lockout/", view(self.lift_lockout), name="lift_lockout"),
            path(
                "<int:pk>/second-factor/",
                view(self.reset_second_factor),
                name="reset_second_factor",
            ),
            *super().get_urls(),
        ]

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:  # noqa: A002
        # The user and not the text of the URL: "03", "_33" and "%33" name the same as "3".
        user = self._user(request, unquote(id))
        if user == request.user:  # only with the password that is valid now
            return redirect("admin:password_change")
        with transaction.atomic():
            response = super().user_change_password(request, str(user.pk), form_url)
            done = reverse("admin:auth_user_change", args=[user.pk])
            if isinstance(response, HttpResponseRedirect) and response.url == done:
                first_password.was_set(user)
                says = "パスワードを変更しました。"
                AccountChange(cast(User, request.user), user, Kind.CHANGED, says).tell()
        return response

    def lift_lockout(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let a user who mistyped the password too often try again at once.

        Nobody lifts the own one: at a computer left open it would give as many tries as one likes.
        """
        return self._release(request, pk, LOCKOUT)

    def reset_second_factor(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Remove the second factor of a user who has lost the telephone.

        One's own is at 「アカウント」, with a token.
        """
        return self._release(request, pk, SECOND_FACTOR)

    def _release(self, request: HttpRequest, pk: int, release: Release) -> HttpResponse:
        """Ask, and then let in a different user who is kept out; record and tell it."""
        user = self._user(request, str(pk))
        if user == request.user:
            return redirect("admin:account")
        if request.method != "POST":
            context = {"title": f"{release.what}の解除", "opts": self.opts, "original": user}
            context |= self.admin_site.each_context(request)
            return render(request, f"admin/auth/user/{release.template}.html", context)
        says = f"{release.what}を解除しました。"
        with transaction.atomic():
            release.do(user)
            self.log_change(request, user, says)
            AccountChange(cast(User, request.user), user, Kind.CHANGED, says).tell()
        messages.success(request, f"{user}さんの{says}{release.then}")
        return redirect("admin:auth_user_change", user.pk)

    def _user(self, request: HttpRequest, key: str) -> User:
        """Return the user, if the person may change users. Raises PermissionDenied, Http404."""
        user = self.get_object(request, key)
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        if user is None:
            raise Http404
        return user
