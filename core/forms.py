"""Form fields for what people type, visitors and editors alike."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.fields import require_year
from core.japanese import WrongWeekdayError, changed_digit, parse_day, parse_yen, plain


class CleanedTextField(forms.CharField):
    """Text in the form in which the model holds it, which `clean_text` makes.

    A browser sends different line ends than are stored; without cleaning every text would count as changed.
    Its input has no `maxlength`, at which browsers cut what is pasted without a word: too long a text is refused.
    """

    def __init__(self, *, clean_text: Callable[[Any], Any], **kwargs: Any) -> None:
        self.clean_text = clean_text
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        return self.clean_text(super().to_python(value))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class DayField(forms.DateField):
    """A day as a person writes it: 2026-04-01, 2026/4/1, 2026年4月1日 or 令和8年4月1日.

    `example` stands in the message for what cannot be read; `years` limits the year, where it is given.
    """

    def __init__(
        self, *, example: str = "2026年4月1日", years: range | None = None, **kwargs: Any
    ) -> None:
        self.example = example
        self.years = years
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date):
            return super().to_python(value)
        if not str(value or "").strip():
            return None
        try:
            day = parse_day(str(value))
        except WrongWeekdayError as error:
            raise ValidationError(str(error)) from None
        except ValueError:
            raise ValidationError(
                f"日付として読み取れません。「{self.example}」のように、実際にある日付を入力してください。"
            ) from None
        if self.years:
            require_year(day, self.years)
        return day


class CountField(forms.IntegerField):
    """A whole number without unit, in digits of either width."""

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or isinstance(value, int):
            return super().to_python(value)
        figures = plain(str(value))
        if changed_digit(str(value)) or not re.fullmatch(r"-?[0-9]{1,40}", figures):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(figures)


class TypedYenField(forms.IntegerField):
    """An amount of whole yen as a person writes it: 1,234,567 in digits of either width, or 123万円.

    `examples` stand in the message for what cannot be read.
    """

    widget = forms.TextInput

    def __init__(
        self, *, examples: tuple[str, str] = ("1,234,567", "123万円"), **kwargs: Any
    ) -> None:
        self.examples = examples
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or not str(value).strip():
            return None
        try:
            return parse_yen(str(value))
        except ValueError:
            one, other = self.examples
            raise ValidationError(
                f"金額として読み取れません。「{one}」や「{other}」のように入力してください。"
            ) from None
