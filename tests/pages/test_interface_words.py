"""The Japanese that is left in templates and code: words of the interface. All else is content."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from tests.pages.interface_words import JAPANESE, listed

MOST = 187  # lines of the list: lower it with them, never raise it
REASONS = {
    "button or link",
    "field of a form",
    "how dates, hours and amounts are written or read",
    "label of a preview, a pinned clock or a mirror",
    "made from the hours of a desk",
    "menu or name of a page",
    "message about an input",
    "name of a region for assistive technology",
    "name of a row, column or value",
    "page for a fault",
    "sentence around a day that was typed",
}
MARKUP = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>|&lt;|&gt;", re.DOTALL)
ATTRIBUTE = re.compile(r'(?:aria-label|title|alt|content)="([^"]*)"')
IN_TAG = re.compile(r'"([^"{}]*)"')
# What writes words on public pages, beside the templates, but for dates and amounts. The accessibility
# page has tests of its own.
MODULES = (
    "contacts/hours.py",
    "core/forms.py",
    "pages/answers.py",
    "pages/calendars.py",
    "pages/errors.py",
    "pages/feeds.py",
    "pages/files.py",
    "pages/page_context.py",
    "pages/premium_csv.py",
    "pages/prepared_request.py",
    "pages/public_content.py",
    "pages/site_map.py",
    "pages/structured_data.py",
    "pages/views.py",
    "products/forms.py",
    "products/joining.py",
    "products/premiums.py",
)


def public_templates() -> Iterator[Path]:
    for path in sorted((settings.BASE_DIR / "templates").rglob("*.html")):
        if path.relative_to(settings.BASE_DIR / "templates").parts[0] not in (
            "admin",
            "accessibility",
        ):
            yield path


def words_of_template(text: str) -> Iterator[str]:
    text = re.sub(r"{#.*?#}", "", text)
    for tag in re.findall(r"{%.*?%}", text, re.DOTALL):
        yield from IN_TAG.findall(tag)
    for attribute in ATTRIBUTE.findall(text):
        yield from MARKUP.split(attribute)
    yield from re.split(r"\n", MARKUP.sub("\n", text))


def words_of_module(source: str) -> Iterator[str]:
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield str(node.value)


def words_in_code() -> set[str]:
    words = [
        word for path in public_templates() for word in words_of_template(path.read_text("utf-8"))
    ]
    for module in MODULES:
        words += words_of_module((settings.BASE_DIR / module).read_text("utf-8"))
    return {word.strip() for word in words if JAPANESE.search(word)}


def test_all_japanese_in_templates_and_code_is_listed_as_a_word_of_the_interface():
    assert sorted(words_in_code() - listed().keys()) == []


def test_the_list_holds_nothing_that_is_gone_and_gives_a_reason_for_each_word():
    assert sorted(listed().keys() - words_in_code()) == []
    assert all(reason in REASONS for reason in listed().values())


def test_the_list_does_not_grow():
    assert len(listed()) <= MOST
