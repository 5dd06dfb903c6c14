"""Model fields for what people type: invisible characters and stray marks never reach a page."""

import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from core.moment import FIRST_YEAR, LAST_YEAR


def validate_year(value: Any) -> None:
    """For dates and moments: a slip such as the year 25 is refused before it can overflow."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValidationError(f"{FIRST_YEAR}年から{LAST_YEAR}年までの日付を入力してください。")


def without_control_characters(text: str) -> str:
    """With plain line ends, and without what a paste from a word processor brings along: control,
    format and other characters that nobody sees (Unicode's category C)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    return "".join(c for c in text if c == "\n" or not unicodedata.category(c).startswith("C"))


class Words(models.CharField):
    """One line of text."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        if isinstance(value, str):
            value = without_control_characters(value).replace("\n", " ").strip()
        return value


class Prose(models.TextField):
    """Text of one or more lines."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return without_control_characters(value).strip() if isinstance(value, str) else value


class Lines(Prose):
    """A list, one entry a line: empty lines, bullets and the marks that pages add are dropped."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        if not isinstance(value, str):
            return value
        lines = (line.strip().lstrip("*＊・").strip() for line in value.split("\n"))
        return "\n".join(line for line in lines if line)


class Note(Prose):
    """A note, without the mark in front that pages add."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return (
            value.lstrip("*＊※").removeprefix("(注)").strip() if isinstance(value, str) else value
        )
