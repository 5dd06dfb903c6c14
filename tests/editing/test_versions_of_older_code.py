"""Tests of versions that were saved by older code, whose models were others."""

import json

import pytest
import reversion
from reversion.models import Version

from products.models import Document, FaqEntry, PolicyTerm, SupportDesk
from tests.admin_forms import form_url_of, save
from tests.editing.admin_pages import page

pytestmark = pytest.mark.django_db


def test_a_version_without_a_field_that_is_needed_is_shown_but_not_brought_back(admin_client):
    entry = FaqEntry.objects.first()
    version = Version.objects.get_for_object(entry).first()
    (row,) = json.loads(version.serialized_data)
    row["fields"]["heading"] = row["fields"].pop("question")
    version.serialized_data = json.dumps([row])
    version.save()
    save(admin_client, form_url_of(entry), answer="別の回答")
    told = page(admin_client, "products_faqentry_history", entry.pk)
    assert "この版には、後から加わった項目「質問」がありません。" in told.text
    assert "この版には、いまはない項目「heading」の内容があります。" in told.text
    refused = page(admin_client, "products_faqentry_revision", entry.pk, version.pk)
    assert "後から加わった「質問」がありません。" in refused.text
    entry.delete()
    deleted = page(admin_client, "products_faqentry_recover", version.pk)
    assert "後から加わった「質問」がありません。" in deleted.text


def test_a_version_without_a_field_that_is_part_of_its_name_can_be_read(admin_client):
    term = PolicyTerm.objects.get()
    version = Version.objects.get_for_object(term).first()
    (row,) = json.loads(version.serialized_data)
    del row["fields"]["starts_at"]
    version.serialized_data = json.dumps([row])
    version.save()
    save(admin_client, form_url_of(term), coverage_note="別の注記")
    told = page(admin_client, "products_policyterm_history", term.pk)
    assert "この版には、後から加わった項目「保険期間の開始」がありません。" in told.text


def changed(instance, **values) -> None:
    """Let the first version of an object hold other values."""
    version = Version.objects.get_for_object(instance).first()
    (row,) = json.loads(version.serialized_data)
    fields = row["fields"] | {name: value for name, value in values.items() if name != "model"}
    row |= {"model": values.get("model", row["model"]), "fields": fields}
    version.serialized_data = json.dumps([row])
    version.save()


@pytest.mark.parametrize(
    ("find", "edit", "values"),
    [
        (SupportDesk.objects.get, {"text": "別の文"}, {"functions": 5}),
        (Document.objects.last, {"title": "別の名"}, {"term": "昔は文でした"}),
        (Document.objects.last, {"title": "別の名"}, {"public_from": "春ごろ"}),
        (PolicyTerm.objects.get, {"coverage_note": "別の注記"}, {"model": "products.gone"}),
    ],
    ids=["many relations", "one relation", "moment", "model"],
)
def test_a_version_from_before_a_field_had_its_type_can_be_read(admin_client, find, edit, values):
    document = Document.objects.create(
        code="pamphlet", title="資料", kind="pamphlet", order=99, url="https://example.jp/"
    )
    with reversion.create_revision():
        reversion.add_to_revision(document)
    whole = find()
    part = {"functions": lambda: whole.cases.first(), "model": lambda: whole.reasons.first()}
    changed(part.get(next(iter(values)), lambda: whole)(), **values)
    save(admin_client, form_url_of(whole), **edit)
    told = page(admin_client, f"products_{whole._meta.model_name}_history", whole.pk)
    assert len(told.all(".history-entry")) == 2
