"""The doubts about claims whose limit visitors would not see: in the reasons of a term, and in answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from django.db.models import Model

from editing.saving import Trial
from products.claims import Limit, limits_of
from products.models import FaqEntry, PolicyTerm, Reason


def doubts_about_answer(trial: Trial) -> list[str]:
    """Return what to confirm of an answer that the edit leaves, or makes, without the note of its claim."""
    entry = cast(FaqEntry, trial.instance)
    terms = list(PolicyTerm.objects.living_at(trial.edit.moment))
    before = FaqEntry(**{name: trial.was(entry).get(name, "") for name in ("question", "answer")})
    known = unlimited_in_answer(before, terms)
    return [
        without_note(limit, words, entry)
        for limit, words in unlimited_in_answer(entry, terms).items()
        if limit not in known
    ]


def unlimited_by_the_edit(trial: Trial, term: PolicyTerm) -> Iterator[str]:
    """Yield the claims whose note the edit of the term takes away, and new claims without one."""
    before = trial.was(term)
    for reason in term.reasons.all():
        was = trial.was(reason)
        claimed = limits_of(f"{was.get('title', '')}{was.get('text', '')}")
        for limit, words in unlimited_in_reason(reason).items():
            if before.get(limit.field) or limit not in claimed:
                yield without_note(limit, words, reason)
    living = list(PolicyTerm.objects.living_at(trial.edit.moment))
    if term not in living:
        return
    for entry in FaqEntry.objects.all():
        for limit, words in unlimited_in_answer(entry, living).items():
            if (note := before.get(limit.field)) and note in entry.answer:
                yield without_note(limit, words, entry)


def unlimited_in_reason(reason: Reason) -> dict[Limit, str]:
    """Return the limits of what a reason claims whose note its term lacks, each with the words that claim."""
    limits = reason.limits.items()
    return {limit: words for limit, words in limits if not getattr(reason.term, limit.field)}


def unlimited_in_answer(entry: FaqEntry, terms: list[PolicyTerm]) -> dict[Limit, str]:
    """Return the limits of what an answer claims whose note, that of one of the terms, does not stand in it."""
    return {
        limit: words
        for limit, words in limits_of(f"{entry.question}{entry.answer}").items()
        if not any(note in entry.answer for term in terms if (note := getattr(term, limit.field)))
    }


def without_note(limit: Limit, words: str, row: Model) -> str:
    """Return the sentence that the row claims in these words what needs the note."""
    return f"{row._meta.verbose_name}「{row}」に「{words}」とありますが、{limit.label}が付いていません。"
