"""Values of a sent form, read without the form: for who may not open it any more."""

from __future__ import annotations

import re

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model
from django.http import QueryDict

from editing.content_models import relations_to_parts

_OF_A_ROW = re.compile(r"(\w+)-(\d+)-(\w+)")
_PART_OF_A_VALUE = re.compile(r"_[01]$")  # day and hour of a moment


def typed_raw(data: QueryDict, model: type[Model]) -> list[tuple[str, str]]:
    """Return the values that were typed into a form of the model and its rows, each with its label."""
    typed: dict[str, list[str]] = {}  # a moment is two values
    parts = dict(relations_to_parts(model))
    for name, values in data.lists():
        row = _OF_A_ROW.fullmatch(name)
        owner = parts.get(row[1]) if row else model
        label = _label(owner, row[3] if row else name) if owner else ""
        number = f"{owner._meta.verbose_name}{int(row[2]) + 1}・" if row and owner else ""
        if label and any(values):
            typed.setdefault(number + label, []).extend(filter(None, values))
    return [(label, " ".join(values)) for label, values in typed.items()]


def _label(model: type[Model], name: str) -> str:
    """Return the label of the field; "" where an editor types into none of this name."""
    try:
        field = model._meta.get_field(_PART_OF_A_VALUE.sub("", name))
    except FieldDoesNotExist:
        return ""
    if not isinstance(field, Field) or field.is_relation or field.primary_key or not field.editable:
        return ""
    return str(field.verbose_name)
