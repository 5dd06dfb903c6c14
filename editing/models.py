"""The tables of the toolkit: they hold no content."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import models, transaction
from django.db.models.functions import Now

from core.clock import real_now
from core.fields import ProseField
from core.japanese import person
from core.moment import Moment
from editing.findings import Finding

if TYPE_CHECKING:
    from editing.differences import Difference

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
    def accept(cls, finding: Finding, note: str, user: User, moment: Moment) -> AcceptedFinding:
        """Store that the user accepts the finding, unless somebody has accepted it as it is now; return what is stored.

        The acceptance replaces one of what was found earlier.
        """
        acceptance = {
            "fingerprint": finding.fingerprint,
            "note": note,
            "accepted_by": user,
            "accepted_at": moment.at,
        }
        with transaction.atomic():
            rows = cls.objects.select_for_update()
            stored, is_new = rows.get_or_create(key=finding.key, defaults=acceptance)
            if not is_new and stored.fingerprint != finding.fingerprint:
                stored, _ = rows.update_or_create(key=finding.key, defaults=acceptance)
        return stored


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


class FormDraft(models.Model):
    """The fields that one user has typed into one loaded form and not saved.

    It is no content: history and record do not know it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    path = models.CharField(max_length=200)
    tab = models.CharField(max_length=32)  # the id that the form was loaded with
    fields = models.JSONField()  # pairs of name and value, as a browser sends them
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = "入力の途中"
        verbose_name_plural = "入力の途中"
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("user", "path", "tab"), name="form_draft_once_per_tab"),
        )

    def __str__(self) -> str:
        return self.path


class ChangeKind(models.TextChoices):
    ADDED = "added", "追加"
    CHANGED = "changed", "変更"
    DELETED = "deleted", "削除"
    RIGHTS = "rights", "役割や権限の変更"


class RecordedChangeQuerySet(models.QuerySet["RecordedChange"]):
    def visible_to(self, user: User | AnonymousUser) -> RecordedChangeQuerySet:
        """Return the entries that the user may read: those of accounts and those of content by separate rights."""
        if not user.has_perm("editing.see_record"):
            return self.none()
        of_accounts = models.Q(key__startswith="auth.")
        visible = self
        if not user.has_perm("auth.view_user"):
            visible = visible.exclude(of_accounts)
        elif not user.is_superuser:  # superusers are known to superusers only
            visible = visible.exclude(key__in=map(key_of, User.objects.filter(is_superuser=True)))
        if not any(user.has_module_perms(label) for label in settings.CONTENT_APPS):
            visible = visible.filter(of_accounts)
        return visible

    def about(self, key: str) -> RecordedChangeQuerySet:
        """Return the entries about the row with this key and about what belonged to it."""
        return self.filter(models.Q(key=key) | models.Q(whole_key=key))


class RecordedChange(models.Model):
    """An entry of the record of changes: who changed what, when, how and why, in words.

    It refers to nothing by foreign key, so that it outlives accounts, rows and models. A key is the label of a
    model and a primary key, as in a snapshot. Triggers refuse to change or delete an entry: `record_triggers.py`.
    """

    at = models.DateTimeField("日時", db_index=True)
    account = models.BigIntegerField("アカウントの番号", null=True)
    by = models.CharField("変更した人", max_length=310, blank=True)  # "" for a command
    kind = models.CharField("変更の種類", max_length=10, choices=ChangeKind)
    key = models.CharField(max_length=150, db_index=True)
    model_name = models.CharField("対象の種類", max_length=100)
    name = models.TextField("対象")
    # Of what the row is a part of, or its own:
    whole_key = models.CharField(max_length=150, db_index=True)
    whole_name = models.TextField(blank=True)  # "" where the row is no part
    says = models.TextField("内容", blank=True)
    reason = models.TextField("訂正の理由", blank=True)
    differences = models.JSONField("変更前と変更後", default=list)  # dicts: row, field, old, new
    words = models.TextField()  # all that is searched
    step = models.UUIDField(db_index=True)  # shared by what one press of a button changed

    objects = RecordedChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "変更の記録"
        verbose_name_plural = "変更の記録"
        ordering = ("-pk",)
        default_permissions = ()
        permissions = (("see_record", "変更の記録を見る"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.model_name}「{self.name}」"

    @classmethod
    def write(
        cls,
        by: User | None,
        kind: ChangeKind,
        row: models.Model,
        *,
        whole: models.Model | None = None,
        differences: Sequence[Difference] = (),
        name: str = "",
        says: str = "",
        reason: str = "",
        step: UUID | None = None,
    ) -> None:
        """Add an entry about the row; `whole` is what it is a part of, None where it is no part."""
        told = [
            {"row": each.row, "field": each.field, "old": each.old, "new": each.new}
            for each in differences
        ]
        entry: dict[str, Any] = {
            "by": person(by) if by else "",
            "model_name": str(row._meta.verbose_name),
            "name": name or str(row),
            "whole_name": f"{whole._meta.verbose_name} {whole}" if whole else "",
            "says": says,
            "reason": reason,
        }
        searched = [*entry.values(), *(text for each in told for text in each.values())]
        cls.objects.create(
            at=real_now(),
            account=by.pk if by else None,
            kind=kind,
            key=key_of(row),
            whole_key=key_of(whole or row),
            differences=told,
            words="\n".join(searched),
            step=step or uuid4(),
            **entry,
        )


def key_of(row: models.Model) -> str:
    """Return the key under which the record knows the row."""
    return f"{row._meta.label_lower} {row.pk}"
