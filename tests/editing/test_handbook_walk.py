"""Each task of the secretariat's guide goes as its chapter says.

Links, buttons and fields are found on the screens by the words that the guide quotes in 「」, and all
that it quotes has to stand on a screen of the walk.
"""

import re
from collections.abc import Callable

import pytest

from accounts.roles import EDITORS
from editing import handbook
from tests.client_screen import ClientScreen
from tests.editing.handbook_walks import WALKS
from tests.html import squeezed
from tests.people import hire

pytestmark = pytest.mark.django_db
GUIDE = handbook.HANDBOOK.read_text(encoding="utf-8")
NOW = "2025-12-10T10:00"


def chapters_of(text: str) -> dict[str, str]:
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


CHAPTERS = chapters_of(GUIDE)


def quoted(text: str) -> set[str]:
    """Return the texts in 「」, the outer ones of nested pairs, without descriptions of pictures."""
    text = re.sub(r"!\[[^\]]*\]", "", text)
    found, start, depth = set(), 0, 0
    for place, character in enumerate(text):
        if character == "「":
            start = start if depth else place + 1
            depth += 1
        elif character == "」":
            depth -= 1
            if not depth:
                found.add(squeezed(text[start:place]))
    return found - {""}


@pytest.fixture
def walk(client, set_clock) -> ClientScreen:
    set_clock(NOW)
    client.force_login(hire("花子", EDITORS))
    return ClientScreen(client)


@pytest.fixture
def public(visit, set_clock) -> Callable[..., str]:
    """Return the text that visitors read, now or at a given time."""

    def public(path: str, at: str = NOW) -> str:
        text = visit(path, at).text
        set_clock(NOW)
        return text

    return public


@pytest.mark.parametrize("title", CHAPTERS)
def test_a_chapter_goes_as_it_says_and_quotes_what_stands_on_the_screens(
    title, walk, public, settings, set_clock
):
    WALKS[re.sub(r"<.*?>", "", title)](walk, public, settings, set_clock)
    assert quoted(CHAPTERS[title]) - walk.words == set()
