"""Model fields for typed text and for money.

The fields clean what they are given as `core/typed_text.py` says, and drop the marks that pages add. A
migration names Django's own field in their place, so that it imports none of our code.
"""

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from core.clock import EARLIEST_YEAR, LATEST_YEAR
from core.typed_text import as_read, clean_line, clean_text, require_publishable

YEARS = range(EARLIEST_YEAR, LATEST_YEAR + 1)  # of dates that are entered

# In the admin, under each text that pages show formatted.
FORMAT_HELP = (
    "空の行で段落、行の先頭の「- 」「1. 」で箇条書き、**文字** で太字、[文字](https://…) でリンクになります。"
    "URL・メール・電話番号は自動でリンクになります。"
)


# One mark that pages add, not the first of several, nor that of a numbered note: 「※1」, 「**重要**」, 「・・・」.
_MARK_OF_LINE = re.compile(r"(?:[*＊](?![*＊])|・(?!・))\s*")
_MARK_OF_NOTE = re.compile(r"(?:[*＊](?![*＊])|※(?![※0-9\uff10-\uff19])|[(（]注[)）])\s*")


def validate_year(value: Any) -> None:
    """Refuse a date or datetime with a slip such as the year 25, before it can overflow."""
    require_year(value, YEARS)


def require_year(value: date, years: range) -> None:
    """Refuse a date or datetime of a different year."""
    if value.year not in years:
        raise ValidationError(f"{years[0]}年から{years[-1]}年までの日付を入力してください。")


def _without(mark: re.Pattern[str], text: str) -> str:
    """Return the text without the mark that it begins with."""
    found = mark.match(text)
    return text[found.end() :] if found else text


def refuse_invisible_characters(text: str) -> None:
    """Refuse what `clean_text` changes, in a URL or in where mail goes: nothing of these may be changed."""
    if clean_text(text) != text:
        raise ValidationError("見えない文字が入っています。入力し直してください。")


class _OwnField(models.Field):
    """A field that migrations name by the Django field that it is stored as."""

    stored_as: type[models.Field]

    def deconstruct(self) -> Any:
        name, _, arguments, options = super().deconstruct()
        return name, f"django.db.models.{self.stored_as.__name__}", arguments, options


class _TextField(_OwnField):
    """A field of text. Where it is unique, texts that read the same count as the same."""

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        require_publishable(value or "")
        if self.unique and model_instance:
            others = self.model._default_manager.exclude(pk=model_instance.pk)
            for other in others.values_list(self.name, flat=True):
                if as_read(other) == as_read(value):
                    raise ValidationError(f"同じ{self.verbose_name}がすでにあります(「{other}」)。")


class WordsField(_TextField, models.CharField):
    """One line of text."""

    stored_as = models.CharField

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        if isinstance(value, str):
            value = clean_line(value)
        return value


class ProseField(_TextField, models.TextField):
    """Text of one or more lines. On pages an empty line begins a new paragraph, a line end a new line."""

    stored_as = models.TextField

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        if not isinstance(value, str):
            return value
        # Not the ideographic space, with which the first paragraph begins as the others do.
        text = clean_text(value).strip(" \n")
        return text if text.strip() else ""


class FormattedField(ProseField):
    """Text that pages show as `core/formatted_text.py` says. Each such field has the same line of help."""

    def __init__(self, verbose_name: str, *, help_text: str = "", **kwargs: Any) -> None:
        self.own_help = help_text
        super().__init__(verbose_name, help_text=help_text + FORMAT_HELP, **kwargs)

    def deconstruct(self) -> Any:
        name, path, arguments, options = super().deconstruct()
        del options["help_text"]  # which may change without a migration
        return (
            name,
            path,
            arguments,
            options | ({"help_text": self.own_help} if self.own_help else {}),
        )


class LinesField(ProseField):
    """A list, one entry a line, without empty lines, bullets and the marks that pages add."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        if not isinstance(value, str):
            return value
        lines = (_without(_MARK_OF_LINE, line.strip()) for line in value.split("\n"))
        return "\n".join(line for line in lines if line)


class NoteField(ProseField):
    """A note, without the mark in front that pages add."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return _without(_MARK_OF_NOTE, value) if isinstance(value, str) else value


class MoneyField(_OwnField):
    """An amount of whole yen."""


class YenField(MoneyField, models.PositiveIntegerField):
    """Whole yen, up to 2,147,483,647."""

    stored_as = models.PositiveIntegerField


class LargeYenField(MoneyField, models.PositiveBigIntegerField):
    """Whole yen beyond that, as turnovers and limits are."""

    stored_as = models.PositiveBigIntegerField
