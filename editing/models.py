"""What the work of editing leaves behind beside the content."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from core.fields import ProseField


class AcceptedFinding(models.Model):
    """A finding of the content checks that stays as it is, and why. It holds for what was found: when
    the fingerprint is another, the finding is open again."""

    key = models.CharField("指摘", max_length=150, unique=True)
    fingerprint = models.CharField("指摘した内容", max_length=64)
    note = ProseField("このままでよい理由", max_length=300)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="確認した人", on_delete=models.SET_NULL, null=True
    )
    accepted_at = models.DateTimeField("確認した日時")

    class Meta:
        verbose_name = "確認済みの指摘"
        verbose_name_plural = "確認済みの指摘"

    def __str__(self) -> str:
        return self.note


class SavedForm(models.Model):
    """What was sent to add something: pressing the button twice, or going back and pressing it again,
    must not add the same thing twice."""

    digest = models.CharField(max_length=64, primary_key=True)
    saved_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "保存した入力"
        verbose_name_plural = "保存した入力"
        default_permissions = ()

    def __str__(self) -> str:
        return self.digest

    @classmethod
    def note(cls, digest: str) -> bool:
        """Whether this is sent for the first time within an hour."""
        cls.objects.filter(saved_at__lt=Now() - timedelta(hours=1)).delete()
        return cls.objects.get_or_create(digest=digest)[1]
