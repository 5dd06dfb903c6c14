"""The reasons to join, each with the note that qualifies it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from core.fields import NoteField, ProseField, WordsField
from core.models import Ordered
from products.claims import Limit, limits_of
from products.models.terms import PolicyTerm

SCALE_MERIT = "スケールメリット"


class Reason(Ordered):
    term = models.ForeignKey(
        PolicyTerm, verbose_name="保険期間", on_delete=models.CASCADE, related_name="reasons"
    )
    title = WordsField("見出し", max_length=100)
    text = ProseField("説明", blank=True)
    note = NoteField(
        "注記", blank=True, help_text="見出しを出すところに必ず一緒に出ます。* は自動で付きます。"
    )

    limit = models.CharField(
        "一緒に出す注記",
        max_length=20,
        choices=Limit,
        blank=True,
        help_text="保険期間の注記のうち、この特徴と必ず一緒に出すもの。",
    )

    class Meta(Ordered.Meta):
        verbose_name = "選ばれる理由"
        verbose_name_plural = "選ばれる理由"

    def __str__(self) -> str:
        return self.title

    @property
    def limit_note(self) -> str:
        """Return the note of the term that limits the claim, with its mark; "" for a claim without limits."""
        note = getattr(self.term, self.limit) if self.limit else ""
        mark = "(注)" if self.limit == Limit.SUPPORT else "*"
        return f"{mark}{note}" if note else ""

    def clean(self) -> None:
        """Refuse a claim without its limit: that of a scale merit has a note of its own, others one of the term."""
        for limit, words in limits_of(f"{self.title}{self.text}").items():
            if self.limit != limit:
                raise ValidationError(
                    {"limit": f"「{words}」を示すときは、「{limit.label}」を選んでください。"}
                )
        if SCALE_MERIT in f"{self.title}{self.text}" and not self.note:
            raise ValidationError({"note": f"「{SCALE_MERIT}」を示すときは、注記が必要です。"})
