"""The files of a document in its history: by the names with which they were chosen, and gone ones."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from editing.history import history
from editing.models import RecordedChange
from products.models import Document
from tests.admin_forms import form_data, sent_by
from tests.factories import pdf
from tests.html import Page

pytestmark = pytest.mark.django_db
GONE = "「初版.pdf」は、サーバーにありません。"


def url_of(document: Document, name: str, *args: object) -> str:
    return reverse(f"admin:products_document_{name}", args=[document.pk, *args])


def replaced(admin_client, document: Document, name: str, pages: int) -> None:
    chosen = SimpleUploadedFile(name, pdf(pages), "application/pdf")
    url = url_of(document, "change")
    data = form_data(admin_client, url) | {"file": chosen, "url": ""}
    assert admin_client.post(url, data, secure=True).status_code == 302
    document.refresh_from_db()


@pytest.fixture
def document(admin_client, set_clock) -> Document:
    """Return a document whose file was replaced."""
    set_clock("2025-02-10T10:00")
    document = Document.objects.get(code="support-desk-terms")
    replaced(admin_client, document, "初版.pdf", 1)
    replaced(admin_client, document, "第2版.pdf", 2)
    return document


def test_the_history_names_files_as_they_were_chosen_and_opens_them(admin_client, document):
    page = Page(admin_client.get(url_of(document, "history"), secure=True))
    names = page.texts(".history-entry td a")[:2]  # of the newest entry
    urls = page.attributes(".history-entry td a", "href")[:2]
    assert names == ["初版.pdf", "第2版.pdf"]
    opened = [admin_client.get(url, secure=True).content for url in urls]
    assert opened == [pdf(1), pdf(2)]
    assert "documents/" not in "".join(page.texts("td"))


def test_the_record_names_them_too(admin_client, document):
    told = [(each["old"], each["new"]) for each in RecordedChange.objects.first().differences]
    assert ("初版.pdf", "第2版.pdf") in told


def test_a_file_from_before_names_were_kept_has_none(admin_client, document):
    Document.objects.filter(pk=document.pk).update(file_name="")
    document.refresh_from_db()
    replaced(admin_client, document, "第3版.pdf", 3)
    told = RecordedChange.objects.first().differences
    assert [each["old"] for each in told] == ["名前の記録がないファイル"]


def test_going_back_brings_back_the_file_with_its_name(admin_client, document):
    version = history(document)[1].version
    url = url_of(document, "revision", version.pk)
    page = Page(admin_client.get(url, secure=True))
    assert GONE not in page.text
    data = {name: values[-1] for name, values in sent_by(page).items()}
    assert admin_client.post(url, data, secure=True).status_code == 302
    document.refresh_from_db()
    assert (document.file.read(), document.file_name) == (pdf(1), "初版.pdf")


def test_a_version_whose_file_is_gone_says_so_and_asks_before_it_is_brought_back(
    admin_client, document
):
    version = history(document)[1].version
    before = Document(file=version.field_dict["file"])
    Path(before.file.path).unlink()
    page = Page(admin_client.get(url_of(document, "history"), secure=True))
    assert "初版.pdf(サーバーにありません)" in page.text
    url = url_of(document, "revision", version.pk)
    page = Page(admin_client.get(url, secure=True))
    assert GONE in page.text
    data = {name: values[-1] for name, values in sent_by(page).items()}
    page = Page(admin_client.post(url, data, secure=True))
    assert "次のことを確かめてください。まだ保存していません。" in page.text
    assert "「初版.pdf」はサーバーにありません。訪問者は資料を開けません。" in page.text
    document.refresh_from_db()
    assert document.file_name == "第2版.pdf"
