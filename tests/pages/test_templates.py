"""What holds for the source of every template."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

TEMPLATES = settings.BASE_DIR / "templates"
TAG = re.compile(r"{%.*?%}")
COMPARISON_WITH_A_STRING = re.compile(r"""(==|!=|\bin)\s*["']|["']\s*(==|!=)""")
ADMIN_NAME = re.compile(r"get_\w+_display|verbose_name\w*")


def sources() -> Iterator[tuple[Path, str]]:
    """The path of each template below the folder of templates, and its text."""
    for path in sorted(TEMPLATES.rglob("*.*")):
        yield path.relative_to(TEMPLATES), path.read_text(encoding="utf-8")


def test_no_template_compares_with_a_string():
    found = [
        (str(path), tag)
        for path, text in sources()
        for tag in TAG.findall(text)
        if COMPARISON_WITH_A_STRING.search(tag)
    ]
    assert not found


def test_no_public_template_asks_for_a_name_of_the_admin():
    public = ((path, text) for path, text in sources() if path.parts[0] != "admin")
    found = [(str(path), name) for path, text in public for name in ADMIN_NAME.findall(text)]
    assert not found
