"""The published premiums of a term."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from core.fields import LargeYenField, YenField
from core.japanese import yen_in_units
from products.models.terms import PolicyTerm
from products.premiums import Bar, bar_for


class PremiumRow(models.Model):
    """One published example. All amounts are whole yen; the monthly figures are data of their own,
    not the annual ones divided by twelve."""

    term = models.ForeignKey(
        PolicyTerm, verbose_name="保険期間", on_delete=models.CASCADE, related_name="premium_rows"
    )
    number = models.PositiveSmallIntegerField("No", validators=[MinValueValidator(1)])
    turnover = LargeYenField("売上高(円)")
    liability_limit = LargeYenField("保険金額・賠償(円)")
    expense_limit = LargeYenField("保険金額・費用(円)")
    profit_limit = LargeYenField(
        "保険金額・利益(円)",
        null=True,
        blank=True,
        help_text="利益の補償がない例では空欄にします。",
    )
    profit_indemnity_months = models.PositiveSmallIntegerField(
        "利益てん補期間(カ月)", null=True, blank=True
    )
    annual_low = YenField("年間保険料・下限(円)")
    annual_high = YenField("年間保険料・上限(円)")
    monthly_low = YenField("月額保険料・下限(円)")
    monthly_high = YenField("月額保険料・上限(円)")

    class Meta:
        verbose_name = "保険料の例"
        verbose_name_plural = "保険料の例"
        ordering = ("term", "number")
        constraints = (
            models.CheckConstraint(
                name="premium_low_not_above_high",
                condition=Q(annual_low__lte=F("annual_high"), monthly_low__lte=F("monthly_high")),
                violation_error_message="保険料の下限は、上限以下にしてください。",
            ),
            models.CheckConstraint(
                name="premium_amounts_above_zero",
                condition=Q(
                    turnover__gt=0,
                    liability_limit__gt=0,
                    expense_limit__gt=0,
                    annual_low__gt=0,
                    monthly_low__gt=0,
                ),
                violation_error_message="売上高、賠償・費用の保険金額、保険料は、0より大きくしてください。",
            ),
            models.CheckConstraint(
                name="premium_profit_limit_with_indemnity_period",
                condition=Q(profit_limit=None, profit_indemnity_months=None)
                | Q(
                    profit_limit__isnull=False,
                    profit_indemnity_months__isnull=False,
                    profit_limit__gt=0,
                    profit_indemnity_months__gt=0,
                ),
                violation_error_message="利益の保険金額と利益てん補期間は、"
                "両方を0より大きく入力するか、両方を空欄にしてください。",
            ),
            models.UniqueConstraint(
                fields=("term", "number"),
                name="premium_number_once_per_term",
                violation_error_message="同じ No の保険料の例がすでにあります。",
            ),
            models.UniqueConstraint(
                fields=("term", "turnover"),
                condition=Q(profit_limit=None),
                name="premium_once_per_turnover_without_profit",
                violation_error_message="この売上高の、利益の補償がない例がすでにあります。",
            ),
            models.UniqueConstraint(
                fields=("term", "turnover"),
                condition=Q(profit_limit__isnull=False),
                name="premium_once_per_turnover_with_profit",
                violation_error_message="この売上高の、利益の補償がある例がすでにあります。",
            ),
        )

    def __str__(self) -> str:
        return f"No.{self.number} 売上高{yen_in_units(self.turnover)}"

    @property
    def covers_profit(self) -> bool:
        """Return whether the example has the optional profit cover."""
        return self.profit_limit is not None

    @property
    def bar(self) -> Bar:
        return bar_for(self)
