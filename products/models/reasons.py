"""The reasons to join, each with the note that qualifies it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from core.fields import NoteField, ProseField, WordsField
from core.models import Ordered
from core.typed_text import comparable
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

    class Meta(Ordered.Meta):
        verbose_name = "選ばれる理由"
        verbose_name_plural = "選ばれる理由"

    def __str__(self) -> str:
        return self.title

    @property
    def limits(self) -> dict[Limit, str]:
        """Return the notes of the term that limit what the reason claims, each with the words that claim."""
        return limits_of(f"{self.title}{self.text}")

    @property
    def limit_notes(self) -> list[str]:
        """Return these notes as pages show them, with their marks."""
        notes = [(limit.mark, getattr(self.term, limit.field)) for limit in self.limits]
        return [f"{mark}{note}" for mark, note in notes if note]

    def clean(self) -> None:
        """Refuse the claim of a scale merit without its note."""
        claim = comparable(f"{self.title}{self.text}")
        if comparable(SCALE_MERIT) in claim and not self.note:
            raise ValidationError({"note": f"「{SCALE_MERIT}」を示すときは、注記が必要です。"})
