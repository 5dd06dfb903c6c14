"""The public pages by name, for links from the admin.

The app that routes the pages registers them at the start. An admin class says in `shown_on` on which of them
its objects appear; a system check refuses unknown names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class PublicPage(Protocol):
    """A public page: its label in the menus, and its path."""

    @property
    def label(self) -> str: ...

    @property
    def path(self) -> str: ...


_pages: dict[str, PublicPage] = {}


def register_public_pages(pages: Mapping[str, PublicPage]) -> None:
    """Make the pages known, each by its name, in the order in which they are offered for a preview."""
    _pages.update(pages)


def public_pages() -> Mapping[str, PublicPage]:
    """Return all public pages by name."""
    return _pages
