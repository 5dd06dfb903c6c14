"""Every sentence of ours that is not in the source is listed for the insurer, in docs/ja/corrections.md."""

from collections.abc import Iterator

from django.conf import settings

from contacts.models import ROLE_NAMES
from pages.texts.all_slots import SLOTS
from pages.texts.shipped import shipped_texts
from products.models.choices import STATE_NAMES
from products.models.gaps import GAPS
from tests.html import squeezed
from tests.source import LINES

LIST = settings.BASE_DIR / "docs" / "ja" / "corrections.md"
HEADING = "## 原文にないページの文"
SOURCE = squeezed("".join(LINES.values()))


def own_texts() -> Iterator[tuple[str, str]]:
    """Yield where each text of ours stands, and the text in one line."""
    for slot in SLOTS:
        row = shipped_texts()[slot]
        for text in filter(None, (row.text, row.text_without)):
            if squeezed(text) not in SOURCE:
                yield str(row), text.replace("\n", " / ")
    for place, names in (
        ("状態の表示", STATE_NAMES),
        ("窓口の役割", ROLE_NAMES),
        ("原文にない項目の見出し", GAPS),
    ):
        for name in names.values():
            if squeezed(name) not in SOURCE:
                yield place, name


def listed() -> list[tuple[str, ...]]:
    section = LIST.read_text("utf-8").partition(HEADING)[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("| ")]
    return [tuple(cell.strip() for cell in row) for row in rows[1:]]


def test_every_text_of_ours_is_listed_word_for_word_and_nothing_else():
    written = [f"| {place} | {text} |" for place, text in own_texts()]
    assert [f"| {place} | {text} |" for place, text in listed()] == written
