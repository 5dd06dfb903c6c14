"""Claims and their limits: what qualifies a claim stands wherever the claim does. Needs no database.

On the one page that this site replaces, 「お支払いできない場合…」 and (注) stood near 「包括的に補償」 and 「自動付帯」.
"""

from __future__ import annotations

from django.db import models


class Limit(models.TextChoices):
    """A note of the policy term that limits a claim; the value is the name of its field."""

    COVERAGE = "coverage_note", "補償内容の注記"
    SUPPORT = "support_note", "サポート機能の注記"


CLAIMS = {"幅広い補償": Limit.COVERAGE, "包括": Limit.COVERAGE, "自動付帯": Limit.SUPPORT}


def limits_of(text: str) -> dict[Limit, str]:
    """Return the limits of the claims that a text makes, each with the words that claim."""
    return {limit: words for words, limit in reversed(CLAIMS.items()) if words in text}
