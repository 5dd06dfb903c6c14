"""The list of the Japanese that is left in templates and code."""

import re

from django.conf import settings

LIST = settings.BASE_DIR / "tests" / "data" / "interface_words.txt"
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠々]")


def listed() -> dict[str, str]:
    """Return the reason for each listed word."""
    lines = [line for line in LIST.read_text("utf-8").splitlines() if line]
    return dict(line.rsplit("\t", 1) for line in lines)
