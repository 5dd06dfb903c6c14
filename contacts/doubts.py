"""The doubts that an editor confirms before a desk is saved."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from contacts.models import Desk
from editing.saving import CHECK_THE_YEAR, Trial

LONG_AGO = timedelta(days=31)


def doubts_about_desk(trial: Trial) -> list[str]:
    """Return the closed days, new or changed, that are long over: often a slip in the year."""
    desk = cast(Desk, trial.instance)
    over = trial.edit.moment.today - LONG_AGO
    return [
        f"臨時の休業日「{closed.in_words}」は、1カ月以上前の日です。{CHECK_THE_YEAR}"
        for closed in desk.closed_days.all()
        if (closed.last_day or closed.date) < over and {"date", "last_day"} & trial.changes(closed)
    ]
