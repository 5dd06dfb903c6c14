"""Kinds and states that several models and pages use."""

from enum import StrEnum

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


class TermState(StrEnum):
    """The place of a moment in a policy term. No field stores it."""

    BEFORE = "before"
    OPEN = "open"
    INTAKE_OVER = "intake-over"
    ENDED = "ended"

    @property
    def name_on_pages(self) -> str:
        """Return the name of the state on public pages; the admin quotes it."""
        return STATE_NAMES[self]

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


# What public pages call each state of a term.
STATE_NAMES: dict[str, str] = {
    TermState.BEFORE: "開始前",
    TermState.OPEN: "加入受付中",
    TermState.INTAKE_OVER: "今期の受付終了",
    TermState.ENDED: "保険期間満了",
}
