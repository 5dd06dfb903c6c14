"""The doubts about what becomes public or is taken off, about its URL, and about a file that can do more than be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, cast

from django.db.models import Model

from core.clock import TOKYO
from core.japanese import day_and_hour, end
from core.moment import Moment
from editing.saving import CHECK_THE_YEAR, Trial
from products.models import Document, Notice
from products.models.base import PublicPeriod
from products.pdf import contents_in_words

A_YEAR = timedelta(days=366)
LONG_AGO = timedelta(days=31)  # that a notice or a document is public as of
ASK_ITS_MAKER = "資料に必要なものか、作成した人に確かめてください。"


def doubts_about_publication(trial: Trial) -> list[str]:
    """Return what to confirm of when a notice or document is public."""
    row = cast(PublicPeriod, trial.instance)
    return [*_doubtful_start(trial, row), *_doubtful_end(trial, row)]


def _doubtful_start(trial: Trial, row: PublicPeriod) -> Iterator[str]:
    now = trial.edit.moment.at
    if "public_from" not in trial.changes(row) or not row.public_from:
        return
    if row.public_until and row.public_until <= now:
        yield f"公開終了({end(row.public_until.astimezone(TOKYO))})を過ぎているため、公開されません。"
    elif row.public_from < now - LONG_AGO:
        yield from at_once(row.public_from, trial.edit.moment)
        yield CHECK_THE_YEAR
    elif row.public_from > now and was_public(trial, row):
        yield f"公開中の{row._meta.verbose_name}が、{in_words(row.public_from)}まで公開ページから消えます。"


def _doubtful_end(trial: Trial, row: PublicPeriod) -> Iterator[str]:
    until = row.public_until if "public_until" in trial.changes(row) else None
    is_on_every_page = isinstance(row, Notice) and row.important
    if until and is_on_every_page and until > trial.edit.moment.at + A_YEAR:
        words = end(until.astimezone(TOKYO))
        yield f"公開終了({words})まで、すべてのページの上部に出ます。{CHECK_THE_YEAR}"


def doubts_about_notice(trial: Trial) -> list[str]:
    """Return what to confirm of a new notice: that there is one of the same subject."""
    notice = cast(Notice, trial.instance)
    same = Notice.objects.filter(title=notice.title).exclude(pk=notice.pk)
    if trial.was(notice) or not same.exists():
        return []
    return [f"同じ件名「{notice.title}」のお知らせが、すでにあります。"]


def doubts_about_code(trial: Trial) -> list[str]:
    """Return what to confirm where the code of a document or term changes that visitors know by its URL."""
    row = cast(Any, trial.instance)
    if "code" not in trial.changes(row) or not was_public(trial, row):
        return []
    return [
        f"コードを「{trial.was(row)['code']}」から変えると、これまでの公開ページのアドレスが使えなくなります。"
    ]


def was_public(trial: Trial, row: Model) -> bool:
    """Return whether visitors see the row, or have seen it, as it was before the edit."""
    public_from = trial.was(row).get("public_from")
    return public_from is not None and datetime.fromisoformat(public_from) <= trial.edit.moment.at


def doubts_about_file(trial: Trial) -> list[str]:
    """Return what to confirm of the file that a document gets: what it can do, or that it is gone."""
    document = cast(Document, trial.instance)
    if not document.file or trial.was(document).get("file") == document.file.name:
        return []
    name = document.file_name or "登録した PDF"
    if not document.file.storage.exists(str(document.file)):
        return [f"「{name}」はサーバーにありません。訪問者は資料を開けません。"]
    contents = contents_in_words(document.file_traits.split())
    return [f"「{name}」に、{words}{ASK_ITS_MAKER}" for words in contents]


def at_once(public_from: datetime, moment: Moment) -> Iterator[str]:
    """Yield that what is saved becomes public at once."""
    if public_from <= moment.at:
        yield f"公開開始({in_words(public_from)})を過ぎているため、すぐに公開されます。"


def in_words(at: datetime) -> str:
    """Return the moment in Tokyo time, as 「2025年4月1日(午後4時)」."""
    return day_and_hour(at.astimezone(TOKYO))
