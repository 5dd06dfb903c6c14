"""Kinds and states that several models and pages use."""

from django.db import models


class CoverageKind(models.TextChoices):
    LIABILITY = "liability", "賠償"
    EXPENSES = "expenses", "費用"
    PROFIT = "profit", "利益"


# What public pages call a kind of cover where the term has no category with a name for it.
COVER_NAMES: dict[str, str] = {
    CoverageKind.LIABILITY: "賠償",
    CoverageKind.EXPENSES: "費用",
    CoverageKind.PROFIT: "利益",
}


class TermState(models.TextChoices):
    """The place of a moment in a policy term. No field stores it: the labels are what public pages say, and the
    admin quotes them.
    """

    BEFORE = "before", "開始前"
    OPEN = "open", "加入受付中"
    INTAKE_OVER = "intake-over", "今期の受付終了"
    ENDED = "ended", "満了"

    @property
    def has_not_started(self) -> bool:
        return self is TermState.BEFORE

    @property
    def takes_applications(self) -> bool:
        """Return whether an application made now leads to cover in the term."""
        return self in (TermState.BEFORE, TermState.OPEN)

    @property
    def is_intake_over(self) -> bool:
        """Return whether the term still runs, but takes no more applications."""
        return self is TermState.INTAKE_OVER

    @property
    def is_over(self) -> bool:
        return self is TermState.ENDED
