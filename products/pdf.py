"""The check that an uploaded file is a PDF that visitors can open. Needs no database."""

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.files import FieldFile
from pypdf import PdfReader

from core.japanese import megabytes

MOST_PDF_BYTES = 20 * 1024 * 1024


def validate_pdf(file: FieldFile) -> None:
    """Refuse an uploaded file that is not a PDF. A stored file is not read: a form can be saved even if it is gone."""
    if getattr(file, "_committed", False):
        return
    if file.size > MOST_PDF_BYTES:
        raise ValidationError(
            f"ファイルが大きすぎます({megabytes(file.size)})。"
            f"{megabytes(MOST_PDF_BYTES)}までの PDF を選んでください。"
        )
    file.seek(0)
    if not (file.name or "").lower().endswith(".pdf") or file.read(5) != b"%PDF-":
        raise ValidationError("PDF として読み取れません。PDF のファイルを選んでください。")
    try:
        file.seek(0)
        reader = PdfReader(file)
        is_encrypted = reader.is_encrypted
        is_empty = not is_encrypted and len(reader.pages) == 0
    except Exception:  # whatever a broken or hostile file makes of the parser
        raise ValidationError(
            "PDF が壊れているようです。元のファイルから PDF を作り直して、もう一度選んでください。"
        ) from None
    finally:
        file.seek(0)
    if is_encrypted:
        raise ValidationError(
            "PDF にパスワードか編集の制限が設定されています。保護を外した PDF を選んでください。"
        )
    if is_empty:
        raise ValidationError("PDF にページがありません。内容のある PDF を選んでください。")


def stored_name(document: models.Model, uploaded_as: str) -> str:
    """Return where an uploaded file is stored: under a name of its own.

    No file ever replaces another, which the history still names.
    """
    return f"documents/{uuid4().hex}.pdf"
