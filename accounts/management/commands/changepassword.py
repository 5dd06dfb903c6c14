"""Django's command, that also tells whose password it changed."""

from typing import Any

from django.contrib.auth.management.commands import changepassword
from django.contrib.auth.models import User

from accounts import first_password
from accounts.changes import AccountChange, Kind


class Command(changepassword.Command):
    def handle(self, *args: Any, **options: Any) -> Any:
        before = dict(User.objects.values_list("pk", "password"))
        result = super().handle(*args, **options)
        for user in User.objects.all():
            if before.get(user.pk) != user.password:
                first_password.was_set(user)
                says = "コマンドでパスワードを変更しました。"
                AccountChange(None, user, Kind.CHANGED, says).tell()
        return result
