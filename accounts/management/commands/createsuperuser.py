"""Django's command, that also tells of the account it added."""

from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.contrib.auth.models import User

from accounts.changes import AccountChange, Kind


class Command(createsuperuser.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        before = {*User.objects.values_list("pk", flat=True)}
        super().handle(*args, **options)
        for user in User.objects.exclude(pk__in=before):
            AccountChange(None, user, Kind.ADDED, "コマンドで管理者を追加しました。").tell()
