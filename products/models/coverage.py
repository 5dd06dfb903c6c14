"""The coverage of a term, and the support that comes with it."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from core.fields import LinesField, ProseField, WordsField
from core.models import Ordered
from products.models.choices import CoverageKind
from products.models.terms import PolicyTerm


class CoverageCategoryQuerySet(models.QuerySet["CoverageCategory"]):
    def get_by_natural_key(self, term: str, kind: str) -> CoverageCategory:
        return self.get(term__code=term, kind=kind)


class CoverageCategory(Ordered):
    term = models.ForeignKey(
        PolicyTerm,
        verbose_name="保険期間",
        on_delete=models.CASCADE,
        related_name="coverage_categories",
    )
    kind = models.CharField("区分", max_length=20, choices=CoverageKind)
    short_name = WordsField(
        "短い呼び名", max_length=20, help_text="保険料の表の見出しなどで使います。例:賠償"
    )
    title = WordsField("見出し", max_length=100)
    text = ProseField("説明")
    is_option = models.BooleanField("オプション", default=False)
    examples_heading = WordsField(
        "費用の例の見出し", max_length=100, blank=True, help_text="例:補償の対象となる費用の例"
    )
    examples = LinesField("費用の例", blank=True, help_text="1行に1つ。")

    objects = CoverageCategoryQuerySet.as_manager()

    parts = ("events",)

    class Meta(Ordered.Meta):
        verbose_name = "補償"
        verbose_name_plural = "補償"
        constraints = (
            models.UniqueConstraint(
                fields=("term", "kind"),
                name="coverage_kind_once_per_term",
                violation_error_message="この区分の補償がすでにあります。",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str, str]:
        return (self.term.code, self.kind)

    @property
    def is_profit(self) -> bool:
        """Return whether this covers lost profit, which not every premium row includes."""
        return self.kind == CoverageKind.PROFIT

    def publish_for_preview(self, at: datetime) -> datetime:
        """Make the term public: see `PolicyTerm.publish_for_preview`."""
        return self.term.publish_for_preview(at)


class CoveredEvent(Ordered):
    category = models.ForeignKey(
        CoverageCategory, verbose_name="補償", on_delete=models.CASCADE, related_name="events"
    )
    title = WordsField("見出し", max_length=100, help_text="①②… の番号は並び順から自動で付きます。")
    text = ProseField("説明")

    class Meta(Ordered.Meta):
        verbose_name = "対象となる事故"
        verbose_name_plural = "対象となる事故"

    def __str__(self) -> str:
        return self.title


class SupportFunctionQuerySet(models.QuerySet["SupportFunction"]):
    def get_by_natural_key(self, term: str, title: str) -> SupportFunction:
        return self.get(term__code=term, title=title)


class SupportFunction(Ordered):
    term = models.ForeignKey(
        PolicyTerm,
        verbose_name="保険期間",
        on_delete=models.CASCADE,
        related_name="support_functions",
    )
    title = WordsField("見出し", max_length=100)
    items = LinesField("内容", help_text="1行に1つ。")

    objects = SupportFunctionQuerySet.as_manager()

    class Meta(Ordered.Meta):
        verbose_name = "サポート機能"
        verbose_name_plural = "サポート機能"
        constraints = (
            models.UniqueConstraint(
                fields=("term", "title"),
                name="support_function_once_per_term",
                violation_error_message="同じ見出しのサポート機能がすでにあります。",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str, str]:
        return (self.term.code, self.title)
