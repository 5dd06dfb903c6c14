"""Doubts that an editor confirms before a term is saved: a publication without approval, figures that look wrong.

Each doubt is a whole sentence. Nothing here refuses to save.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, cast

from django.db.models import Model

from core.clock import TOKYO
from core.fields import MoneyField
from core.japanese import day_and_hour, yen
from core.moment import Moment
from editing.models import key_of
from editing.saving import Trial
from editing.snapshots import Snapshot
from products.models import Document, PolicyTerm, PremiumRow
from products.pdf import contents_in_words

TENFOLD = 10
LONG_AGO = timedelta(days=31)  # that a notice or a document is public as of
LONG_BEFORE = timedelta(days=366)  # that a term becomes public before it starts
MONEY = [field for field in PremiumRow._meta.fields if isinstance(field, MoneyField)]
CHECK_THE_YEAR = "年の入力に間違いがないか、確かめてください。"
ASK_ITS_MAKER = "資料に必要なものか、作成した人に確かめてください。"
NO_APPROVAL = "引受保険会社の承認番号が入力されていません。"
PREMIUMS = ("annual_low", "annual_high", "monthly_low", "monthly_high")


def doubts_about_term(trial: Trial) -> list[str]:
    """Return what to confirm of what the edit of a term changes; nothing of what was so before."""
    term = cast(PolicyTerm, trial.instance)
    before, after = _fields(trial.before, term), _fields(trial.after, term)
    last_year = _term_before(term)
    doubts: list[str] = []
    if term.public_from:
        if before.get("public_from") != after["public_from"]:
            doubts += [
                *at_once(term.public_from, trial.edit.moment),
                *long_before(term),
                *same_as_before(term, last_year),
            ]
        if not term.approval_number and (
            not before.get("public_from") or before["approval_number"]
        ):
            doubts.append(f"{NO_APPROVAL}引受保険会社の承認を受けたか、確かめてください。")
    rows = term.premium_rows.all()
    changed = [row for row in rows if _fields(trial.before, row) != _fields(trial.after, row)]
    return [*doubts, *tenfold(changed, last_year), *tenfold_slips(changed, last_year, trial.before)]


def doubts_about_publication(trial: Trial) -> list[str]:
    """Return what to confirm of a notice or document: that it becomes public as of a day long past."""
    row = cast(Any, trial.instance)
    is_new = (
        _fields(trial.before, row).get("public_from") != _fields(trial.after, row)["public_from"]
    )
    if is_new and row.public_from and row.public_from < trial.edit.moment.at - LONG_AGO:
        return [*at_once(row.public_from, trial.edit.moment), CHECK_THE_YEAR]
    return []


def doubts_about_file(trial: Trial) -> list[str]:
    """Return what to confirm of the file that a document gets: what it can do, or that it is gone."""
    document = cast(Document, trial.instance)
    if not document.file or _fields(trial.before, document).get("file") == document.file.name:
        return []
    name = document.file_name or "登録した PDF"
    if not document.file.storage.exists(str(document.file)):
        return [f"「{name}」はサーバーにありません。訪問者は資料を開けません。"]
    contents = contents_in_words(document.file_traits.split())
    return [f"「{name}」に、{words}{ASK_ITS_MAKER}" for words in contents]


def at_once(public_from: datetime, moment: Moment) -> Iterator[str]:
    """Yield that what is saved becomes public at once."""
    if public_from <= moment.at:
        at = day_and_hour(public_from.astimezone(TOKYO))
        yield f"公開開始({at})を過ぎているため、すぐに公開されます。"


def long_before(term: PolicyTerm) -> Iterator[str]:
    """Yield that the term is public, or will be, long before it starts: often a slip in the year."""
    if term.public_from and term.starts_at - term.public_from > LONG_BEFORE:
        at = day_and_hour(term.public_from.astimezone(TOKYO))
        yield f"公開開始({at})が、保険期間の開始より1年以上前です。{CHECK_THE_YEAR}"


def same_as_before(term: PolicyTerm, last_year: PolicyTerm | None) -> Iterator[str]:
    """Yield that premiums are those of the term before: all of them, or some rows."""
    before = _by_number(last_year)
    rows = list(term.premium_rows.all())
    same = [
        row.number
        for row in rows
        if row.number in before and _premiums(row) == _premiums(before[row.number])
    ]
    if same and len(same) == len(rows):
        yield "保険料の例の金額が、すべて前の保険期間と同じです。"
    elif same:
        numbers = "、".join(f"No.{number}" for number in same)
        yield f"{numbers}の保険料が、前の保険期間と同じです。"


def tenfold(rows: Iterable[PremiumRow], last_year: PolicyTerm | None) -> Iterator[str]:
    """Yield each figure that is ten times that of the term before, or a tenth, or beyond."""
    before = _by_number(last_year)
    for row in (row for row in rows if row.number in before):
        then = {field.name: getattr(before[row.number], field.name) for field in MONEY}
        yield from _tenfold(row, then, "前の保険期間の")


def tenfold_slips(
    rows: Iterable[PremiumRow], last_year: PolicyTerm | None, before: Snapshot
) -> Iterator[str]:
    """Yield each figure that is ten times what it was, or a tenth, in rows that the term before lacks."""
    known = _by_number(last_year)
    for row in (row for row in rows if row.number not in known):
        yield from _tenfold(row, _fields(before, row), "直す前の")


def _tenfold(row: PremiumRow, then: dict[str, Any], whose: str) -> Iterator[str]:
    for field in MONEY:
        now, former = getattr(row, field.name), then.get(field.name)
        if now and former and not former / TENFOLD < now < former * TENFOLD:
            size = "10倍以上" if now > former else "10分の1以下"
            label = str(field.verbose_name).removesuffix("(円)")
            yield f"No.{row.number} の{label} {yen(now)}は、{whose} {yen(former)}の{size}です。"


def _term_before(term: PolicyTerm) -> PolicyTerm | None:
    earlier = PolicyTerm.objects.filter(starts_at__lt=term.starts_at)
    return earlier.order_by("-starts_at").prefetch_related("premium_rows").first()


def _by_number(term: PolicyTerm | None) -> dict[int, PremiumRow]:
    return {row.number: row for row in term.premium_rows.all()} if term else {}


def _fields(content: Snapshot, row: Model) -> dict[str, Any]:
    """Return the fields of the row in the content; none where it is not there."""
    fields: dict[str, Any] = content.get(key_of(row), {}).get("fields", {})
    return fields


def _premiums(row: PremiumRow) -> list[int]:
    return [getattr(row, name) for name in PREMIUMS]
