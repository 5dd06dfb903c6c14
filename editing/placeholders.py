"""Placeholders in texts of the content, such as 「{商品名}」: in the place of a fact that stands in a record of its own.

The app that knows the facts registers them at the start. An unknown name is refused at its field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from core.fields import ProseField, WordsField
from editing.content_models import parts_within

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
FULL_WIDTH = "波かっこは、差し込みの名前を囲むときだけ、半角の「{」と「}」で使えます。"

# Returns the placeholders that a field may contain; None for a field with rules of its own.
Allowed = Callable[[type[models.Model], models.Field], "tuple[str, ...] | None"]
Values = Callable[[], Mapping[str, str]]  # returns the present value of each fact

_registered: list[tuple[Allowed, Values]] = []


def register_facts(allowed: Allowed, values: Values) -> None:
    """Make the facts known that texts may name."""
    _registered.append((allowed, values))


def allowed_in(field: models.Field) -> tuple[str, ...] | None:
    """Return the placeholders that a field may contain; None for a field with rules of its own."""
    return next((allowed(field.model, field) for allowed, _ in _registered), None)


def placeholders_of(model: type[models.Model]) -> dict[str, list[str]]:
    """Return the placeholders that texts of a row or its parts may contain, where no field has rules of its own.

    Each has the labels of the fields that take it, none where all take it that take any.
    """
    texts = [field for each in (model, *parts_within(model)) for field in text_fields(each)]
    takers: dict[str, list[str]] = {name: [] for field in texts for name in allowed_in(field) or ()}
    for field in texts:
        for name in allowed_in(field) or ():
            takers[name].append(str(field.verbose_name))
    of_all = max(map(len, takers.values()), default=0)
    return {
        name: list(dict.fromkeys(labels)) if len(labels) < of_all else []
        for name, labels in takers.items()
    }


def text_fields(model: type[models.Model]) -> list[models.Field]:
    """Return the fields of a model that hold text as people write it."""
    return [field for field in model._meta.fields if isinstance(field, (WordsField, ProseField))]


def values_now() -> dict[str, str]:
    """Return the present value of each fact, by the name of its placeholder."""
    return {name: value for _, values in _registered for name, value in values().items()}


def placeholders_in(text: str) -> list[str]:
    """Return the names in braces, in the order of the text."""
    return PLACEHOLDER.findall(text)


def with_values(text: str, values: Mapping[str, str]) -> str:
    """Return the text with these values in place of their placeholders; others stay."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def fault_of(text: str, allowed: tuple[str, ...]) -> str:
    """Return what is wrong with the braces in a text that may contain these placeholders; "" if nothing is."""
    names = placeholders_in(text)
    if re.search(r"[\uff5b\uff5d]", text):
        return FULL_WIDTH
    offered = "、".join(f"{{{name}}}" for name in allowed)
    usable = f"使えるのは{offered}です。" if allowed else ""
    if unknown := [name for name in names if name not in allowed]:
        return f"「{{{unknown[0]}}}」は、この文では使えません。{usable}"
    if text.count("{") != len(names) or text.count("}") != len(names):
        return f"「{{」と「}}」は、差し込みの名前を囲むときだけ使えます。{usable}"
    return ""


def validate_placeholders(field: models.Field, text: Any) -> None:
    """Refuse a text with placeholders that its field may not contain."""
    allowed = allowed_in(field)
    if allowed is not None and (fault := fault_of(text, allowed)):
        raise ValidationError(fault)
