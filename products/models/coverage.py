"""What the insurance of a term covers, and the support that comes with it."""

from __future__ import annotations

from django.db import models

from products.models.base import Ordered
from products.models.terms import PolicyTerm


class CoverageKind(models.TextChoices):
    LIABILITY = "liability", "賠償"
    EXPENSES = "expenses", "費用"
    PROFIT = "profit", "利益"


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
    title = models.CharField("見出し", max_length=100)
    text = models.TextField("説明")
    is_option = models.BooleanField("オプション", default=False)
    examples_heading = models.CharField(
        "費用の例の見出し", max_length=100, blank=True, help_text="例:補償の対象となる費用の例"
    )
    examples = models.TextField("費用の例", blank=True, help_text="1行に1つ。")

    objects = CoverageCategoryQuerySet.as_manager()

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


class CoveredEvent(Ordered):
    category = models.ForeignKey(
        CoverageCategory, verbose_name="補償", on_delete=models.CASCADE, related_name="events"
    )
    title = models.CharField(
        "見出し", max_length=100, help_text="①②… の番号は並び順から自動で付きます。"
    )
    text = models.TextField("説明")

    class Meta(Ordered.Meta):
        verbose_name = "対象となる事故"
        verbose_name_plural = "対象となる事故"

    def __str__(self) -> str:
        return self.title


class SupportFunction(Ordered):
    term = models.ForeignKey(
        PolicyTerm,
        verbose_name="保険期間",
        on_delete=models.CASCADE,
        related_name="support_functions",
    )
    title = models.CharField("見出し", max_length=100)
    items = models.TextField("内容", help_text="1行に1つ。")

    class Meta(Ordered.Meta):
        verbose_name = "サポート機能"
        verbose_name_plural = "サポート機能"

    def __str__(self) -> str:
        return self.title
