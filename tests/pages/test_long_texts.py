"""No text of the content is cut: each last sentence of long ones is on every page that has the beginning."""

from itertools import count

import pytest
from django.db import models

from core.fields import ProseField
from editing.content_models import content_models
from pages.models import PageText
from products.models import Notice, PolicyTerm
from tests.html import squeezed
from tests.moments import tokyo
from tests.pages.page_paths import PAGE_PATHS, TERM_PATH

pytestmark = pytest.mark.django_db

LENGTH = 600  # characters
ON_A_CLOSED_DEADLINE, BEFORE_THE_TERM = "2025-12-10T10:00", "2025-03-10T10:00"
PATHS = (
    *PAGE_PATHS,
    TERM_PATH,
    "/news/1/",
    "/insurance/summary/?no=1",
    "/insurance/premiums/?turnover=1000000000&profit=no",
)
NOT_ON_PAGES = {(PolicyTerm, "approval_scope")}
WHERE_IT_COUNTS = {  # the pages that need the whole of a field, wherever else it stands
    "premium_notes": {"/", "/insurance/", "/insurance/premiums/", "/insurance/summary/?no=1"},
    "closed_day_rule": {"/", "/insurance/join/", "/insurance/summary/?no=1"},
    "coverage_note": {"/insurance/", "/insurance/summary/?no=1"},
    "eligibility": {"/insurance/", "/insurance/summary/?no=1"},
    "exclusions": {"/insurance/", "/insurance/summary/?no=1"},
    "deductible": {"/insurance/", "/insurance/summary/?no=1"},
    "how_to_apply": {"/insurance/", "/insurance/join/", "/insurance/summary/?no=1"},
    "part_year_premium": {"/insurance/", "/insurance/join/", "/insurance/summary/?no=1"},
    "after_hours_note": {"/support-desk/", "/incident/", "/contact/"},
    "charge_note": {"/support-desk/", "/incident/"},
}


def long_text(number: int) -> tuple[str, str]:
    """Return a text of several lines, and its last sentence, which no other text has."""
    end = f"この文は{number}番の終わりです。"
    lines = "長い文の途中です。\n" * LENGTH
    return lines[: LENGTH - len(end)] + "\n" + end, end


@pytest.fixture
def ends() -> dict[tuple[type[models.Model], str], set[str]]:
    """Fill all prose of the content with long texts; return the last sentences by field."""
    Notice.objects.create(
        pk=1, title="件名", text="本文", important=True,
        public_from=tokyo("2025-02-01T00:00"), public_until=tokyo("2026-12-01T00:00"),
    )  # fmt: skip
    numbers = count(1)
    ends = {}
    for model in content_models():
        prose = [field.name for field in model._meta.fields if isinstance(field, ProseField)]
        if model is PageText:
            continue  # one sentence each; tests/pages/test_page_texts.py fills them
        for row in model._default_manager.all():
            for name in prose:
                if getattr(row, name) or model is PolicyTerm:
                    text, end = long_text(next(numbers))
                    setattr(row, name, text)
                    ends.setdefault((model, name), set()).add(end)
            row.save()
    return ends


def test_the_last_sentence_of_every_long_text_is_on_a_page(visit, ends):
    shown = "".join(
        squeezed(visit(path, at=at).document.text_content())
        for at in (ON_A_CLOSED_DEADLINE, BEFORE_THE_TERM)
        for path in PATHS
    )
    missing = {
        place: wanted
        for place, all_ends in ends.items()
        if place not in NOT_ON_PAGES and (wanted := {end for end in all_ends if end not in shown})
    }
    assert missing == {}


def test_a_page_that_needs_a_condition_has_the_whole_of_it(visit, ends):
    by_field = {name: all_ends for (_, name), all_ends in ends.items()}
    pages = {}
    for name, paths in WHERE_IT_COUNTS.items():
        for path in paths:
            text = pages.setdefault(path, visit(path, at=ON_A_CLOSED_DEADLINE).main)
            assert all(end in text for end in by_field[name]), (name, path)
