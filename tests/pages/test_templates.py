"""Tests of the source of every template."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.template import engines
from django.template.loader import get_template

TEMPLATE_FOLDER = settings.BASE_DIR / "templates"
TAG = re.compile(r"{%.*?%}")
FILTER = re.compile(r"\|(\w+)")
COMPARISON_WITH_A_STRING = re.compile(r"""(==|!=|\bin)\s*["']|["']\s*(==|!=)""")
ADMIN_NAME = re.compile(r"get_\w+_display|verbose_name\w*")


def sources() -> Iterator[tuple[Path, str]]:
    """The path of each template below the folder of templates, and its text."""
    for path in sorted(TEMPLATE_FOLDER.rglob("*.*")):
        yield path.relative_to(TEMPLATE_FOLDER), path.read_text(encoding="utf-8")


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


def test_every_template_loads_the_libraries_that_it_needs():
    for path, _ in sources():
        get_template(str(path))  # raises TemplateSyntaxError for a tag or filter it does not know


def test_no_template_loads_a_library_that_it_does_not_use():
    unused = [
        (str(path), name)
        for path, text in sources()
        for names in re.findall(r"{% load (.*?) %}", text)
        for name in names.split()
        if not names_of_library(name) & {*re.findall(r"{% (\w+)", text), *FILTER.findall(text)}
    ]
    assert not unused


def names_of_library(name: str) -> set[str]:
    """The names of the tags and filters of a template library."""
    library = engines["django"].engine.template_libraries[name]
    return {*library.tags, *library.filters}
