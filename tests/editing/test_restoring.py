"""Tests of writing an older version back."""

from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from contacts.models import Desk, DeskRole
from editing.restoring import restore
from editing.snapshots import Snapshot, fingerprint, snapshot
from products.models import (
    Document,
    FaqEntry,
    IncidentCase,
    PolicyTerm,
    Product,
    SupportDesk,
    SupportFunction,
)

pytestmark = pytest.mark.django_db


def test_an_object_gets_its_content_and_its_parts_back(term):
    content = snapshot(term)
    term.premium_notes = "違う"
    term.save()
    term.premium_rows.filter(number=1).update(annual_low=1)
    term.reasons.first().delete()
    term.coverage_categories.first().events.create(title="余分な事故", text="説明")
    restored = restore(content)
    assert restored == term
    assert snapshot(term) == content


def test_rows_that_exchanged_distinct_values_get_them_back(term):
    content = snapshot(term)
    for number, becomes in ((1, 77), (2, 1), (77, 2)):
        term.premium_rows.filter(number=number).update(number=becomes)
    restore(content)
    assert snapshot(term) == content


def test_rows_that_others_refer_to_are_not_deleted_on_the_way(term):
    case = IncidentCase.objects.first()
    case.functions.set(term.support_functions.all()[:2])
    content, linked = snapshot(term), set(case.functions.all())
    first, second = list(term.support_functions.all())[:2]
    titles = first.title, second.title
    for row, title in ((first, "x"), (second, titles[0]), (first, titles[1])):
        row.title = title
        row.save()
    with pytest.raises(ValidationError, match="元に戻せません"):
        restore(content)
    assert set(case.functions.all()) == linked


def test_parts_of_a_part_wait_until_it_can_be_saved(term):
    content = snapshot(term)
    first, second, *_ = term.coverage_categories.all()
    first.delete()
    second.kind = first.kind
    second.save()
    restore(content)
    assert snapshot(term) == content


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite takes a text of any length.")
def test_a_text_that_is_too_long_today_is_refused():
    entry = FaqEntry.objects.first()
    content = snapshot(entry)
    content[f"products.faqentry {entry.pk}"]["fields"]["question"] = "長" * 250
    with pytest.raises(ValidationError, match="入らない値"):
        restore(content)


def test_many_to_many_relations_come_back():
    desk = SupportDesk.objects.get()
    case = IncidentCase.objects.first()
    case.functions.set(SupportFunction.objects.all()[:2])
    content = snapshot(desk)
    case.functions.clear()
    restore(content)
    assert snapshot(desk) == content


def test_a_table_of_one_row_is_restored_in_its_row():
    product = Product.objects.get()
    content = snapshot(product)
    Product.objects.update(name="違う名前")
    restore(content)
    assert snapshot(product) == content


def test_something_deleted_comes_back_with_its_parts_and_keys(term):
    content = snapshot(term)
    term.delete()
    restored = restore(content)
    assert snapshot(restored) == content


def test_a_reference_to_something_deleted_is_left_empty(term):
    document = Document.objects.create(
        code="pamphlet", title="資料", kind="pamphlet", term=term, url="https://example.jp/"
    )
    content = snapshot(document)
    document.delete()
    term.delete()
    assert restore(content).term is None


def test_without_what_a_row_needs_it_is_refused():
    desk = Desk.objects.get(role=DeskRole.AGENCY)
    content = snapshot(desk)
    content[f"contacts.desk {desk.pk}"]["fields"]["organisation"] = 999
    with pytest.raises(ValidationError, match="が削除されているため、元に戻せません"):
        restore(content)


@pytest.mark.parametrize(
    ("field", "value", "changes"),
    [
        ("coverage_note", "別の注記", True),
        ("exclusions", "", False),  # as it is: a field that holds nothing
        ("joining_deadline_day", 21, True),
        ("public_from", None, True),
    ],
)
def test_a_fingerprint_is_of_what_fields_hold(term, field, value, changes):
    before = fingerprint(snapshot(term))
    content = snapshot(term)
    content[f"products.policyterm {term.pk}"]["fields"][field] = value
    assert (fingerprint(content) != before) is changes


def renumbered(content: Snapshot) -> Snapshot:
    """Return the content as a different database would hold it."""
    keys = {
        (row["model"].partition(".")[2], row["pk"]): place
        for place, row in enumerate(content.values(), start=1000)
    }
    owner = {"category": "coveragecategory", "term": "policyterm"}
    return {
        f"{row['model']} {pk}": row
        | {
            "pk": pk,
            "fields": row["fields"]
            | {
                name: keys[owner[name], value]
                for name, value in row["fields"].items()
                if name in owner
            },
        }
        for row, pk in zip(content.values(), keys.values(), strict=True)
    }


def test_a_fingerprint_does_not_depend_on_keys_or_on_fields_that_a_version_lacks(term):
    content = snapshot(term)
    filled = {
        key: row | {"fields": {k: v for k, v in row["fields"].items() if v != ""}}
        for key, row in renumbered(content).items()
    }
    assert fingerprint(filled) == fingerprint(content)


def test_a_fingerprint_depends_on_what_a_part_belongs_to(term):
    before = fingerprint(snapshot(term))
    first, other, *_ = term.coverage_categories.all()
    first.events.filter(pk=first.events.first().pk).update(category=other)
    assert fingerprint(snapshot(term)) != before


def test_a_new_default_changes_no_fingerprint(term):
    before = fingerprint(snapshot(term))
    deadline_day = PolicyTerm._meta.get_field("joining_deadline_day")
    with patch.multiple(deadline_day, default=25, get_default=lambda: 25):
        assert fingerprint(snapshot(term)) == before
