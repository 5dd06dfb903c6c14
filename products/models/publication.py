"""Notices, documents, questions and legal texts."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.fields import FormattedField, ProseField, WordsField, validate_year
from core.japanese import megabytes
from core.models import Ordered
from core.moment import Moment
from products.models.base import PublicPeriod, PublicPeriodQuerySet
from products.models.terms import PolicyTerm
from products.pdf import MOST_PDF_BYTES, notes_in_words, stored_name, validate_pdf


class NoticeQuerySet(PublicPeriodQuerySet["Notice"]):
    def living_at(self, moment: Moment) -> NoticeQuerySet:
        """Return none: the words of a notice are of its day."""
        return self.none()


class Notice(PublicPeriod):
    uid = models.UUIDField("識別番号", default=uuid4, unique=True, editable=False)
    title = WordsField("件名", max_length=150)
    text = FormattedField("本文")
    important = models.BooleanField(
        "重要",
        default=False,
        help_text="公開中は、すべてのページの上部に出ます。公開終了日時が必要です。",
    )

    objects = NoticeQuerySet.as_manager()

    class Meta(PublicPeriod.Meta):
        verbose_name = "お知らせ"
        verbose_name_plural = "お知らせ"
        ordering = ("-public_from", "-pk")
        constraints = (
            *PublicPeriod.Meta.constraints,
            models.CheckConstraint(
                name="notice_important_has_an_end",
                condition=Q(important=False) | Q(public_until__isnull=False),
                violation_error_message="重要なお知らせには、公開終了日時を入力してください。",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("news-item", kwargs={"pk": self.pk})


class DocumentKind(models.TextChoices):
    PAMPHLET = "pamphlet", "パンフレット"
    IMPORTANT_MATTERS = "important-matters", "重要事項説明書"
    POLICY_CONDITIONS = "policy-conditions", "約款"
    TERMS_OF_USE = "terms-of-use", "利用規約"
    OTHER = "other", "その他"


# What public pages call each kind; the labels above are those of the admin.
KIND_NAMES: dict[str, str] = {
    DocumentKind.PAMPHLET: "パンフレット",
    DocumentKind.IMPORTANT_MATTERS: "重要事項説明書",
    DocumentKind.POLICY_CONDITIONS: "約款",
    DocumentKind.TERMS_OF_USE: "利用規約",
    DocumentKind.OTHER: "その他",
}


class DocumentQuerySet(PublicPeriodQuerySet["Document"]):
    def living_at(self, moment: Moment) -> DocumentQuerySet:
        """Return the documents whose publication has not ended, and whose term is a living one."""
        return self.filter(Q(public_until=None) | Q(public_until__gt=moment.at)).filter(
            Q(term=None) | Q(term__in=PolicyTerm.objects.living_at(moment))
        )

    def get_by_natural_key(self, code: str) -> Document:
        return self.get(code=code)


class Document(PublicPeriod, Ordered):
    code = models.SlugField(
        "コード",
        unique=True,
        help_text="公開ページのアドレスと、データの書き出しに使う半角の名前です。例:pamphlet-2026",
    )
    title = WordsField("資料名", max_length=150)
    kind = models.CharField("種類", max_length=20, choices=DocumentKind)
    term = models.ForeignKey(
        PolicyTerm,
        verbose_name="保険期間",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        help_text="その保険期間だけの資料なら選びます。",
    )
    file = models.FileField(
        "ファイル",
        upload_to=stored_name,
        blank=True,
        help_text=f"PDF({megabytes(MOST_PDF_BYTES)}まで)。訪問者には「資料名」をファイル名として渡します。",
        validators=[validate_pdf],
    )
    # Both have a default in the database as well: an instance of the code before them may still insert documents.
    file_name = models.CharField(
        "ファイルの名前", max_length=255, blank=True, default="", db_default="", editable=False
    )
    file_traits = models.CharField(  # as products/pdf.py names them, with spaces between
        "ファイルの性質", max_length=100, blank=True, default="", db_default="", editable=False
    )
    url = models.URLField(
        "リンク先",
        max_length=500,
        blank=True,
        validators=[
            URLValidator(["http", "https"], message="https:// で始まる URL を入力してください。")
        ],
    )
    issued_on = models.DateField("作成日", null=True, blank=True, validators=[validate_year])

    objects = DocumentQuerySet.as_manager()

    class Meta(Ordered.Meta):
        verbose_name = "資料"
        verbose_name_plural = "資料"
        constraints = (
            *PublicPeriod.Meta.constraints,
            models.CheckConstraint(
                name="document_is_a_file_or_a_link",
                condition=(~Q(file="") & Q(url="")) | (Q(file="") & ~Q(url="")),
                violation_error_message="ファイルとリンク先の、どちらか一つだけを入力してください。",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return where a visitor reads it: our own copy, or another site."""
        return self.url or reverse("document-file", kwargs={"code": self.code})

    @property
    def kind_name(self) -> str:
        """Return the name of the document's kind on public pages."""
        return KIND_NAMES[self.kind]

    @property
    def size(self) -> str:
        """Return the size of our own copy, as "1.2MB"; "" where none can be read."""
        try:
            return megabytes(self.file.size) if self.file else ""
        except OSError:
            return ""

    @property
    def file_notes(self) -> list[str]:
        """Return what an editor has to know of the file, in sentences."""
        return notes_in_words(self.file_traits.split())

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    def publish_for_preview(self, at: datetime) -> datetime:
        """Make the document and its term public; return from when both are, `at` at the earliest."""
        at = super().publish_for_preview(at)
        return self.term.publish_for_preview(at) if self.term else at


class FaqEntry(Ordered):
    question = WordsField("質問", max_length=200, unique=True)
    answer = FormattedField("回答")

    class Meta(Ordered.Meta):
        verbose_name = "よくあるご質問"
        verbose_name_plural = "よくあるご質問"

    def __str__(self) -> str:
        return self.question

    @property
    def anchor(self) -> str:
        """Return the id of the question on its page, which neither its place nor its words change."""
        return f"faq-{self.pk}"


class LegalTextKind(models.TextChoices):
    PRIVACY = "privacy", "個人情報の取扱い"
    CLOSING = "closing", "すべてのページの末尾の注記"


class LegalText(Ordered):
    kind = models.CharField("掲載先", max_length=20, choices=LegalTextKind)
    text = ProseField("文", help_text="1つの段落を1件として登録します。")

    class Meta(Ordered.Meta):
        verbose_name = "法令上の文"
        verbose_name_plural = "法令上の文"
        ordering = ("kind", "order", "pk")

    def __str__(self) -> str:
        return self.text[:40]
