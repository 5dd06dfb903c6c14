"""The forms for a second factor, and for a new user."""

from datetime import datetime
from math import ceil
from typing import Any

from django import forms
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import User
from django.http import HttpRequest
from django_otp.models import Device
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import second_factor
from core.clock import TOKYO, real_now
from core.japanese import hour

WRONG = (
    "正しくないか、すでに使われています。6桁の数字は約30秒ごとに変わります。"
    "新しい数字が表示されてから、もう一度入力してください。"
)


class NewUserForm(UserCreationForm):
    """A new user, with at least one role: without one nobody gets in, and nothing would say why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = self.fields["groups"]
        roles.required = True
        roles.error_messages["required"] = (
            "役割を1つ以上選んでください。役割がないユーザーはログインできません。"
        )


class TokenForm(forms.Form):
    """A token of the user's app, or a recovery code; `device` is then the one that accepted it."""

    token = forms.CharField(
        label="6桁の数字、または回復用コード",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    device: Device

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_token(self) -> str:
        token = second_factor.plain(self.cleaned_data["token"])
        device = second_factor.device_for(self.user, token)
        if device is None:
            raise forms.ValidationError("6桁の数字か、8文字の回復用コードを入力してください。")
        allowed, why_not = device.verify_is_allowed()
        if not allowed:
            raise forms.ValidationError(_wait(why_not["locked_until"]))
        if not second_factor.accepts(device, token):
            raise forms.ValidationError(WRONG)
        self.device = device
        return token


class SetUpForm(forms.Form):
    """The token by which an app proves that it has the key; the app is then saved."""

    token = forms.CharField(
        label="アプリに表示された6桁の数字",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )

    def __init__(self, request: HttpRequest, app: TOTPDevice, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.app = app

    def clean_token(self) -> str:
        token = second_factor.plain(self.cleaned_data["token"])
        if not second_factor.confirm(self.request, self.app, token):
            raise forms.ValidationError(
                "正しくありません。アプリにいま表示されている6桁の数字を入力してください。"
                "続けて合わないときは、スマートフォンの日時を「自動設定」にしてください。"
            )
        return token


def _wait(until: datetime) -> str:
    """Return how long to wait, by the real clock, as django-otp counts."""
    seconds = ceil((until - real_now()).total_seconds())
    when = (
        f"{seconds}秒たって"
        if seconds <= 120
        else f"{hour(until.astimezone(TOKYO).time())}を過ぎて"
    )
    return (
        f"続けて誤りがあったため、いまは受け付けられません。{when}から、もう一度入力してください。"
    )
