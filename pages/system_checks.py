"""Django system checks: whether the slots of the page texts are declared in full."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register

from pages.site_map import PAGES
from pages.texts.all_slots import SLOTS
from pages.texts.filling import VALUES
from pages.texts.shipped import shipped_texts
from pages.texts.slots import Slot


@register
def slots_are_whole(**_: Any) -> list[CheckMessage]:
    """Every slot has a page, a shipped text, known placeholders, and a second text where it needs one."""
    return [
        Error(f"Slot {slot.key}: {fault}", id="pages.E001")
        for slot in SLOTS.values()
        for fault in _faults(slot)
    ]


def _faults(slot: Slot) -> Iterator[str]:
    if slot.page not in PAGES:
        yield f"there is no page {slot.page}."
    if slot.key not in shipped_texts():
        yield "fixtures/page_texts.yaml has no text for it."
    elif not shipped_texts()[slot.key].is_valid():
        yield "the text in fixtures/page_texts.yaml does not fit it."
    for name in slot.allowed:
        if name not in VALUES:
            yield f"there is no placeholder {name}."
    if bool(slot.uncertain) != bool(slot.without):
        yield "`uncertain` and `without` go together."
