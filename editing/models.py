"""The tables of the toolkit: they hold no content."""

from __future__ import annotations

from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models.functions import Now

from core.fields import ProseField
from core.moment import Moment
from editing.findings import Finding

AN_HOUR = timedelta(hours=1)


class AcceptedFinding(models.Model):
    """A finding of the content checks that somebody accepted, with the reason.

    It is open again as soon as its fingerprint changes.
    """

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

    @classmethod
    def accept(cls, finding: Finding, note: str, user: User, moment: Moment) -> None:
        """Store that the user accepts the finding as it is now, in place of an earlier acceptance of it."""
        acceptance = {
            "fingerprint": finding.fingerprint,
            "note": note,
            "accepted_by": user,
            "accepted_at": moment.at,
        }
        cls.objects.update_or_create(key=finding.key, defaults=acceptance)


class SavedForm(models.Model):
    """The digest of a form that was sent to add something, and what it added.

    Pressing the button twice, or going back and pressing it again, must not add the same thing twice.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    saved_at = models.DateTimeField(db_default=Now())
    model = models.CharField(max_length=100, default="")
    object_id = models.CharField(max_length=40, default="")

    class Meta:
        verbose_name = "保存した入力"
        verbose_name_plural = "保存した入力"
        default_permissions = ()

    def __str__(self) -> str:
        return self.digest

    @classmethod
    def claim(cls, digest: str) -> bool:
        """Return whether to add what was sent; False where it was added within an hour and still exists.

        Call it in a transaction: whoever sends the same meanwhile waits for the end of it.
        """
        cls.objects.filter(saved_at__lt=Now() - AN_HOUR).delete()
        saved, is_first = cls.objects.select_for_update().get_or_create(digest=digest)
        return is_first or not saved.result_exists()

    @classmethod
    def note_result(cls, digest: str, added: models.Model) -> None:
        """Remember what was added by what was sent."""
        result = {"model": added._meta.label_lower, "object_id": str(added.pk)}
        cls.objects.filter(digest=digest).update(saved_at=Now(), **result)

    def result_exists(self) -> bool:
        """Return whether something was added and has not been deleted since."""
        if not self.model:
            return False
        return apps.get_model(self.model)._default_manager.filter(pk=self.object_id).exists()
