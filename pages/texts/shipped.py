"""The shipped texts, and how a database of before gets those of new slots."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from uuid import uuid4

import reversion
from django.conf import settings
from django.db import transaction

from editing.differences import differences
from editing.fixtures import rows_in
from editing.models import ChangeKind, RecordedChange
from editing.snapshots import snapshot
from pages.models import PageText
from pages.texts.all_slots import SLOTS

FILE = Path(settings.BASE_DIR) / "fixtures" / "page_texts.yaml"
SHIPPED = "出荷時の文"


@cache
def shipped_texts() -> dict[str, PageText]:
    """Return the shipped text of each slot, not stored. Raises ContentError."""
    texts = (PageText(**row["fields"]) for _, row in rows_in(FILE))
    return {text.slot: text for text in texts}


def add_missing_texts() -> int:
    """Store the shipped text of each slot that has none, with a version; return their number.

    Stored texts are left alone, those of slots that this code does not know among them.
    """
    stored = set(PageText.objects.values_list("slot", flat=True))
    missing = [text for slot, text in shipped_texts().items() if slot in SLOTS.keys() - stored]
    step = uuid4()
    with transaction.atomic(), reversion.create_revision():
        reversion.set_comment(SHIPPED)
        for text in missing:
            row = PageText(slot=text.slot, text=text.text, text_without=text.text_without)
            row.save()
            told = differences({}, snapshot(row))
            RecordedChange.write(
                None, ChangeKind.ADDED, row, differences=told, says=SHIPPED, step=step
            )
    return len(missing)
