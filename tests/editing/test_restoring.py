"""Tests of writing an older version back."""

import pytest
from django.core.exceptions import ValidationError

from contacts.models import Desk, DeskRole
from editing.restoring import restore
from editing.snapshots import fingerprint, snapshot
from products.models import Document, IncidentCase, PolicyTerm, Product, SupportDesk

pytestmark = pytest.mark.django_db


@pytest.fixture
def term() -> PolicyTerm:
    return PolicyTerm.objects.get()


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
    case = IncidentCase.objects.filter(functions__isnull=False).first()
    content, linked = snapshot(term), set(case.functions.all())
    first, second = list(term.support_functions.all())[:2]
    titles = first.title, second.title
    for row, title in ((first, "x"), (second, titles[0]), (first, titles[1])):
        row.title = title
        row.save()
    with pytest.raises(ValidationError, match="元に戻せません"):
        restore(content)
    assert set(case.functions.all()) == linked


def test_many_to_many_relations_come_back():
    desk = SupportDesk.objects.get()
    content = snapshot(desk)
    case = IncidentCase.objects.filter(functions__isnull=False).first()
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


def test_a_fingerprint_does_not_depend_on_keys_or_on_fields_that_a_version_lacks(term):
    content = snapshot(term)
    renumbered = {
        str(place): row
        | {"pk": place, "fields": {k: v for k, v in row["fields"].items() if v != ""}}
        for place, row in enumerate(content.values())
    }
    assert fingerprint(renumbered) == fingerprint(content)
