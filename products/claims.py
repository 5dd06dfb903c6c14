"""Claims and their limits: what qualifies a claim stands wherever the claim does. Needs no database.

On the one page that this site replaces, 「お支払いできない場合…」 and (注) stood near 「包括的に補償」 and 「自動付帯」.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.typed_text import comparable


@dataclass(frozen=True)
class Limit:
    """A note of the policy term that limits claims: its field with the label, and the mark that pages put before it."""

    field: str
    label: str
    mark: str


COVERAGE = Limit("coverage_note", "補償内容の注記", "*")
SUPPORT = Limit("support_note", "サポート機能の注記", "(注)")

CLAIMS = {"包括": COVERAGE, "幅広い補償": COVERAGE, "自動付帯": SUPPORT}


def limits_of(text: str) -> dict[Limit, str]:
    """Return the limits of the claims that a text makes, each with the words that claim."""
    claims = comparable(text)
    return {limit: words for words, limit in CLAIMS.items() if comparable(words) in claims}
