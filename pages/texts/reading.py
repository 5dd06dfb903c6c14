"""The texts of one revision of the content, as pages show them."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable
from typing import TypeVar

from django.utils.safestring import SafeString

from pages.models import PageText
from pages.texts.all_slots import SLOTS
from pages.texts.filling import MissingValueError, Variables, fill, fill_plain
from pages.texts.in_content import rows_now
from pages.texts.shipped import shipped_texts

Written = TypeVar("Written", str, SafeString)


class Texts:
    """The text of every slot; the shipped one where the database has none, or one for code of a different day.

    `common` are the variables that every placeholder of `EVERYWHERE` needs.
    """

    def __init__(self, common: Variables) -> None:
        stored = {row.slot: row for row in PageText.objects.all() if row.is_valid()}
        self._texts = {slot: stored.get(slot) or shipped_texts()[slot] for slot in SLOTS}
        self._common = common

    @property
    def rows(self) -> list[PageText]:
        """Return the stored texts, without those that are shipped with the code."""
        return [row for row in self._texts.values() if row.pk]

    def html(self, slot: str, variables: Variables) -> SafeString:
        """Return the text of the slot as HTML, with the values of the page."""
        return self._fill(fill, slot, variables)

    def plain(self, slot: str, variables: Variables) -> str:
        """Return the text of the slot without HTML, with the values of the page."""
        return self._fill(fill_plain, slot, variables)

    def plain_if_any(self, slot: str, variables: Variables) -> str:
        """Return the text as `plain` does; "" for a name that no slot has."""
        return self.plain(slot, variables) if slot in SLOTS else ""

    def _fill(
        self,
        write: Callable[[str, Variables], Written],
        slot: str,
        variables: Variables,
    ) -> Written:
        text = self._texts[slot]
        known = ChainMap(variables, self._common)
        try:
            return write(text.text, known)
        except MissingValueError:
            if not SLOTS[slot].without:
                raise
            return write(text.text_without, known)


def texts_now() -> Texts:
    """Return the texts as the database has them, for forms: without reading all content, or remembering it.

    A form that comes back is rendered within a transaction that is taken back.
    """
    return Texts(rows_now())
