"""Form fields and inputs for what the secretariat types: money, days and hours as people write them."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Any

from django import forms
from django.contrib.admin import widgets

from core.forms import DayField
from core.japanese import hour, parse_hour


class YenInput(widgets.AdminTextInputWidget):
    """Input for whole yen, shown with commas; what cannot be read stays as it was typed."""

    def __init__(self) -> None:
        super().__init__(attrs={"class": "yen", "size": 16})

    def format_value(self, value: Any) -> str | None:
        return f"{value:,}" if isinstance(value, int) else super().format_value(value)


class HourField(forms.TimeField):
    """A time of day as a person writes it: 16:00, 午後4時 or 16時30分."""

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values or isinstance(value, time):
            return super().to_python(value)
        try:
            return parse_hour(str(value))
        except ValueError:
            # Django's own words name what is asked for: 「時間を正しく入力してください。」
            return super().to_python(value)


class TokyoDateTimeField(forms.SplitDateTimeField):
    """A day and a time in Tokyo time; `usual_hour` is the time where it is left empty."""

    def __init__(self, *, usual_hour: time, **kwargs: Any) -> None:
        self.usual_hour = usual_hour
        forms.MultiValueField.__init__(
            self,
            fields=(DayField(), HourField(required=False)),
            require_all_fields=False,
            **kwargs | {"widget": TokyoDateTimeWidget(usual_hour)},
        )
        for widget, part in zip(self.widget.widgets, ("日付", "時刻"), strict=True):
            widget.attrs["aria-label"] = f"{self.label} {part}"

    def compress(self, data_list: Any) -> datetime | None:
        if data_list and data_list[0] and not data_list[1]:
            data_list = (data_list[0], self.usual_hour)
        return super().compress(data_list)


class TokyoDateTimeWidget(widgets.AdminSplitDateTime):
    template_name = "admin/tokyo_datetime.html"

    def __init__(self, usual_hour: time) -> None:
        super().__init__()
        self.usual_hour = usual_hour

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"usual_hour": hour(self.usual_hour)}


class OrderInput(widgets.AdminIntegerFieldWidget):
    """Input for the place in a list, with buttons that exchange the row with its neighbour.

    The buttons send the whole form, so that they need no script and nothing typed is lost.
    """

    template_name = "admin/order_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        match = re.search(r"-(\d+)-order$", name)
        row = f"{int(match[1]) + 1}番目" if match else "新しい行"
        return super().get_context(name, value, attrs) | {"row": row}
