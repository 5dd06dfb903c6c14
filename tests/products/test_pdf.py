"""Tests of which files pass as a PDF."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from products.models import Document
from products.pdf import MOST_PDF_BYTES
from tests.factories import pdf


def messages_at_the_file(name: str, content: bytes) -> list[str]:
    document = Document(
        code="pamphlet",
        title="パンフレット",
        kind="pamphlet",
        file=SimpleUploadedFile(name, content),
    )
    try:
        document.clean_fields()
    except ValidationError as error:
        return error.message_dict["file"]
    assert document.file.read() == content  # it is looked at and left as it was
    return []


NO_PDF = "PDF として読み取れません。PDF のファイルを選んでください。"
BROKEN = "PDF が壊れているようです。元のファイルから PDF を作り直して、もう一度選んでください。"
LOOP = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Count 1/Kids[2 0 R]>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"
)


@pytest.mark.parametrize("name", ["pamphlet.pdf", "サイバー保険 パンフレット(2025年度).PDF"])
@pytest.mark.parametrize("pages", [1, 40])
def test_a_pdf_is_taken_whatever_it_is_called(name, pages):
    assert messages_at_the_file(name, pdf(pages)) == []


def test_a_pdf_with_a_damaged_table_is_taken_as_browsers_take_it():
    assert messages_at_the_file("a.pdf", pdf().replace(b"\n", b"\n% moved\n", 1)) == []


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.exe", b"MZ", NO_PDF),
        ("a.pdf", b"<html>", NO_PDF),
        ("a.html", pdf(), NO_PDF),
        ("a.pdf", b"", NO_PDF),
        ("a.pdf", b"%PDF-", BROKEN),
        ("a.pdf", b"%PDF-1.7 pamphlet", BROKEN),
        ("a.pdf", pdf()[:120], BROKEN),
        ("a.pdf", b"%PDF-1.7\n" + b"[" * 200_000, BROKEN),
        ("a.pdf", LOOP, BROKEN),
        ("a.pdf", pdf(password="secret"), "保護を外した PDF を選んでください。"),
        ("a.pdf", pdf(pages=0), "PDF にページがありません。"),
        (
            "a.pdf",
            b"%PDF-" + bytes(MOST_PDF_BYTES - 4),
            "ファイルが大きすぎます(20.1MB)。20MBまでの PDF を選んでください。",
        ),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "",
)
def test_anything_else_is_refused_in_words(name, content, message):
    (said,) = messages_at_the_file(name, content)
    assert message in said


def test_the_largest_file_is_not_too_large():
    (said,) = messages_at_the_file("a.pdf", b"%PDF-" + bytes(MOST_PDF_BYTES - 5))
    assert said == BROKEN
