"""The questions of visitors. Bad input gets a message at its field and stays as it was typed."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from django import forms

from core.forms import DayField, TypedYenField
from core.japanese import without_about, yen_in_units

YEARS = range(2020, 2041)  # of an application
LONGEST_ANSWER = 100  # characters that a field takes; a URL has no room for endless ones
SMALLEST_TURNOVER = 10_000  # below, a unit such as 億円 was forgotten
LARGEST_TURNOVER = 1_000_000_000_000_000
REQUESTS = ("quote", "documents", "question")  # to the agency
TURNOVER_HINT = "例:12億円"
PROFIT_CHOICES = [("no", "なし"), ("yes", "あり")]


class TurnoverField(TypedYenField):
    """An amount of whole yen within the limits of a turnover."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            examples=("12億円", "1,200,000,000"),
            min_value=SMALLEST_TURNOVER,
            max_value=LARGEST_TURNOVER,
            error_messages={
                "min_value": "「12億円」のように、単位を付けて売上高を入力してください。",
                "max_value": "金額が大きすぎます。売上高をもう一度ご確認ください。",
            },
            widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": LONGEST_ANSWER}),
            **kwargs,
        )

    def to_python(self, value: Any) -> int | None:
        """Return the amount; "約12億円" is one too, as the answer names the published turnovers around it."""
        return super().to_python(without_about(value) if isinstance(value, str) else value)


class QuestionForm(forms.Form):
    """A form that is sent with GET; nothing is required by the browser, all is said by the page."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"label_suffix": ""})

    def full_clean(self) -> None:
        super().full_clean()
        for name in self.errors:
            # A date field of the browser would drop what it cannot read.
            widget = self.fields[name].widget if name in self.fields else None
            if isinstance(widget, forms.DateInput):
                widget.input_type = "text"
                widget.attrs["maxlength"] = LONGEST_ANSWER


class JoiningForm(QuestionForm):
    on = DayField(
        label="申込みの日",
        required=False,
        help_text="例:2025年10月3日",
        example="2025年10月3日",
        years=YEARS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def day_or(self, today: date) -> date:
        """Return the day that was asked for; today where there is none that can be read."""
        self.full_clean()
        day: date | None = self.cleaned_data.get("on")
        return day or today


class FinderForm(QuestionForm):
    turnover = forms.ChoiceField(
        label="売上高",
        required=False,
        error_messages={"invalid_choice": "掲載している売上高の中から選んでください。"},
    )
    own = TurnoverField(
        label="ほかの売上高", required=False, help_text="上にない場合に入力します。例:12億円"
    )
    profit = forms.ChoiceField(
        choices=PROFIT_CHOICES,
        widget=forms.RadioSelect,
        error_messages={
            "required": "「なし」か「あり」を選んでください。",
            "invalid_choice": "「なし」か「あり」を選んでください。",
        },
    )

    def __init__(
        self, *args: Any, turnovers: Iterable[int], profit_name: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profit"].label = _profit_label(profit_name)
        choices = [(str(amount), yen_in_units(amount)) for amount in sorted(set(turnovers))]
        cast(forms.ChoiceField, self.fields["turnover"]).choices = [
            ("", "選んでください"),
            *choices,
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            chosen, own = cleaned.get("turnover"), cleaned.get("own")
            if not chosen and own is None:
                self.add_error("turnover", "売上高を選ぶか、ほかの売上高を入力してください。")
            elif chosen and own not in (None, int(chosen)):
                self.add_error("own", "売上高は、選ぶか入力するか、どちらか一つにしてください。")
        return cleaned

    @property
    def asked_turnover(self) -> int:
        """Return the turnover of a valid form, typed or chosen."""
        own: int | None = self.cleaned_data["own"]
        return own if own is not None else int(self.cleaned_data["turnover"])

    @property
    def with_profit(self) -> bool:
        """Return whether a valid form asks for profit cover."""
        return bool(self.cleaned_data["profit"] == "yes")


class SheetForm(JoiningForm):
    """The turnover and the day of the sheet for the approval within the visitor's company."""

    turnover = TurnoverField(label="売上高", required=False, help_text=TURNOVER_HINT)
    field_order = ("turnover", "on")

    def __init__(self, *args: Any, is_asked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["turnover"].required = is_asked
        self.fields["turnover"].error_messages["required"] = "売上高を入力してください。"

    @property
    def asked_turnover(self) -> int | None:
        """Return the turnover (yen); None where none was given, or the form is not valid."""
        turnover: int | None = self.cleaned_data["turnover"] if self.is_valid() else None
        return turnover

    def filled_in(self, day: date) -> "SheetForm":
        """Return the form to be sent again: with the answers of this valid one, and the day that it stands for."""
        turnover = self.asked_turnover
        initial = {"turnover": yen_in_units(turnover) if turnover else "", "on": day}
        return SheetForm(initial=initial, is_asked=True)


class RequestForm(JoiningForm):
    """The subject of a request to the agency, and the facts that it names; nothing is required.

    `names` are the label of what it is about (under "about") and of each choice, by its value.
    """

    about = forms.ChoiceField(
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "選んでください"},
    )
    turnover = TurnoverField(label="売上高", required=False, help_text=TURNOVER_HINT)
    profit = forms.ChoiceField(
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "「なし」か「あり」を選んでください。"},
    )
    field_order = ("about", "turnover", "profit", "on")

    def __init__(
        self, *args: Any, profit_name: str, names: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.profit_name, self.names = profit_name, names
        about = cast(forms.ChoiceField, self.fields["about"])
        about.label = names["about"]
        about.choices = [(value, names[value]) for value in REQUESTS]
        profit = cast(forms.ChoiceField, self.fields["profit"])
        profit.label = _profit_label(profit_name)
        profit.choices = [("", names["undecided"]), *PROFIT_CHOICES]

    @property
    def about_what(self) -> str:
        """Return what a valid form is about; a quote where nothing was chosen."""
        return self.cleaned_data["about"] or REQUESTS[0]

    def filled_in(self) -> "RequestForm":
        """Return the form to be sent again, with the answers of this valid one."""
        turnover = self.cleaned_data["turnover"]
        return RequestForm(
            initial=self.cleaned_data
            | {"about": self.about_what, "turnover": yen_in_units(turnover) if turnover else ""},
            profit_name=self.profit_name,
            names=self.names,
        )


def _profit_label(profit_name: str) -> str:
    return f"{profit_name}の補償(オプション)"
