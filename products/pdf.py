"""Uploaded PDFs: whether visitors can open them, and what an editor has to know of them. Needs no database."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Collection
from dataclasses import dataclass
from os.path import splitext
from pathlib import Path
from threading import Lock
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import models
from django.db.models.fields.files import FieldFile

from core.japanese import megabytes
from core.typed_text import clean_line
from products import pdf_inspection
from products.pdf_inspection import BROKEN, EMPTY, END, LOCKED, START

MOST_PDF_BYTES = 20 * 1024 * 1024
MOST_BEFORE_HEADER = 1024  # bytes before "%PDF-" that viewers pass over
ENDING = ".pdf"
MOST_BYTES_OF_A_NAME = 255  # in UTF-8: what a disk takes
SECONDS = 20.0  # of the clock, for a busy machine: the inspection limits its own computing to fewer
UNFINISHED = "unfinished"  # the trait of a file that reached a limit of the inspection

NO_PDF = "PDF として読み取れません。PDF のファイルを選んでください。"
REFUSALS = {
    BROKEN: "PDF が壊れているようです。元のファイルから PDF を作り直して、もう一度選んでください。",
    LOCKED: "PDF を開くのにパスワードが必要です。パスワードなしで開ける PDF を選んでください。",
    EMPTY: "PDF にページがありません。内容のある PDF を選んでください。",
    UNFINISHED: "PDF の作りが複雑で、確かめきれませんでした。"
    "元のファイルから PDF を作り直して、もう一度選んでください。",
}
ALLOWED = {"print": "印刷", "copy": "文字のコピー", "change": "変更", "annotate": "注釈"}
CONTENTS = {
    "script": "開くと動くプログラム(JavaScript)が入っています。",
    "launch": "ほかのプログラムを起動する指示が入っています。",
    "attachment": "ほかのファイルが添付されています。",
    "unread": "作りが複雑で、プログラムや添付ファイルが入っているかを確かめきれませんでした。",
}
_one_at_a_time = Lock()  # so that what inspections take of the memory is that of one


@dataclass(frozen=True)
class Inspection:
    """The result of looking at an uploaded file: why it is refused, "" where it is not, and its traits."""

    refusal: str
    traits: tuple[str, ...] = ()
    starts_at: int = 0  # bytes before the PDF


class InspectedPdf(UploadedFile):
    """An uploaded file after its inspection, which takes seconds at worst: it is made once, before the save."""

    def __init__(
        self, file: UploadedFile, inspection: Inspection, name: str, notes: list[str]
    ) -> None:
        super().__init__(file.file, name, "application/pdf", file.size)
        self.inspection = inspection
        self.notes = notes  # what an editor has to know of it, in sentences


def inspected(file: UploadedFile) -> InspectedPdf:
    """Return the file with its inspection, from where the PDF begins: its offsets count from there."""
    inspection = inspect(file)
    notes = notes_in_words(inspection.traits)
    if inspection.starts_at:
        file.seek(inspection.starts_at)
        file = SimpleUploadedFile(str(file.name), file.read())
        notes.append(f"PDF の前にあった {inspection.starts_at} バイトの余分なデータを除きました。")
    chosen = clean_line(str(file.name))
    if not inspection.refusal and not is_name_of_pdf(chosen):
        chosen = f"{chosen}{ENDING}"
        notes.append(f"ファイルの名前の終わりに「{ENDING}」を付けました。")
    name = cut_name(chosen)
    if name != chosen:
        notes.append(f"ファイルの名前が長すぎるため、「{name}」に縮めました。")
    return InspectedPdf(file, inspection, name, notes)


def is_name_of_pdf(name: str) -> bool:
    """Return whether the name of a file, or a title, has the ending of a PDF."""
    return name.lower().endswith(ENDING)


def cut_name(name: str) -> str:
    """Return the name of a file within what a disk takes, with its ending."""
    stem, ending = splitext(name)
    if len(name.encode()) <= MOST_BYTES_OF_A_NAME:
        return name
    most = MOST_BYTES_OF_A_NAME - len(ending.encode())
    return stem.encode()[: max(most, 0)].decode(errors="ignore") + ending


def inspect(file: File) -> Inspection:
    """Look at an uploaded file, in bounded time and memory."""
    if file.size > MOST_PDF_BYTES:
        return Inspection(
            f"ファイルが大きすぎます({megabytes(file.size)})。"
            f"{megabytes(MOST_PDF_BYTES)}までの PDF を選んでください。"
        )
    file.seek(0)
    starts_at = file.read(MOST_BEFORE_HEADER + len(b"%PDF-")).find(b"%PDF-")
    if starts_at == -1:
        return Inspection(NO_PDF)
    with _one_at_a_time:
        file.seek(starts_at)
        traits = _traits(file.read())
    file.seek(0)
    refusal = next((REFUSALS[each] for each in traits if each in REFUSALS), "")
    return Inspection(refusal, traits, starts_at)


def _traits(pdf: bytes) -> tuple[str, ...]:
    """Return what the inspection writes in a process of its own."""
    script = str(Path(pdf_inspection.__file__))
    try:
        # -I: nothing of the environment or the working directory is read.
        run = subprocess.run(  # noqa: S603 - both are of this installation
            [sys.executable, "-I", script],
            input=pdf,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
        written = run.stdout
    except subprocess.TimeoutExpired as expired:
        written = expired.stdout or b""
    return _read(written.decode().split())


def _read(lines: list[str]) -> tuple[str, ...]:
    """Return the traits; of a file that was opened, but not looked through to its end, "unread" is one."""
    traits = [each for each in lines if each not in (START, END)]
    if END not in lines:
        traits.append("unread" if START in lines else UNFINISHED)
    return tuple(traits)


def validate_pdf(file: FieldFile | UploadedFile) -> None:
    """Refuse an uploaded file that is not a PDF. A stored file is not read: a form can be saved even if it is gone."""
    if getattr(file, "_committed", False):
        return
    uploaded = file.file if isinstance(file, FieldFile) else file
    inspection = uploaded.inspection if isinstance(uploaded, InspectedPdf) else inspect(file)
    if inspection.refusal:
        raise ValidationError(inspection.refusal)


def stored_name(document: models.Model, uploaded_as: str) -> str:
    """Return where an uploaded file is stored: under a name of its own.

    No file ever replaces another, which the history still names.
    """
    return f"documents/{uuid4().hex}.pdf"


def notes_in_words(traits: Collection[str]) -> list[str]:
    """Return what an editor has to know of the PDF, in sentences."""
    restrictions = restrictions_in_words(traits)
    contents = [f"PDF に、{words}" for words in contents_in_words(traits)]
    return [restrictions, *contents] if restrictions else contents


def restrictions_in_words(traits: Collection[str]) -> str:
    """Return what readers of the PDF may do and may not; "" where nothing is restricted."""
    allowed = [words for name, words in ALLOWED.items() if f"no-{name}" not in traits]
    denied = [words for words in ALLOWED.values() if words not in allowed]
    if not denied:
        return ""
    if allowed == [ALLOWED["print"]]:
        return "制限付きの PDF です(印刷だけできます)。"
    if not allowed:
        return "制限付きの PDF です(印刷もできません)。"
    return f"制限付きの PDF です({'、'.join(allowed)}はできます。{'、'.join(denied)}はできません)。"


def contents_in_words(traits: Collection[str]) -> list[str]:
    """Return, in sentences, what the PDF contains beside text and pictures."""
    return [words for trait, words in CONTENTS.items() if trait in traits]
