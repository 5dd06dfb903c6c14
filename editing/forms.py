"""Form fields and inputs for what the secretariat types: money, days and hours as people write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.admin import widgets

from core.clock import TOKYO
from core.fields import YEARS
from core.forms import DayField
from core.japanese import END_OF_DAY, AmbiguousHourError, full_day, hour, parse_hour
from editing.chosen_files import KeptFile

AMBIGUOUS_HOUR = (
    "「午前12時」「午後12時」は、昼か夜かが分かりません。"
    "昼は「正午」か「12:00」、夜は「午前0時」か「24:00」と入力してください。"
)
NO_DAY = "日付を入力してください。"
NO_END_OF_DAY = "0:00から23:59までの時刻を入力してください。"


class YenInput(widgets.AdminTextInputWidget):
    """Input for whole yen, shown with commas; what cannot be read stays as it was typed."""

    def __init__(self) -> None:
        super().__init__(attrs={"class": "yen", "size": 16})

    def format_value(self, value: Any) -> str | None:
        return f"{value:,}" if isinstance(value, int) else super().format_value(value)


class DayInput(widgets.BaseAdminDateWidget):
    """Input for a day, with the day as it was understood: with year of the era and weekday."""

    template_name = "admin/day_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        understood = _understood(DayField(required=False), value)
        words = full_day(understood) if understood else ""
        return super().get_context(name, value, attrs) | {"understood": words}


class HourInput(widgets.BaseAdminTimeWidget):
    def format_value(self, value: Any) -> str | None:
        return "24:00" if value == END_OF_DAY else super().format_value(value)


class HourField(forms.TimeField):
    """A time of day as a person writes it: 16:00, 午後4時 or 正午; 24:00 where `has_end_of_day`."""

    def __init__(self, *, has_end_of_day: bool = False, **kwargs: Any) -> None:
        self.has_end_of_day = has_end_of_day
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values or isinstance(value, time):
            return super().to_python(value)
        try:
            read = parse_hour(str(value))
        except AmbiguousHourError:
            raise forms.ValidationError(AMBIGUOUS_HOUR) from None
        except ValueError:
            # Django itself would read seconds, which nobody sees.
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
        if read == END_OF_DAY and not self.has_end_of_day:
            raise forms.ValidationError(NO_END_OF_DAY)
        return read


class TokyoDateTimeField(forms.SplitDateTimeField):
    """A day and a time in Tokyo time.

    Where the time is left empty it is `usual_hour`, or, for the end of something, END_OF_DAY: that day is included.
    """

    def __init__(self, *, usual_hour: time, **kwargs: Any) -> None:
        self.usual_hour = usual_hour
        forms.MultiValueField.__init__(
            self,
            # Without the limit the end of 9999-12-31 would be an OverflowError.
            fields=(
                DayField(years=YEARS, error_messages={"incomplete": NO_DAY}),
                HourField(has_end_of_day=True, required=False),
            ),
            require_all_fields=False,
            **kwargs | {"widget": TokyoDateTimeWidget(usual_hour)},
        )
        for widget, part in zip(self.widget.widgets, ("日付", "時刻"), strict=True):
            widget.attrs["aria-label"] = f"{self.label} {part}"

    def compress(self, data_list: Any) -> datetime | None:
        if not (data_list and data_list[0]):
            return super().compress(data_list)
        day, at = data_list[0], data_list[1] or self.usual_hour
        if at == END_OF_DAY:
            day, at = day + timedelta(days=1), time(0)
        return super().compress((day, at))

    def in_words(self, value: datetime) -> str:
        """Return a datetime as people read it; midnight at the end of something as the end of the day before."""
        day, at = _day_and_hour(value, self.usual_hour)
        return f"{full_day(day)}{'の終わり' if at == END_OF_DAY else hour(at)}"


class TokyoDateTimeWidget(widgets.AdminSplitDateTime):
    template_name = "admin/tokyo_datetime.html"

    def __init__(self, usual_hour: time) -> None:
        super().__init__()
        self.usual_hour = usual_hour
        self.widgets = (self.widgets[0], HourInput())

    def decompress(self, value: Any) -> tuple[date | None, time | None]:
        return _day_and_hour(value, self.usual_hour) if value else (None, None)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        field = TokyoDateTimeField(usual_hour=self.usual_hour, required=False)
        understood = value if isinstance(value, datetime) else _understood(field, value)
        usual = "その日の終わり" if self.usual_hour == END_OF_DAY else hour(self.usual_hour)
        context = super().get_context(name, value, attrs)
        if attrs and "aria-invalid" in attrs:
            # Django tells the fields of one input alone where their error stands.
            for part in context["widget"]["subwidgets"]:
                told = [part["attrs"].get("aria-describedby"), f"{attrs['id']}_error"]
                part["attrs"]["aria-describedby"] = " ".join(filter(None, told))
        return context | {
            "usual": usual,
            "understood": field.in_words(understood) if understood else "",
        }


def _day_and_hour(value: datetime, usual_hour: time) -> tuple[date, time]:
    """Return day and hour in Tokyo; of the end of something, midnight as END_OF_DAY of the day before."""
    at = value.astimezone(TOKYO)
    if usual_hour == END_OF_DAY and at.time() == time(0):
        return at.date() - timedelta(days=1), END_OF_DAY
    return at.date(), at.time()


def days_in_words(form: forms.BaseForm, of: str = "") -> list[str]:
    """Return the days and times that were changed in the form, as they were understood, each with its label.

    `of` names the row of the form, where it is one of several.
    """
    told = []
    for name in form.changed_data:
        field, value = form.fields[name], form.cleaned_data.get(name)
        if value and isinstance(field, TokyoDateTimeField):
            told.append(f"{of}{field.label}:{field.in_words(value)}")
        elif value and isinstance(field, DayField):
            told.append(f"{of}{field.label}:{full_day(value)}")
    return told


def _understood(field: forms.Field, value: Any) -> Any:
    """Return the value as the field understands it; None where it does not."""
    try:
        return field.clean(value) if value else None
    except forms.ValidationError:
        return None


class FileInput(widgets.AdminFileWidget):
    """Input for a file, with the names of the stored file and of one that was chosen and is not saved yet.

    The object has the name of its `file` as `file_name`, and may have sentences about it as `file_notes`.
    """

    template_name = "admin/file_input.html"
    kept: KeptFile | None = None
    notes: Sequence[str] = ()  # about the kept file

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        stored = value.instance if context["widget"]["is_initial"] else None
        return context | {
            "stored_name": getattr(stored, f"{name}_name", "") or "登録した PDF",
            "notes": self.notes if self.kept else getattr(stored, f"{name}_notes", ()),
            "kept": self.kept,
        }


class CountInput(widgets.AdminTextInputWidget):
    """Input for a whole number.

    No number input: that changes under the wheel of a mouse, and makes 13 of a pasted 「1〜3」.
    """

    def __init__(self) -> None:
        super().__init__(attrs={"class": "count", "inputmode": "numeric", "size": 6})


class OrderInput(CountInput):
    """Input for the place in a list, with buttons that exchange the row with its neighbour.

    The buttons send the whole form, so that they need no script and nothing typed is lost.
    """

    template_name = "admin/order_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        match = re.search(r"-(\d+)-order$", name)
        row = f"{int(match[1]) + 1}番目" if match else "新しい行"
        return super().get_context(name, value, attrs) | {"row": row}
