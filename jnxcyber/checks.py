"""The check of the accounts, which the floors of content and of accounts do not know of each other."""

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.urls import reverse

from core.japanese import person
from core.moment import Moment
from editing.findings import Finding, Rank, content_check


@content_check(Rank.OPEN_QUESTION)
def accounts(moment: Moment) -> Iterator[Finding]:
    """Find accounts that can do nothing, because they have no role."""
    for user in User.objects.filter(is_active=True, is_superuser=False, groups=None):
        yield Finding(
            key=f"account:{user.pk}",
            says=f"{person(user)}さんのアカウントに役割がありません。",
            advice="ログインできません。システム管理の人が役割を選ぶか、使わないなら「有効」の印を外してください。",
            url=reverse("admin:auth_user_change", args=[user.pk]),
            found=user.username,
        )
