"""The doubts about the dates of a term: a slip in one of them changes what the public pages promise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from core.clock import TOKYO
from core.japanese import day
from editing.saving import CHECK_THE_YEAR, Trial
from products.doubts.publication import in_words, was_public
from products.models import PolicyTerm
from products.rollover import a_year_later

# That a term becomes public, or is recruited for, before it starts.
LONG_BEFORE = timedelta(days=366)
CHECK_THE_DATES = "日時の入力に間違いがないか、確かめてください。"
ENDS = {"starts_at": "開始", "ends_at": "終了"}
RECRUITING = {"recruiting_from": "最初の日", "recruiting_until": "最後の日"}


def doubtful_dates(trial: Trial, term: PolicyTerm, last_year: PolicyTerm | None) -> Iterator[str]:
    """Yield what is unusual in the dates that the edit changes, and what visitors no longer see."""
    changed = trial.changes(term)
    yield from _promise_changed(trial, term)
    if changed & {"public_from", "starts_at"}:
        yield from long_before(term)
        yield from _public_too_late(term)
    if changed & {"starts_at", "ends_at"} and term.ends_at != a_year_later(term.starts_at):
        yield (
            f"保険期間が、{in_words(term.starts_at)}から{in_words(term.ends_at)}までで、ちょうど1年では"
            f"ありません。{CHECK_THE_DATES}"
        )
    if last_year and "starts_at" in changed:
        yield from _not_adjoining(last_year, term, "前の保険期間", "この保険期間")
    if "ends_at" in changed and (next_year := _term_after(term)):
        yield from _not_adjoining(term, next_year, "この保険期間", "次の保険期間")
    if changed & {*RECRUITING, "starts_at"}:
        yield from _recruiting_long_before(term)


def long_before(term: PolicyTerm) -> Iterator[str]:
    """Yield that the term is public, or will be, long before it starts: often a slip in the year."""
    if term.public_from and term.starts_at - term.public_from > LONG_BEFORE:
        at = in_words(term.public_from)
        yield f"公開開始({at})が、保険期間の開始より1年以上前です。{CHECK_THE_YEAR}"


def _public_too_late(term: PolicyTerm) -> Iterator[str]:
    if term.public_from and term.public_from > term.starts_at:
        name = "ends_at" if term.public_from > term.ends_at else "starts_at"
        yield (
            f"公開開始({in_words(term.public_from)})が、保険期間の{ENDS[name]}"
            f"({in_words(getattr(term, name))})より後です。{CHECK_THE_YEAR}"
        )


def _promise_changed(trial: Trial, term: PolicyTerm) -> Iterator[str]:
    """Yield that a term which visitors see is taken off, or gets other dates."""
    before, moment = trial.was(term), trial.edit.moment
    if not was_public(trial, term):
        return
    if not term.public_from or term.public_from > moment.at:
        until = f"、{in_words(term.public_from)}まで" if term.public_from else "、"
        offered = PolicyTerm.objects.offered_at(moment)
        yield f"公開中の保険期間が{until}公開ページから消えます。" + (
            f"訪問者には、保険期間{offered}が出ます。"
            if offered
            else "訪問者に案内する保険期間が、なくなります。"
        )
    for name, label in ENDS.items():
        if name in trial.changes(term):
            then, now = datetime.fromisoformat(before[name]), getattr(term, name)
            yield f"公開中の保険期間の{label}が、{in_words(then)}から{in_words(now)}に変わります。"


def _not_adjoining(
    earlier: PolicyTerm, later: PolicyTerm, name: str, next_name: str
) -> Iterator[str]:
    ends, starts = in_words(earlier.ends_at), in_words(later.starts_at)
    if later.starts_at > earlier.ends_at:
        yield (
            f"{name}が終了する{ends}から{next_name}が始まる{starts}まで、どの保険期間にも"
            f"入りません。{CHECK_THE_DATES}"
        )
    elif later.starts_at < earlier.ends_at:
        yield (
            f"{next_name}が始まる{starts}は、{name}が終了する{ends}より前です。{CHECK_THE_DATES}"
        )


def _recruiting_long_before(term: PolicyTerm) -> Iterator[str]:
    start = term.starts_at.astimezone(TOKYO).date()
    for name, label in RECRUITING.items():
        each = getattr(term, name)
        if each and start - each > LONG_BEFORE:
            yield (
                f"募集期間の{label}({day(each)})が、保険期間の開始({day(start)})より1年以上前です。"
                f"{CHECK_THE_YEAR}"
            )


def _term_after(term: PolicyTerm) -> PolicyTerm | None:
    return PolicyTerm.objects.filter(starts_at__gt=term.starts_at).order_by("starts_at").first()
