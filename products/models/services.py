"""The services beside the insurance: the incident support desk and the security services."""

from __future__ import annotations

from django.db import models

from contacts.models import Organisation
from core.fields import LinesField, NoteField, ProseField, WordsField
from core.models import OnlyOne, Ordered
from products.models.coverage import SupportFunction
from products.models.publication import Document


class SupportDesk(OnlyOne):
    """The text about the desk for incidents; its name, provider and number are those of the contact desk."""

    who_may_use = ProseField("利用できる方")
    text = ProseField("説明")
    charge_note = NoteField("費用の注記", help_text="説明と必ず一緒に出ます。* は自動で付きます。")
    cases_heading = WordsField("事故例の見出し", max_length=100)
    cases_text = ProseField("事故例の説明", blank=True)
    terms_of_use = models.ForeignKey(
        Document,
        verbose_name="利用規約",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="support_desks",
    )

    parts = ("cases", "strengths", "cautions")

    class Meta(OnlyOne.Meta):
        verbose_name = "サポートデスク"
        verbose_name_plural = "サポートデスク"

    def __str__(self) -> str:
        return "サポートデスク"


class IncidentCase(Ordered):
    support_desk = models.ForeignKey(
        SupportDesk,
        verbose_name="サポートデスク",
        on_delete=models.CASCADE,
        default=1,
        related_name="cases",
    )
    signs = LinesField("起きていること", help_text="1行に1つ。")
    functions = models.ManyToManyField(
        SupportFunction,
        verbose_name="関係するサポート機能",
        blank=True,
        related_name="cases",
        help_text="「緊急のとき」のページで、表示中の保険期間のものへのリンクになります。",
    )

    class Meta(Ordered.Meta):
        verbose_name = "事故例"
        verbose_name_plural = "事故例"

    def __str__(self) -> str:
        return self.signs.splitlines()[0] if self.signs else "(空)"


class SupportStrength(Ordered):
    support_desk = models.ForeignKey(
        SupportDesk,
        verbose_name="サポートデスク",
        on_delete=models.CASCADE,
        default=1,
        related_name="strengths",
    )
    title = WordsField("見出し", max_length=100)
    text = ProseField("説明")
    note = NoteField("注記", blank=True, help_text="見出しと必ず一緒に出ます。* は自動で付きます。")

    class Meta(Ordered.Meta):
        verbose_name = "特長"
        verbose_name_plural = "特長"

    def __str__(self) -> str:
        return self.title


class SupportCaution(Ordered):
    support_desk = models.ForeignKey(
        SupportDesk,
        verbose_name="サポートデスク",
        on_delete=models.CASCADE,
        default=1,
        related_name="cautions",
    )
    text = ProseField("注意")

    class Meta(Ordered.Meta):
        verbose_name = "利用上の注意"
        verbose_name_plural = "利用上の注意"

    def __str__(self) -> str:
        return self.text


class SecurityProgram(OnlyOne):
    name = WordsField("名称", max_length=100)
    provider = models.ForeignKey(
        Organisation,
        verbose_name="提供会社",
        on_delete=models.PROTECT,
        related_name="security_programs",
    )

    parts = ("services",)

    class Meta(OnlyOne.Meta):
        verbose_name = "セキュリティサービスのまとまり"
        verbose_name_plural = "セキュリティサービスのまとまり"

    def __str__(self) -> str:
        return self.name


class SecurityService(Ordered):
    program = models.ForeignKey(
        SecurityProgram,
        verbose_name="まとまり",
        on_delete=models.CASCADE,
        default=1,
        related_name="services",
    )
    title = WordsField("名称", max_length=100)
    text = ProseField("説明")
    points = LinesField("箇条書き", blank=True, help_text="1行に1つ。")

    class Meta(Ordered.Meta):
        verbose_name = "セキュリティサービス"
        verbose_name_plural = "セキュリティサービス"

    def __str__(self) -> str:
        return self.title
