"""What the secretariat decided while editing."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from jnxcyber.fields import Prose


class AcceptedFinding(models.Model):
    """A finding of the content checks that stays as it is, and why. It holds for what was found: when
    the fingerprint is another, the finding is open again."""

    key = models.CharField("指摘", max_length=150, unique=True)
    fingerprint = models.CharField("指摘した内容", max_length=64)
    note = Prose("このままでよい理由", max_length=300)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="確認した人", on_delete=models.SET_NULL, null=True
    )
    accepted_at = models.DateTimeField("確認した日時")

    class Meta:
        verbose_name = "確認済みの指摘"
        verbose_name_plural = "確認済みの指摘"

    def __str__(self) -> str:
        return self.note
