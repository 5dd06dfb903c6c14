"""The registry of content checks: rules that find content which an editor should review.

A content check is a function of a Moment that yields findings. It stands in `checks.py` of its app, which
is imported at the start as Django imports `admin.py`, and is registered by `@content_check(rank)`. Checks
read the database and stored files, never another site: the home of the admin waits for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256

from core.moment import Moment


class Rank(IntEnum):
    """The order in which findings are shown: first what visitors miss, last what is a matter of care."""

    NOTHING_TO_SEE = 1
    NOT_ALLOWED = 2
    NOT_TO_BE_OPENED = 3
    NOT_CERTAIN = 4
    DOUBTFUL_FIGURE = 5
    OPEN_QUESTION = 6
    NOT_TO_BE_REACHED = 7
    AMBIGUOUS = 8
    AGEING = 9
    OVER = 10


@dataclass(frozen=True)
class Finding:
    """Something that a content check found.

    `key` names the check and the row and stays when the values change. `found` holds the values that were
    found: an acceptance of the finding lapses with them. `url` is where in the admin it is mended.
    """

    key: str
    says: str
    advice: str
    url: str
    found: str

    @property
    def fingerprint(self) -> str:
        return sha256(self.found.encode()).hexdigest()


ContentCheck = Callable[[Moment], Iterable[Finding]]
_checks: list[tuple[Rank, ContentCheck]] = []


def content_check(rank: Rank) -> Callable[[ContentCheck], ContentCheck]:
    """Return a decorator that registers a content check, whose findings are shown at this rank."""

    def register(check: ContentCheck) -> ContentCheck:
        _checks.append((rank, check))
        return check

    return register


def content_checks() -> list[ContentCheck]:
    """Return all content checks by rank; those of one rank in the order of their registration."""
    return [check for _, check in sorted(_checks, key=lambda registered: registered[0])]


def find_all(moment: Moment) -> list[Finding]:
    """Return the findings of all content checks, in the order in which they are shown."""
    return [finding for check in content_checks() for finding in check(moment)]
