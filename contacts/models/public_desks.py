"""The public desks for victims of an attack who are not policyholders."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from contacts.validators import validate_telephone, wrong_count_of_digits
from core.fields import WordsField
from core.models import Ordered

NEITHER_MESSAGE = "電話番号かアドレスのどちらかを入力してください。"
HOURS_MESSAGE = "電話番号には、受付時間が必要です。"


class PublicDesk(Ordered):
    """A desk of a public body. Its telephone number never stands without its hours."""

    name = WordsField("窓口の名称", max_length=100, unique=True)
    subject = WordsField(
        "相談できること", max_length=200, blank=True, help_text="窓口の名称の後に出ます。"
    )
    telephone = models.CharField(
        "電話番号", max_length=20, blank=True, validators=[validate_telephone]
    )
    hours = WordsField("受付時間", max_length=100, blank=True, help_text="例:平日 9時から17時まで")
    url = models.URLField("アドレス", blank=True)

    class Meta(Ordered.Meta):
        verbose_name = "公的な相談窓口"
        verbose_name_plural = "公的な相談窓口"
        constraints = (
            models.CheckConstraint(
                name="public_desk_can_be_reached",
                condition=~Q(telephone="") | ~Q(url=""),
                violation_error_message=NEITHER_MESSAGE,
            ),
            models.CheckConstraint(
                name="public_desk_has_hours_with_its_telephone",
                condition=Q(telephone="") | ~Q(hours=""),
                violation_error_message=HOURS_MESSAGE,
            ),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Report at the field what the constraints demand, and a number that cannot be called."""
        if message := wrong_count_of_digits(self.telephone):
            raise ValidationError({"telephone": message})
        if not self.telephone and not self.url:
            raise ValidationError({"telephone": NEITHER_MESSAGE})
        if self.telephone and not self.hours:
            raise ValidationError({"hours": HOURS_MESSAGE})
