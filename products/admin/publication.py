from __future__ import annotations

from typing import Any, ClassVar, cast

from django.contrib import admin, messages
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse

from core.clock import TOKYO
from core.japanese import end
from core.moment import Moment
from editing.ordered import OrderedContentAdmin
from editing.public_pages import public_pages
from editing.saving import Doubts
from editing.sent_form import SentForm
from products.admin.base import PublishableAdmin
from products.doubts import (
    doubts_about_answer,
    doubts_about_code,
    doubts_about_file,
    doubts_about_notice,
    doubts_about_publication,
)
from products.models import Document, FaqEntry, LegalText, LegalTextKind, Notice
from products.models.base import PublicPeriod
from products.pdf import InspectedPdf, inspected


class PublicPeriodAdmin(PublishableAdmin):
    """The admin of rows that are public from one time until another."""

    doubts: ClassVar[tuple[Doubts, ...]] = (doubts_about_publication,)
    ends = ("public_until",)

    @admin.display(description="公開終了", ordering="public_until")
    def until(self, row: PublicPeriod) -> str:
        """Return the end in the words of the form and the home."""
        return end(row.public_until.astimezone(TOKYO)) if row.public_until else "-"

    def state_since_public(self, row: PublicPeriod, moment: Moment) -> str:
        return super().state_since_public(row, moment) if row.is_public_at(moment) else "公開終了"


@admin.register(Notice)
class NoticeAdmin(PublicPeriodAdmin):
    list_display = ("title", "state", "is_important", "public_from", "until")
    doubts = (*PublicPeriodAdmin.doubts, doubts_about_notice)
    shown_on = ("news", "home")

    @admin.display(description="重要")
    def is_important(self, notice: Notice) -> str:
        """Return the state in words: the icon of Django's admin has an English name."""
        return "重要" if notice.important else "-"

    fields = ("title", "text", "important", "public_from", "public_until")

    def public_path(self, obj: models.Model) -> str:
        return cast(Notice, obj).get_absolute_url()


@admin.register(Document)
class DocumentAdmin(PublicPeriodAdmin, OrderedContentAdmin):
    list_display = ("title", "state", "kind", "term", "issued_on", "public_from", "until")
    doubts = (*PublicPeriodAdmin.doubts, doubts_about_code, doubts_about_file)
    list_filter = ("kind", "term")
    shown_on = ("documents",)
    fieldsets = (
        (None, {"fields": ("title", "kind", "term", "file", "url", "issued_on")}),
        ("公開", {"fields": ("public_from", "public_until")}),
        (
            "並び順とアドレス",
            {
                "description": "「コード」は、公開ページでの資料のアドレスになります。半角の英数字とハイフンで、"
                "ほかの資料と重ならないように付け、公開した後は変えないでください。例:pamphlet-2026",
                "fields": ("order", "code"),
            },
        ),
    )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Let a URL fill in the term of a document, and nothing else."""
        return {name: value for name, value in request.GET.items() if name == "term"}

    def received(self, field: models.FileField, file: UploadedFile) -> UploadedFile:
        return inspected(file)

    def save_model(
        self, request: HttpRequest, obj: Document, form: ModelForm, change: bool
    ) -> None:
        """Store the name and the traits of a new file with it."""
        file = form.cleaned_data.get("file")
        if isinstance(file, InspectedPdf):
            obj.file_name, obj.file_traits = str(file.name), " ".join(file.inspection.traits)
        elif not obj.file:
            obj.file_name = obj.file_traits = ""
        super().save_model(request, obj, form, change)

    def after_saving(self, sent: SentForm, instance: models.Model) -> HttpResponse:
        for note in getattr(sent.request.FILES.get("file"), "notes", ()):
            messages.info(sent.request, note)
        return super().after_saving(sent, instance)


@admin.register(FaqEntry)
class FaqEntryAdmin(OrderedContentAdmin):
    list_display = ("question",)
    doubts = (doubts_about_answer,)
    shown_on = ("faq",)


@admin.register(LegalText)
class LegalTextAdmin(OrderedContentAdmin):
    list_display = ("__str__", "kind")
    order_within = ("kind",)
    list_filter = ("kind",)

    def public_path(self, obj: models.Model) -> str:
        is_privacy = isinstance(obj, LegalText) and obj.kind == LegalTextKind.PRIVACY
        return public_pages()["privacy" if is_privacy else "home"].path

    def get_readonly_fields(
        self, request: HttpRequest, obj: LegalText | None = None
    ) -> tuple[str, ...]:
        return ("kind",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: LegalText | None = None) -> bool:
        """Keep the last text of a kind; refuse to delete several at once."""
        if obj is None or not super().has_delete_permission(request, obj):
            return False
        return LegalText.objects.filter(kind=obj.kind).count() > 1
