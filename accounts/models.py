"""The sign-ins of the last 90 days, and whose password was set by somebody else."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_address, ip_network

from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.http import HttpRequest

from accounts.client_ip import client_ip_of
from core.clock import real_now

KEPT_FOR = timedelta(days=90)
MOST_KEPT = 20_000  # whoever tries passwords by the thousand must not fill the disk
PREFIXES = {4: 24, 6: 48}  # bits of an IP that are kept


class Outcome(models.TextChoices):
    SUCCEEDED = "succeeded", "成功"
    HALF = "half", "パスワードまで(2段階認証の前)"
    WRONG_PASSWORD = "wrong-password", "失敗(パスワード)"
    WRONG_TOKEN = "wrong-token", "失敗(2段階認証)"


class FirstPassword(models.Model):
    """A user whose password was set by somebody else, and has not been changed since."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, verbose_name="ユーザー")

    class Meta:
        verbose_name = verbose_name_plural = "はじめのパスワード"
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.user)


class SignInQuerySet(models.QuerySet["SignIn"]):
    def of(self, user: User) -> SignInQuerySet:
        """Return the attempts with the name of the user, who may see them."""
        return self.filter(account=user.get_username(), at__gt=real_now() - KEPT_FOR)

    def visible_to(self, user: User | AnonymousUser) -> SignInQuerySet:
        """Return the attempts that the user may see: superusers are known to superusers only."""
        kept = self.filter(at__gt=real_now() - KEPT_FOR)
        if not user.has_perm("accounts.see_sign_ins"):
            return self.none()
        if user.is_superuser:
            return kept
        return kept.exclude(account__in=User.objects.filter(is_superuser=True).values("username"))


class SignIn(models.Model):
    """An attempt to sign in.

    Of a failed one the name is kept only where it is that of an account: some people type their password there.
    """

    at = models.DateTimeField("日時", db_index=True)
    account = models.CharField("ユーザー名", max_length=150, blank=True)  # "" where there is none
    network = models.CharField("接続元", max_length=43, blank=True)
    outcome = models.CharField("結果", max_length=20, choices=Outcome)

    objects = SignInQuerySet.as_manager()

    class Meta:
        verbose_name = "ログインの記録"
        verbose_name_plural = "ログインの記録"
        ordering = ("-pk",)
        default_permissions = ()
        permissions = (("see_sign_ins", "ログインの記録を見る"),)

    def __str__(self) -> str:
        return f"{self.account} {self.get_outcome_display()}"

    @classmethod
    def note(cls, request: HttpRequest | None, name: str, outcome: Outcome) -> None:
        """Add an attempt, and delete those that are too old or too many."""
        is_known = User.objects.filter(username=name).exists()
        added = cls.objects.create(
            at=real_now(),
            account=name if is_known else "",
            network=network_of(client_ip_of(request) if request else None),
            outcome=outcome,
        )
        outdated = models.Q(at__lte=added.at - KEPT_FOR) | models.Q(pk__lte=added.pk - MOST_KEPT)
        cls.objects.filter(outdated).delete()


def network_of(ip: str | None) -> str:
    """Return the network that an IP is in, which names no household; "" where there is no IP."""
    if not ip:
        return ""
    return str(ip_network((ip, PREFIXES[ip_address(ip).version]), strict=False))
