import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from products.models import Document, Notice, Product, SecurityProgram, SupportDesk
from tests.constraints import assert_refused
from tests.moments import moment, tokyo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("process_zone")]


@pytest.fixture
def notice() -> Notice:
    return Notice.objects.create(
        title="件名",
        text="本文",
        public_from=tokyo("2025-10-01T09:00"),
        public_until=tokyo("2025-10-31T17:00"),
    )


@pytest.mark.parametrize(
    ("at", "is_public"),
    [
        ("2025-10-01T08:59", False),
        ("2025-10-01T09:00", True),
        ("2025-10-31T16:59", True),
        ("2025-10-31T17:00", False),
    ],
)
def test_a_notice_is_public_from_its_start_until_before_its_end(notice, at, is_public):
    assert bool(Notice.objects.public_at(moment(at))) is is_public


def test_a_notice_without_an_end_stays(notice):
    notice.public_until = None
    notice.save()
    assert Notice.objects.public_at(moment("2099-01-01T00:00"))


def test_a_notice_without_a_start_is_a_draft(notice):
    notice.public_from = None
    notice.save()
    assert not Notice.objects.public_at(moment("2025-10-15T00:00"))


def test_a_notice_that_ends_before_it_starts_is_refused(notice):
    assert_refused(notice, "公開終了日時は、公開開始日時より後に", public_until=notice.public_from)


@pytest.mark.parametrize(
    "changes", [{"url": ""}, {"file": "documents/pamphlet.pdf"}], ids=["neither", "both"]
)
def test_a_document_is_either_a_file_or_a_link(changes):
    assert_refused(Document.objects.get(), "どちらか一つだけを", **changes)


@pytest.mark.parametrize("model", [Product, SupportDesk, SecurityProgram])
def test_what_the_pages_rely_on_exists_once(model):
    row = model.objects.get()
    row.pk = 2
    row._state.adding = True
    with pytest.raises(ValidationError, match="登録できるのは1件だけです"):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
