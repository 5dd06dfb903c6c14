"""Tests of the chain of a save: each step by itself, on real content."""

from dataclasses import replace
from unittest.mock import patch

import pytest
import reversion
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from reversion.models import Revision, Version

from editing.history import history
from editing.models import SavedForm
from editing.reasons import REASON_MISSING, reason_is_given
from editing.saving import (
    Conflict,
    Edit,
    Invalid,
    Refused,
    SavedBefore,
    Stored,
    save,
    save_together,
    try_out,
)
from editing.snapshots import fingerprint, snapshot
from editing.targets import LiveContent
from products.models import CoverageCategory, Document, FaqEntry, PolicyTerm

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> FaqEntry:
    return FaqEntry.objects.first()


@pytest.fixture
def edit(admin_user, entry) -> Edit:
    """Return an edit of the answer of a question; the question is sent as it was, as with a form."""

    def make() -> list[FaqEntry]:
        edited = FaqEntry.objects.get(pk=entry.pk)
        edited.question, edited.answer = entry.question, "新しい回答"
        edited.save()
        return [edited]

    return Edit(admin_user, entry, make, says=lambda: "回答を変えました。")


@pytest.fixture
def addition(admin_user) -> Edit:
    def make() -> list[FaqEntry]:
        return [FaqEntry.objects.create(question="質問", answer="回答")]

    return Edit(admin_user, None, make, says=lambda: "追加しました。", digest="0" * 64)


class Elsewhere:
    """A target that keeps what it gets."""

    keeps_edit = False

    def __init__(self):
        self.got = []

    def store(self, trial):
        self.got.append((trial.before, trial.after))


def answers() -> list[str]:
    return list(FaqEntry.objects.values_list("answer", flat=True))


def test_an_edit_is_stored_with_a_version_and_a_line_in_the_log(edit, entry, admin_user):
    assert save(edit, LiveContent()) == Stored(entry)
    entry.refresh_from_db()
    assert entry.answer == "新しい回答"
    kept, _loaded = history(entry)
    assert (kept.by, kept.comment) == (admin_user.get_full_name() or "admin", "回答を変えました。")
    assert LogEntry.objects.get().is_change()


def test_an_addition_is_logged_as_one(addition):
    assert isinstance(save(addition, LiveContent()), Stored)
    assert LogEntry.objects.get().is_addition()


def test_a_reason_stands_in_the_record(edit, entry):
    save(replace(edit, reason="誤字"), LiveContent())
    assert history(entry)[0].comment == "訂正の理由:誤字(回答を変えました。)"


def test_the_version_of_a_part_is_that_of_the_whole(admin_user):
    category = CoverageCategory.objects.first()
    edit = Edit(admin_user, category, lambda: [category], says=lambda: "変えました。")
    save(edit, LiveContent())
    version, _loaded = Version.objects.get_for_object(PolicyTerm.objects.get())
    assert version.revision.version_set.count() > 10


def test_what_is_not_valid_is_not_stored(edit):
    before = answers()
    assert save(replace(edit, make=lambda: None), LiveContent()) == Invalid()
    assert answers() == before


def test_what_the_models_refuse_is_told_with_all_messages_and_not_stored(edit):
    before = answers()

    def make():
        edit.make()
        raise ValidationError(["一つ目", "二つ目"])

    assert save(replace(edit, make=make), LiveContent()) == Refused(["一つ目", "二つ目"])
    assert answers() == before


def test_rules_see_the_edit_and_refuse_it_with_all_their_reasons(edit):
    before = answers()
    rules = (
        lambda trial: trial.objects[0].answer,
        lambda trial: "",
        lambda trial: str(len(trial.after)),
    )
    assert save(replace(edit, rules=rules), LiveContent()) == Refused(["新しい回答", "1"])
    assert answers() == before
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(
    ("needs_reason", "reason", "refused"),
    [(True, "", [REASON_MISSING]), (True, "誤字", None), (False, "", None)],
)
def test_a_correction_needs_a_reason(edit, needs_reason, reason, refused):
    edit = replace(edit, needs_reason=needs_reason, reason=reason, rules=(reason_is_given,))
    outcome = save(edit, LiveContent())
    assert outcome == Refused(refused) if refused else isinstance(outcome, Stored)


def test_what_the_editor_saw_is_compared_with_what_is_stored(edit, entry):
    seen = fingerprint(snapshot(entry))
    FaqEntry.objects.filter(pk=entry.pk).update(question="別の質問")
    outcome = save(replace(edit, seen=seen), LiveContent())
    assert isinstance(outcome, Conflict)
    assert [
        (each.field, each.new.endswith("(変えていません)")) for each in outcome.differences
    ] == [
        ("質問", True),
        ("回答", False),
    ]
    (theirs,) = outcome.theirs
    assert (theirs.field, theirs.old, theirs.new) == ("質問", entry.question, "別の質問")
    assert "新しい回答" not in answers()
    assert isinstance(save(replace(edit, seen=outcome.seen), LiveContent()), Stored)


def test_what_somebody_stored_just_so_meanwhile_is_not_stored_twice(edit, entry):
    seen = fingerprint(snapshot(entry))
    assert isinstance(save(edit, LiveContent()), Stored)
    kept = history(entry)
    assert save(replace(edit, seen=seen), LiveContent()) == SavedBefore()
    assert len(history(entry)) == len(kept)


def test_a_fault_comes_before_a_conflict_of_which_it_tells(edit):
    outcome = save(replace(edit, make=lambda: None, seen="outdated"), LiveContent())
    assert outcome == Invalid(is_outdated=True)


def test_a_conflict_comes_before_a_rule(edit, entry):
    seen = fingerprint(snapshot(entry))
    FaqEntry.objects.filter(pk=entry.pk).update(question="別の質問")
    refusing = replace(edit, seen=seen, rules=(lambda trial: "まだです。",))
    outcome = save(refusing, LiveContent())
    assert isinstance(outcome, Conflict)
    assert save(replace(refusing, seen=outcome.seen), LiveContent()) == Refused(["まだです。"])


def test_the_whole_is_locked_while_a_part_of_it_is_edited(admin_user):
    """SQLite has one writer at a time and ignores the lock, which is therefore looked at where it is asked for."""
    category = CoverageCategory.objects.first()
    edit = Edit(admin_user, category, lambda: [category], says=lambda: "変えました。")
    lock = QuerySet.select_for_update
    with patch.object(QuerySet, "select_for_update", autospec=True, side_effect=lock) as locked:
        save(edit, LiveContent())
    assert [call.args[0].model for call in locked.call_args_list] == [PolicyTerm]


def test_an_object_that_was_deleted_meanwhile_is_a_conflict(edit, entry):
    seen = fingerprint(snapshot(entry))
    FaqEntry.objects.filter(pk=entry.pk).delete()
    edit = replace(
        edit, seen=seen, make=lambda: [FaqEntry.objects.create(question="?", answer="!")]
    )
    assert isinstance(save(edit, LiveContent()), Conflict)


def test_what_was_added_is_not_added_twice_unless_it_was_deleted(addition):
    assert isinstance(save(addition, LiveContent()), Stored)
    assert save(addition, LiveContent()) == SavedBefore()
    FaqEntry.objects.filter(question="質問").delete()
    assert isinstance(save(addition, LiveContent()), Stored)
    assert FaqEntry.objects.filter(question="質問").count() == 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time.")
def test_a_second_press_waits_for_the_end_of_the_first():
    SavedForm.claim("0" * 64)
    with CaptureQueriesContext(connection) as queries:
        SavedForm.claim("0" * 64)
    assert any("FOR UPDATE" in query["sql"] for query in queries)


def test_what_was_refused_may_be_sent_again(addition):
    refused = replace(addition, rules=(lambda trial: "まだです。",))
    assert save(refused, LiveContent()) == Refused(["まだです。"])
    assert isinstance(save(addition, LiveContent()), Stored)


def test_what_was_sent_is_remembered_with_what_it_added(addition):
    save(addition, LiveContent())
    saved = SavedForm.objects.get()
    assert saved.model == "products.faqentry"
    assert saved.object_id == str(FaqEntry.objects.get(question="質問").pk)


def test_a_target_gets_what_the_object_was_and_would_be(edit, entry):
    target = Elsewhere()
    save(edit, target)
    ((before, after),) = target.got
    key = f"products.faqentry {entry.pk}"
    assert before[key]["fields"]["answer"] == entry.answer
    assert after[key]["fields"]["answer"] == "新しい回答"
    entry.refresh_from_db()
    assert entry.answer == before[key]["fields"]["answer"]  # the live content is as it was


def test_a_deletion_keeps_the_versions_from_before(admin_user, entry):
    with reversion.create_revision():
        reversion.add_to_revision(entry)

    def delete():
        FaqEntry.objects.filter(pk=entry.pk).delete()
        return []

    assert isinstance(save(Edit(admin_user, entry, delete, says=str), LiveContent()), Stored)
    assert Version.objects.get_deleted(FaqEntry).count() == 1


def test_what_is_tried_out_leaves_nothing(edit):
    before = answers()
    assert try_out(edit, lambda trial: trial.objects[0].answer) == "新しい回答"
    assert answers() == before


@pytest.fixture
def document() -> Document:
    document = Document(code="pamphlet", title="資料", kind="pamphlet", order=1)
    document.file.save("old.pdf", ContentFile(b"%PDF-old"))
    return document


@pytest.mark.parametrize("rules", [(), (lambda trial: "まだです。",)], ids=["stored", "refused"])
def test_a_file_stays_with_its_edit_alone(admin_user, document, rules):
    def make():
        # As a form does: into the object that the edit is of.
        document.file.save("new.pdf", ContentFile(b"%PDF-new"))
        return [document]

    storage, old = document.file.storage, document.file.name
    edit = Edit(admin_user, document, make, says=lambda: "", rules=rules)
    save(replace(edit, new_files=lambda: [document.file]), LiveContent())
    assert storage.exists(document.file.name) is not bool(rules)
    assert storage.exists(old)
    assert document.file.name != old


def test_a_new_file_goes_with_an_edit_that_fails_halfway(admin_user, document):
    def make():
        document.file.save("new.pdf", ContentFile(b"%PDF-new"))
        raise OperationalError("disk full")

    edit = Edit(admin_user, document, make, says=str, new_files=lambda: [document.file])
    with pytest.raises(OperationalError):
        save(edit, LiveContent())
    assert not document.file.storage.exists(document.file.name)


def test_a_file_that_an_edit_leaves_alone_stays(admin_user, document):
    edit = Edit(admin_user, document, lambda: [document], says=lambda: "")
    assert save(replace(edit, rules=(lambda trial: "まだです。",)), LiveContent())
    assert document.file.storage.exists(document.file.name)


@pytest.mark.parametrize("reason", ["", "理由"])
def test_edits_are_stored_together_in_one_revision_or_not_at_all(edit, addition, reason):
    corrected = replace(edit, needs_reason=True, reason=reason, rules=(reason_is_given,))
    before, last = answers(), Revision.objects.order_by("pk").last()
    outcomes = save_together([addition, corrected], LiveContent())
    assert isinstance(outcomes[0], Stored)
    if reason:
        assert Revision.objects.get(pk__gt=last.pk).version_set.count() == 2
    else:
        assert outcomes[1] == Refused([REASON_MISSING])
        assert answers() == before
        assert Revision.objects.order_by("pk").last() == last
