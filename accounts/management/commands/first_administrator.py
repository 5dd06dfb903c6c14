import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import first_password
from accounts.changes import AccountChange, Kind
from core.served_url import served_url

# Without those that look alike: the password is to be read and typed.
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


class Command(BaseCommand):
    help = "Makes the first administrator, with a password that is shown once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", default="admin", help="default: %(default)s")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        if administrator := User.objects.filter(is_superuser=True, is_active=True).first():
            name = administrator.get_username()
            raise CommandError(
                f"There is an administrator already: {name}. "
                f"For a new password: manage.py changepassword {name}"
            )
        if User.objects.filter(username=username).exists():
            raise CommandError(
                f"There is a user {username} already: choose another name with --username."
            )
        password = "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4))
        user = User.objects.create_superuser(username, password=password)
        first_password.was_set(user)
        AccountChange(None, user, Kind.ADDED, "最初の管理者を追加しました。").tell()
        self.stdout.write(f"\n  User name:  {username}")
        self.stdout.write(f"  Password:   {password}    (shown only now)")
        self.stdout.write("\n  What to do next:")
        steps = [f"Sign in at {served_url()}/admin/ with them."]
        if settings.SECOND_FACTOR:
            steps += [
                "Set up the second factor: scan the QR code with an authenticator app and "
                "keep the recovery codes."
            ]
        steps += [
            "Change the password: the admin asks for it.",
            "Add your colleagues (ユーザー), each with a role: 事務局 edits the content, "
            "閲覧 looks at it, システム管理 manages users.",
        ]
        for number, step in enumerate(steps, start=1):
            self.stdout.write(f"  {number}. {step}")
        self.stdout.write("")
