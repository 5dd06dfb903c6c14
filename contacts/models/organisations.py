"""The organisations behind the desks."""

from __future__ import annotations

from django.db import models

from contacts.validators import validate_postal_code
from core.fields import ProseField, WordsField


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def get_by_natural_key(self, code: str) -> Organisation:
        return self.get(code=code)


class Organisation(models.Model):
    code = models.SlugField(
        "コード",
        unique=True,
        help_text="データの書き出しに使う半角の名前です。公開ページには出ません。",
    )
    name = WordsField("会社名", max_length=100, unique=True)
    short_name = WordsField(
        "短い会社名", max_length=100, help_text="見出しなどで使います。例:損害保険ジャパン"
    )
    abbreviation = WordsField(
        "文の中の略称",
        max_length=100,
        blank=True,
        help_text="文の中の{引受保険会社の略称}に差し込みます。空欄なら、短い会社名になります。例:損保ジャパン",
    )
    url = models.URLField("URL", blank=True)
    postal_code = models.CharField(
        "郵便番号",
        max_length=8,
        blank=True,
        validators=[validate_postal_code],
        help_text="窓口の住所と一緒に出ます。「会社概要」のページには出ません。",
    )
    address = WordsField(
        "所在地",
        max_length=200,
        blank=True,
        help_text="住所が空欄の窓口では、ここに入力した所在地が出ます。",
    )
    statement = ProseField(
        "会社案内", blank=True, help_text="引受保険会社のものは「会社概要」のページに出ます。"
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "会社・団体"
        verbose_name_plural = "会社・団体"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name

    @property
    def postal_address(self) -> str:
        """Return the postal address with its code, as far as they are known."""
        return f"〒{self.postal_code} {self.address}" if self.postal_code else self.address

    @property
    def name_in_sentences(self) -> str:
        """Return the abbreviation, or the short name where there is none."""
        return self.abbreviation or self.short_name

    def natural_key(self) -> tuple[str]:
        return (self.code,)
