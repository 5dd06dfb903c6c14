"""Tests of which files pass as a PDF, what is told of them, and how long that may take."""

import resource
import subprocess
import sys
import time
from pathlib import Path
from signal import SIGKILL

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from products import pdf_inspection
from products.models import Document
from products.pdf import MOST_PDF_BYTES, inspected
from products.pdf_inspection import CPU_SECONDS, MEMORY
from tests.factories import pdf
from tests.patience import limit


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
LOCKED = "PDF を開くのにパスワードが必要です。パスワードなしで開ける PDF を選んでください。"
BROKEN = "PDF が壊れているようです。元のファイルから PDF を作り直して、もう一度選んでください。"
TOO_COMPLEX = (
    "PDF の作りが複雑で、確かめきれませんでした。"
    "元のファイルから PDF を作り直して、もう一度選んでください。"
)
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
        ("a.html", b"<html>", NO_PDF),
        ("a.pdf", b"", NO_PDF),
        ("a.pdf", b"%PDF-", BROKEN),
        ("a.pdf", b"%PDF-1.7 pamphlet", BROKEN),
        ("a.pdf", bytes(1025) + pdf(), NO_PDF),
        ("a.pdf", pdf()[:120], BROKEN),
        ("a.pdf", b"%PDF-1.7\n" + b"[" * 200_000, BROKEN),
        ("a.pdf", LOOP, BROKEN),
        ("a.pdf", pdf(password="secret"), LOCKED),
        ("a.pdf", pdf(password="secret", algorithm="AES-256"), LOCKED),
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


PRINT, CHANGE, COPY, ANNOTATE = 4, 8, 16, 32
SCRIPT = {"/S": "/JavaScript", "/JS": "app.alert(1)"}
LAUNCH = {"/S": "/Launch", "/F": "cmd.exe"}
HAS_SCRIPT = "PDF に、開くと動くプログラム(JavaScript)が入っています。"


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256"])
@pytest.mark.parametrize(
    ("rights", "told"),
    [
        (PRINT, ["制限付きの PDF です(印刷だけできます)。"]),
        (0, ["制限付きの PDF です(印刷もできません)。"]),
        (
            PRINT | COPY,
            ["制限付きの PDF です(印刷、文字のコピーはできます。変更、注釈はできません)。"],
        ),
        (PRINT | COPY | CHANGE | ANNOTATE, []),
    ],
)
def test_a_file_that_anybody_can_open_is_taken_with_its_restrictions_told(algorithm, rights, told):
    content = pdf(rights=rights, algorithm=algorithm)
    assert messages_at_the_file("a.pdf", content) == []
    assert inspected(SimpleUploadedFile("a.pdf", content)).notes == told


@pytest.mark.parametrize("before", [b"\r\n\r\n", b"\xef\xbb\xbf", b"x" * 1024])
def test_what_stands_before_the_pdf_is_taken_off(before):
    file = inspected(SimpleUploadedFile("a.pdf", before + pdf()))
    assert not file.inspection.refusal
    assert (file.read(), file.size) == (pdf(), len(pdf()))
    assert file.notes == [f"PDF の前にあった {len(before)} バイトの余分なデータを除きました。"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (pdf(opens=SCRIPT), [HAS_SCRIPT]),
        (pdf(opens=LAUNCH), ["PDF に、ほかのプログラムを起動する指示が入っています。"]),
        (pdf(attached=True), ["PDF に、ほかのファイルが添付されています。"]),
        (
            pdf(opens=SCRIPT, rights=PRINT, algorithm="AES-256"),
            ["制限付きの PDF です(印刷だけできます)。", HAS_SCRIPT],
        ),
        (pdf(), []),
    ],
    ids=["script", "launch", "attachment", "restricted script", "nothing"],
)
def test_it_is_told_what_a_file_can_do(content, told):
    assert inspected(SimpleUploadedFile("a.pdf", content)).notes == told


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        ("パンフレット 最新(2025).pdf", "パンフレット 最新(2025).pdf"),
        ("あ" * 83 + "ab.PDF", "あ" * 83 + "ab.PDF"),  # 255 bytes
        ("あ" * 83 + "abc.PDF", "あ" * 83 + "ab.PDF"),
        ("あ" * 120 + ".pdf", "あ" * 83 + ".pdf"),
    ],
)
def test_a_name_is_kept_up_to_what_a_disk_takes_with_its_ending(chosen, kept):
    file = inspected(SimpleUploadedFile(chosen, pdf()))
    assert file.name == kept
    said = [] if chosen == kept else [f"ファイルの名前が長すぎるため、「{kept}」に縮めました。"]
    assert file.notes == said


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        ("資料", "資料.pdf"),
        ("資料.pdf ", "資料.pdf"),
        ("資料 2025.4", "資料 2025.4.pdf"),
        ("あ" * 85, "あ" * 83 + ".pdf"),
    ],
)
def test_a_pdf_is_known_by_its_content_and_its_name_gets_the_ending(chosen, kept):
    assert messages_at_the_file(chosen, pdf()) == []
    file = inspected(SimpleUploadedFile(chosen, pdf()))
    assert file.name == kept
    said = "ファイルの名前の終わりに「.pdf」を付けました。"
    assert (said in file.notes) == (".pdf" not in chosen)


def test_what_is_no_pdf_keeps_its_name():
    assert inspected(SimpleUploadedFile("資料", b"<html>")).name == "資料"


NESTED = (b"<<" * 13 + b"\n") * 100_000


def damaged(inside: bytes) -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj\n" + inside + b"\nendobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"
    )


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n" + b"(" * (MOST_PDF_BYTES - 9),
        damaged(b"(" * (MOST_PDF_BYTES - 100)),
        damaged(NESTED),
        b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n<</A<<\n" % i for i in range(160_000)),
    ],
    ids=["20 MB of (", "20 MB of ( in an object", "nested", "open objects"],
)
def test_a_hostile_file_costs_little_time_and_no_line_of_the_log(content, caplog, capfd):
    used, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    (said,) = messages_at_the_file("a.pdf", content)
    uses = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert said in (BROKEN, TOO_COMPLEX)  # older versions of pypdf reach the limit
    assert time.monotonic() - started < limit(CPU_SECONDS + 1)
    assert uses.ru_utime + uses.ru_stime - used.ru_utime - used.ru_stime < CPU_SECONDS + 1
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("work", "ends_with"), [("while True: pass", -SIGKILL), (f"bytes({MEMORY})", 1)]
)
def test_an_inspection_cannot_take_more_time_or_memory(work, ends_with):
    folder = str(Path(pdf_inspection.__file__).parent)
    script = f"""
import sys
sys.path.append({folder!r})
import pdf_inspection
pdf_inspection.CPU_SECONDS = 1
pdf_inspection.limit_this_process()
{work}
"""
    run = subprocess.run(
        [sys.executable, "-I", "-c", script], stderr=subprocess.DEVNULL, check=False, timeout=60
    )
    assert run.returncode == ends_with


def test_a_file_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr("products.pdf.SECONDS", 0.0)
    (said,) = messages_at_the_file("a.pdf", pdf())
    assert said == TOO_COMPLEX


def test_a_file_that_was_opened_and_not_looked_through_to_its_end_is_told(monkeypatch):
    monkeypatch.setattr("products.pdf.END", "never written")
    (note,) = inspected(SimpleUploadedFile("a.pdf", pdf())).notes
    assert "確かめきれませんでした" in note
