"""The file that holds the page texts: see `editing/content_files.py`."""

from collections.abc import Iterator

from pages.models import PageText, Redirect
from pages.texts.all_slots import SLOTS

FILES = {"page_texts": (PageText,), "redirects": (Redirect,)}


def missing() -> Iterator[str]:
    """Yield the slots without a text."""
    stored = set(PageText.objects.values_list("slot", flat=True))
    for slot in SLOTS:
        if slot not in stored:
            yield f"page_texts.yaml: no text for {slot}"
