"""The product: one row, which every page names."""

from __future__ import annotations

from django.db import models

from contacts.models import Organisation
from core.fields import WordsField
from core.models import OnlyOne


class Product(OnlyOne):
    name = WordsField("商品名", max_length=100, help_text="すべてのページの上部と見出しに出ます。")
    insurance_class = WordsField(
        "保険の種類", max_length=50, help_text="「〇〇の補償内容」のように見出しで使います。"
    )
    insurer = models.ForeignKey(
        Organisation, verbose_name="引受保険会社", on_delete=models.PROTECT, related_name="products"
    )

    class Meta(OnlyOne.Meta):
        verbose_name = "保険商品"
        verbose_name_plural = "保険商品"

    def __str__(self) -> str:
        return self.name
