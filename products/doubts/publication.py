"""The doubts about what becomes public: at once, as of long ago, or a file that can do more than be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, cast

from core.clock import TOKYO
from core.japanese import day_and_hour
from core.moment import Moment
from editing.saving import CHECK_THE_YEAR, Trial
from products.models import Document
from products.pdf import contents_in_words

LONG_AGO = timedelta(days=31)  # that a notice or a document is public as of
ASK_ITS_MAKER = "資料に必要なものか、作成した人に確かめてください。"


def doubts_about_publication(trial: Trial) -> list[str]:
    """Return what to confirm of a notice or document: that it becomes public as of a day long past."""
    row = cast(Any, trial.instance)
    if "public_from" not in trial.changes(row) or not row.public_from:
        return []
    if row.public_from < trial.edit.moment.at - LONG_AGO:
        return [*at_once(row.public_from, trial.edit.moment), CHECK_THE_YEAR]
    return []


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
        at = day_and_hour(public_from.astimezone(TOKYO))
        yield f"公開開始({at})を過ぎているため、すぐに公開されます。"
