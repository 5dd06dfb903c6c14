"""What the work of editing leaves behind beside the content."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import models
from django.db.models.functions import Now


class SavedForm(models.Model):
    """A form that added something: pressing the button twice must not add it twice."""

    token = models.UUIDField(primary_key=True)
    saved_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "保存した入力"
        verbose_name_plural = "保存した入力"
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.token)

    @classmethod
    def note(cls, token: UUID) -> bool:
        """Whether the form is saved for the first time. Those of yesterday are forgotten."""
        cls.objects.filter(saved_at__lt=Now() - timedelta(days=1)).delete()
        return cls.objects.get_or_create(token=token)[1]
