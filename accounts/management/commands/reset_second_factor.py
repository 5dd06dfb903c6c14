"""A command that lets in a sole administrator who has lost the telephone and the recovery codes."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts import lockout, second_factor
from accounts.changes import AccountChange, Kind


class Command(BaseCommand):
    help = (
        "Removes the second factor of a user who has lost it, and lifts the lock-out: at the next"
        " sign-in the password is enough to set up a new one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no user {username}.")
        with transaction.atomic():
            second_factor.reset(user)
            lockout.lift(user)
            says = "コマンドで2段階認証とログインの停止を解除しました。"
            AccountChange(None, user, Kind.CHANGED, says).tell()
        self.stdout.write(
            f"{username} sets up a new second factor at the next sign-in."
            f" For a new password: manage.py changepassword {username}"
        )
