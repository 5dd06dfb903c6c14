"""Model fields for typed text and for money.

Invisible characters and stray marks never reach a page: the fields clean what they are given. A
migration names Django's own field in their place, so that it imports none of our code.
"""

import unicodedata
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from core.clock import EARLIEST_YEAR, LATEST_YEAR

# In the admin, under each text that pages show formatted.
FORMAT_HELP = (
    "空の行で段落、行の先頭の「- 」「1. 」で箇条書き、**文字** で太字、[文字](https://…) でリンクになります。"
    "URL・メール・電話番号は自動でリンクになります。"
)


def validate_year(value: Any) -> None:
    """Refuse a date or datetime with a slip such as the year 25, before it can overflow."""
    require_year(value, range(EARLIEST_YEAR, LATEST_YEAR + 1))


def require_year(value: date, years: range) -> None:
    """Refuse a date or datetime of a different year."""
    if value.year not in years:
        raise ValidationError(f"{years[0]}年から{years[-1]}年までの日付を入力してください。")


def without_control_characters(text: str) -> str:
    """Return the text with plain line ends and without characters that nobody sees.

    A paste from a word processor brings control and format characters (Unicode's category C).
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    return "".join(c for c in text if c == "\n" or not unicodedata.category(c).startswith("C"))


def refuse_control_characters(text: str) -> None:
    """Refuse what `without_control_characters` drops, of a URL or of where mail goes, in which none may be dropped."""
    if without_control_characters(text) != text:
        raise ValidationError("見えない文字が入っています。入力し直してください。")


class _OwnField(models.Field):
    """A field that migrations name by the Django field that it is stored as."""

    stored_as: type[models.Field]

    def deconstruct(self) -> Any:
        name, _, arguments, options = super().deconstruct()
        return name, f"django.db.models.{self.stored_as.__name__}", arguments, options


class WordsField(_OwnField, models.CharField):
    """One line of text."""

    stored_as = models.CharField

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        if isinstance(value, str):
            value = without_control_characters(value).replace("\n", " ").strip()
        return value


class ProseField(_OwnField, models.TextField):
    """Text of one or more lines."""

    stored_as = models.TextField

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return without_control_characters(value).strip() if isinstance(value, str) else value


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
        lines = (line.strip().lstrip("*＊・").strip() for line in value.split("\n"))
        return "\n".join(line for line in lines if line)


class NoteField(ProseField):
    """A note, without the mark in front that pages add."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return (
            value.lstrip("*＊※").removeprefix("(注)").strip() if isinstance(value, str) else value
        )


class MoneyField(_OwnField):
    """An amount of whole yen."""


class YenField(MoneyField, models.PositiveIntegerField):
    """Whole yen, up to 2,147,483,647."""

    stored_as = models.PositiveIntegerField


class LargeYenField(MoneyField, models.PositiveBigIntegerField):
    """Whole yen beyond that, as turnovers and limits are."""

    stored_as = models.PositiveBigIntegerField
