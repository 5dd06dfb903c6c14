"""Uploading a document in the admin, replacing it, and what visitors get."""

from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.urls import reverse

from products.models import Document
from tests.factories import pdf
from tests.html import Page
from tests.moments import tokyo

pytestmark = pytest.mark.django_db
PATH = "/documents/pamphlet-2025.pdf"


def fields(**changes) -> dict:
    return {
        "code": "pamphlet-2025",
        "title": "パンフレット(2025年度)",
        "kind": "pamphlet",
        "term": "",
        "url": "",
        "issued_on": "2025-02-01",
        "public_from_0": "2025-02-01",
        "public_from_1": "00:00",
        "public_until_0": "",
        "public_until_1": "",
        "order": "1",
    } | changes


def upload(client, content: bytes, document: Document | None = None, **changes):
    names = "admin:products_document"
    url = reverse(f"{names}_change", args=[document.pk]) if document else reverse(f"{names}_add")
    shown = client.get(url, secure=True).context_data.get("seen", "")
    file = SimpleUploadedFile("パンフレット 最新.pdf", content, "application/pdf")
    return client.post(url, fields(file=file, _seen=shown, **changes), secure=True)


@pytest.fixture(autouse=True)
def today(set_clock) -> None:
    set_clock("2025-02-10T10:00")


@pytest.fixture
def first() -> bytes:
    return pdf(pages=1)


@pytest.fixture
def document(admin_client, first) -> Document:
    assert upload(admin_client, first).status_code == 302
    return Document.objects.get(code="pamphlet-2025")


def served(client, url: str = PATH) -> bytes:
    return b"".join(client.get(url, secure=True))


def test_an_upload_is_served_as_what_it_is_under_its_title(client, document, first):
    response = client.get(PATH, secure=True)
    assert b"".join(response) == first
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    title = quote("パンフレット(2025年度).pdf", safe="")
    assert response.headers["Content-Disposition"] == f"inline; filename*=utf-8''{title}"


@pytest.mark.parametrize("title", ["資料.pdf", "資料.PDF"])
def test_a_title_with_the_ending_of_a_pdf_gets_no_second_one(client, document, title):
    Document.objects.update(title=title)
    name = client.get(PATH, secure=True).headers["Content-Disposition"]
    assert name == f"inline; filename*=utf-8''{quote(title)}"


def test_head_tells_the_size_and_sends_nothing(client, document, first):
    response = client.head(PATH, secure=True)
    assert response.headers["Content-Length"] == str(len(first))
    assert response.headers["Content-Type"] == "application/pdf"


def test_the_name_on_disk_is_plain_whatever_the_upload_was_called(document):
    assert document.file.name.isascii()
    assert Path(document.file.path).parent == Path(settings.MEDIA_ROOT) / "documents"


@pytest.mark.parametrize(
    ("issued_on", "told"), [("2025-01-15", "作成日:2025年1月15日"), (None, "掲載日:2025年2月1日")]
)
def test_visitors_are_told_size_and_date(visit, document, issued_on, told):
    Document.objects.filter(pk=document.pk).update(issued_on=issued_on)
    assert f"(パンフレット、PDF1KB){told}" in visit("/documents/").main


def test_a_missing_file_has_no_size_and_breaks_no_page(visit, document):
    document.file.storage.delete(document.file.name)
    assert "(パンフレット、PDF)作成日" in visit("/documents/").main
    visit(PATH, status=404)


def test_a_pdf_has_a_policy_that_lets_browsers_show_it(client, document):
    """WebKit applies the policy of a PDF to its own viewer, which needs styles, frames and scripts."""
    headers = client.get(PATH, secure=True).headers
    assert headers["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert headers["X-Frame-Options"] == "DENY"


def test_a_replacement_is_served_and_the_old_file_stays(admin_client, client, document, first):
    second = pdf(pages=2)
    assert upload(admin_client, second, document).status_code == 302
    assert served(client) == second
    assert Path(document.file.path).read_bytes() == first


def test_a_different_file_is_no_second_press(admin_client, document, first):
    assert upload(admin_client, first).status_code == 302  # stored already
    refused = upload(admin_client, pdf(pages=2))
    assert refused.status_code == 200
    assert "code" in refused.context_data["adminform"].form.errors
    assert served(admin_client) == first


def test_when_saving_fails_the_old_file_is_served(admin_client, client, document, first):
    with connection.cursor() as cursor:  # the last of what a save writes
        cursor.execute("ALTER TABLE editing_recordedchange RENAME TO gone")
    with pytest.raises(DatabaseError):
        upload(admin_client, pdf(pages=2), document)
    assert served(client) == first


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<html>", "PDF として読み取れません"),
        (b"%PDF-1.7 broken", "PDF が壊れているようです"),
        (b"%PDF-" + bytes(25 * 1024**2), "ファイルが大きすぎます(25.1MB)。20MBまで"),
        (b"", "入力されたファイルは空です"),
    ],
    ids=["no pdf", "broken", "too large", "empty"],
)
def test_a_refused_upload_gets_a_message_and_the_form_is_kept(
    admin_client, client, document, first, content, message
):
    response = upload(admin_client, content, document, title="新しい資料名")
    assert response.status_code == 200
    html = response.content.decode()
    assert message in html
    assert 'value="新しい資料名"' in html
    assert served(client) == first


def test_the_form_leads_to_the_file_that_is_stored(admin_client, document, first):
    form = admin_client.get(
        reverse("admin:products_document_change", args=[document.pk]), secure=True
    )
    assert Page(form).texts(f'.field-file a[href="{document.file.url}"]') == [
        "パンフレット最新.pdf"
    ]
    Document.objects.update(public_from=None)
    assert served(admin_client, document.file.url) == first


@pytest.mark.parametrize(("permissions", "status"), [((), 403), (("view_document",), 200)])
def test_stored_files_are_for_those_who_may_see_documents(client, document, permissions, status):
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    assert client.get(document.file.url, secure=True).status_code == 302
    client.force_login(clerk)
    assert client.get(document.file.url, secure=True).status_code == status


@pytest.mark.parametrize("name", ["nothing.pdf", "..", "%2e%2e%2fsecret", "."])
def test_no_other_file_is_reached(admin_client, document, name):
    (Path(settings.MEDIA_ROOT) / "secret").write_text("secret")
    assert admin_client.get(f"/admin/files/documents/{name}", secure=True).status_code in (400, 404)


def test_a_draft_is_not_served_to_visitors(client, document):
    Document.objects.filter(pk=document.pk).update(public_from=None)
    assert client.get(PATH, secure=True).status_code == 404


def test_two_documents_never_share_a_file(db):
    documents = [
        Document(code=code, title="資料", kind="other", public_from=tokyo("2025-02-01T00:00"),
                 issued_on=date(2025, 2, 1))
        for code in ("a", "b")
    ]  # fmt: skip
    for each in documents:
        each.file.save("same.pdf", ContentFile(each.code.encode()))
    assert [each.file.read() for each in documents] == [b"a", b"b"]
