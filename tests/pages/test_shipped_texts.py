"""The texts of new slots on a database of before, and what the system check says of a slot."""

import pytest
import reversion
from reversion.models import Version

from editing.models import ChangeKind, RecordedChange
from pages.checks import unfit_page_texts
from pages.models import PageText
from pages.system_checks import slots_are_whole
from pages.texts.all_slots import SLOTS
from pages.texts.shipped import add_missing_texts
from pages.texts.slots import Slot
from tests.findings import found

pytestmark = pytest.mark.django_db


def test_a_new_slot_gets_its_shipped_text_with_a_version():
    PageText.objects.filter(slot="faq-title").delete()
    assert add_missing_texts() == 1
    added = PageText.objects.get(slot="faq-title")
    assert added.text == "よくあるご質問"
    (version,) = Version.objects.get_for_object(added)
    assert version.revision.comment == "出荷時の文"
    entry = RecordedChange.objects.get()
    assert (entry.by, entry.kind, entry.says) == ("", ChangeKind.ADDED, "出荷時の文")
    assert "よくあるご質問" in entry.words


def test_texts_that_are_stored_stay_as_they_are_those_of_unknown_slots_too():
    PageText.objects.filter(slot="faq-title").update(text="事務局の文")
    PageText.objects.create(slot="slot-of-newer-code", text="新しい文")
    assert add_missing_texts() == 0
    assert PageText.objects.get(slot="faq-title").text == "事務局の文"
    assert PageText.objects.get(slot="slot-of-newer-code").text == "新しい文"


def test_adding_nothing_leaves_no_revision():
    before = reversion.models.Revision.objects.count()
    add_missing_texts()
    assert reversion.models.Revision.objects.count() == before


def test_a_stored_text_that_pages_do_not_show_is_found():
    assert found(unfit_page_texts) == []
    PageText.objects.filter(slot="faq-title").update(text="{昔の差し込み}")
    (finding,) = found(unfit_page_texts)
    assert "「よくあるご質問:見出しとページの題」" in finding.says


def test_the_slots_as_they_are_have_no_fault():
    assert slots_are_whole() == []


@pytest.mark.parametrize(
    ("slot", "fault"),
    [
        (Slot("new-slot", "faq", "新しい場所"), "page_texts.yaml has no text"),
        (Slot("faq-title", "faqs", "見出し"), "there is no page faqs"),
        (Slot("faq-title", "faq", "見出し", ("締め切り",)), "there is no placeholder 締め切り"),
        (Slot("faq-title", "faq", "見出し", uncertain=("保険期間",)), "go together"),
        (Slot("faq-title", "faq", "見出し", without="ないとき"), "go together"),
    ],
)
def test_a_slot_that_is_not_declared_in_full_is_an_error(monkeypatch, slot, fault):
    monkeypatch.setitem(SLOTS, slot.key, slot)
    (error,) = slots_are_whole()
    assert fault in error.msg
