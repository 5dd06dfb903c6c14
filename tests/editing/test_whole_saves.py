"""Saves of whatever is typed, right and wrong values mixed: a save stores all of it as typed, or changes nothing."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reversion.models import Version

from core.clock import TOKYO
from editing.content_models import content_models
from editing.models import RecordedChange
from products.models import FaqEntry, Notice, PolicyTerm, PremiumRow
from products.rollover import prepare_next
from tests.admin_forms import form_data, form_url_of, nothing_rendered

pytestmark = pytest.mark.django_db

REFUSED = object()
TYPED = dict[
    str, tuple[dict[str, str], Any]
]  # by name of the field: what is sent, and what it means


def day_and_hour(*when: int) -> datetime:
    return datetime(*when, tzinfo=TOKYO).astimezone(UTC)


LETTERS = st.characters(categories=["L", "Nd", "P", "S"], exclude_characters="{}\u3099\u309a")
TEXTS = st.text(LETTERS, min_size=1, max_size=40).map(lambda text: (text, text)) | st.sampled_from(
    [
        ("10億円\t140,230円", "10億円 140,230円"),
        ("飯\ufa2a﨑", "飯\ufa2a﨑"),
        ("", REFUSED),
        ("外\ue000字", REFUSED),
    ]
)
WORDS = TEXTS.filter(lambda pair: len(pair[0]) <= 40)
YEN = st.integers(1, 2_147_483_647).map(lambda yen: (f"{yen:,}円", yen)) | st.sampled_from(
    [
        ("14万230円", 140_230),
        ("１４０，２３０", 140_230),
        ("¥140,230", 140_230),
        ("140230¹", REFUSED),
        ("140.5", REFUSED),
        ("14O,230", REFUSED),
        ("-1", REFUSED),
        ("", REFUSED),
    ]
)
MOMENTS = st.sampled_from(
    [
        (("令和8年4月1日(水)", "正午"), day_and_hour(2026, 4, 1, 12)),
        (("2026/4/1", "16時30分"), day_and_hour(2026, 4, 1, 16, 30)),
        (("2026-4-1", ""), None),  # its usual hour
        (("", ""), None),
        (("2026年4月1日(金)", "9:00"), REFUSED),
        (("2026-02-30", "9:00"), REFUSED),
        (("2026-04-01", "午後12時"), REFUSED),
    ]
)
SETTINGS = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
    max_examples=25,
)


def everything() -> list[Any]:
    """Return all content, and how many versions and records of changes there are."""
    rows = [list(model._base_manager.order_by("pk").values()) for model in content_models()]
    return [*rows, Version.objects.count(), RecordedChange.objects.count()]


def sent(values: dict[str, tuple[Any, Any]]) -> dict[str, str]:
    """Return the fields that a browser sends: a moment is two."""
    fields: dict[str, str] = {}
    for name, (typed, _) in values.items():
        pairs = zip(("_0", "_1"), typed, strict=True) if isinstance(typed, tuple) else [("", typed)]
        fields |= {name + end: text for end, text in pairs}
    return fields


def press_save(client, row, values: dict[str, tuple[Any, Any]]) -> bool:
    """Save what is typed and confirm what is asked; return whether it is saved.

    Unless it is, all is as it was before.
    """
    url = form_url_of(row)
    data = form_data(client, url, **sent(values))
    before = everything()
    with nothing_rendered():
        response = client.post(url, data, secure=True)
        if (
            confirms := (response.context_data or {}).get("confirms")
            if response.status_code == 200
            else None
        ):
            assert everything() == before
            response = client.post(url, data | {"_confirmed": confirms}, secure=True)
    assert response.status_code in (200, 302)
    if response.status_code == 200:
        assert everything() == before
    return response.status_code == 302


def check(client, row, stored_in, values: dict[str, tuple[Any, Any]]) -> bool:
    """Save, look at what is stored, and take it back; return whether it was saved."""
    with transaction.atomic():
        is_saved = press_save(client, row, values)
        if is_saved:
            now = stored_in()
            for name, (_, meaning) in values.items():
                assert meaning is not REFUSED, name
                value = getattr(now, name.rpartition("-")[2])
                assert meaning is None or value == meaning, name
        transaction.set_rollback(True)
    return is_saved


def some_of(**fields: st.SearchStrategy) -> st.SearchStrategy:
    """Return dictionaries of some of the fields, at least one."""
    return st.fixed_dictionaries({}, optional=fields).filter(bool)


@SETTINGS
@given(values=some_of(title=WORDS, text=TEXTS, public_from=MOMENTS, public_until=MOMENTS))
def test_a_notice_is_saved_as_typed_or_not_at_all(admin_client, values):
    notice, _ = Notice.objects.get_or_create(title="件名", text="本文")
    check(admin_client, notice, lambda: Notice.objects.get(pk=notice.pk), values)


@SETTINGS
@given(values=some_of(question=WORDS, answer=TEXTS))
def test_a_question_is_saved_as_typed_or_not_at_all(admin_client, values):
    entry = FaqEntry.objects.first()
    check(admin_client, entry, lambda: FaqEntry.objects.get(pk=entry.pk), values)


@SETTINGS
@given(
    values=some_of(
        **{
            f"premium_rows-0-{name}": YEN
            for name in ("annual_low", "annual_high", "liability_limit")
        }
    )
)
def test_a_premium_is_saved_as_typed_or_not_at_all(admin_client, term, values):
    draft = PolicyTerm.objects.filter(code="2026").first() or prepare_next(term)
    first = PremiumRow.objects.filter(term=draft).first()
    check(admin_client, draft, lambda: PremiumRow.objects.get(pk=first.pk), values)


def test_right_values_are_saved_and_wrong_ones_are_not(admin_client, term):
    """The claims above would hold for a form that saves nothing."""
    entry = FaqEntry.objects.first()
    assert check(admin_client, entry, FaqEntry.objects.first, {"question": ("問い", "問い")})
    assert not check(admin_client, entry, FaqEntry.objects.first, {"question": ("", REFUSED)})
