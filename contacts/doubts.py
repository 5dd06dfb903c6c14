"""The doubts that an editor confirms before a desk is saved."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from contacts.models import Desk
from editing.saving import CHECK_THE_YEAR, Trial

LONG_AGO = timedelta(days=31)


def doubts_about_desk(trial: Trial) -> list[str]:
    """Return what is doubtful of closed days, new or changed: long over, often by a slip in the year, or shown nowhere."""
    desk = cast(Desk, trial.instance)
    changed = [
        closed for closed in desk.closed_days.all() if {"date", "last_day"} & trial.changes(closed)
    ]
    if changed and desk.always_open:
        return ["この窓口は24時間受け付けるため、「臨時の休業日」は公開ページに出ません。"]
    over = trial.edit.moment.today - LONG_AGO
    return [
        f"臨時の休業日「{closed.in_words}」は、1カ月以上前の日です。{CHECK_THE_YEAR}"
        for closed in changed
        if (closed.last_day or closed.date) < over
    ]
