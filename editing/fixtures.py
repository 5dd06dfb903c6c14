"""Rows of content models as YAML files: loading and writing them.

Rows carry no primary keys and refer to others by natural key. Load and export give the same bytes.
"""

from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from django.core import serializers
from django.core.exceptions import (
    NON_FIELD_ERRORS,
    ObjectDoesNotExist,
    ValidationError,
)
from django.db import models

from core.clock import TOKYO
from core.models import OnlyOne

Group = tuple[type[models.Model], ...]


class ContentError(Exception):
    """Content that cannot be loaded: the message names file, row, field and reason."""


def load_file(path: Path, group: Group) -> int:
    """Save the rows of a file, which are of the models of the group; return their number.

    Every row is validated as the admin would. Raises ContentError.
    """
    models_of_file = {model._meta.label_lower: model for model in group}
    number = 0
    for number, (line, row) in enumerate(rows_in(path), start=1):
        where = f"{path} row {number} (line {line})"
        if not isinstance(row, dict) or row.get("model") not in models_of_file:
            raise ContentError(f"{where}: model: must be one of {', '.join(models_of_file)}")
        if set(row) != {"model", "fields"} or not isinstance(row["fields"], dict):
            raise ContentError(f"{where}: a row has a model and its fields, nothing else")
        _load_row(models_of_file[row["model"]], row["fields"], where)
    return number


def write_file(path: Path, group: Group) -> None:
    """Write all rows of the models of the group."""
    rows = [row for model in group for row in _rows_of(model)]
    text = yaml.dump(rows, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    path.write_text(text, encoding="utf-8")


def rows_in(path: Path) -> Iterator[tuple[int, Any]]:
    """Yield the rows of a file, each with the line on which it starts."""
    try:
        text = path.read_text(encoding="utf-8")
        loader = _Loader(text)
        nodes = loader.get_single_node()
        rows = loader.construct_document(nodes) if nodes else []
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise ContentError(f"{path}: {error}") from error
    if not isinstance(nodes, yaml.SequenceNode):
        raise ContentError(f"{path}: must be a list of rows (an empty one is written [])")
    yield from zip((node.start_mark.line + 1 for node in nodes.value), rows, strict=True)


def _load_row(model: type[models.Model], fields: dict[str, Any], where: str) -> None:
    known = {field.name: field for field in _fields_in_files(model)}
    values: dict[str, Any] = {}
    sets: dict[str, Any] = {}
    for name, value in fields.items():
        if name not in known:
            raise ContentError(f"{where}: {name}: no such field")
        try:
            target = sets if known[name].many_to_many else values
            target[name] = _python_value(known[name], value)
        except ValidationError as error:
            raise ContentError(f"{where}: {name}: {''.join(error.messages)}") from error
        except (ObjectDoesNotExist, TypeError, ValueError) as error:
            raise ContentError(f"{where}: {name}: {error}") from error
    row = model(**values)
    try:
        row.full_clean()
    except ValidationError as error:
        reasons = [
            message if name == NON_FIELD_ERRORS else f"{name}: {message}"
            for name, messages in error.message_dict.items()
            for message in messages
        ]
        raise ContentError("\n".join(f"{where}: {reason}" for reason in reasons)) from error
    row.save()
    for name, related in sets.items():
        getattr(row, name).set(related)


def _python_value(field: Any, value: Any) -> Any:
    """Return a value of a file as the field holds it. References are natural keys.

    Raises TypeError for a value that has not the type of the field, so that nothing is rounded or guessed.
    """
    if field.many_to_many:
        return [_find(field, key) for key in value]
    if value is None:
        return None
    if isinstance(field, models.ForeignKey):
        return _find(field, value)
    for kind, accepted in (
        (models.BooleanField, bool),
        (models.IntegerField, int),
        (models.Field, str),
    ):
        if isinstance(field, kind):
            if type(value) is not accepted:
                raise TypeError(f"{value!r} is not of the type {accepted.__name__}")
            break
    value = field.to_python(value)
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError(f"{value} has no time zone: write +09:00 behind it")
    return value


def _find(field: Any, key: Any) -> Any:
    if not isinstance(key, list) or not all(isinstance(part, str) for part in key):
        raise TypeError(f"{key!r} is not a natural key, which is a list of words")
    return field.remote_field.model._default_manager.get_by_natural_key(*key)


def _fields_in_files(model: type[models.Model]) -> list[Any]:
    """Return the fields that a row has in a file: without primary key and the parent that exists once."""
    return [
        field
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if not field.primary_key
        and not (
            isinstance(field, models.ForeignKey) and issubclass(field.remote_field.model, OnlyOne)
        )
    ]


def _rows_of(model: type[models.Model]) -> Iterator[dict[str, Any]]:
    known = _fields_in_files(model)
    for row in serializers.serialize(
        "python",
        model._default_manager.order_by(*_stable_order(model)),
        use_natural_foreign_keys=True,
        use_natural_primary_keys=True,
    ):
        fields = {field.name: _plain(row["fields"][field.name]) for field in known}
        yield {"model": row["model"], "fields": fields}


def _stable_order(model: type[models.Model]) -> list[Any]:
    """Return an ordering: by parent, then as displayed, then as entered."""
    parents = [
        field.name
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE
    ]
    return [*parents, *(model._meta.ordering or ()), "pk"]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(TOKYO)
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, list):
        return [list(key) for key in value]
    return value


class _Loader(yaml.SafeLoader):
    """A loader that leaves dates and times to the fields, and refuses a name that is given twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [name.value for name, _ in node.value]
        if len(set(names)) < len(names):
            raise yaml.constructor.ConstructorError(
                None, None, f"a name stands twice among {', '.join(names)}", node.start_mark
            )
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class _Dumper(yaml.SafeDumper):
    """A dumper for readers: texts of several lines as blocks, lists indented."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)
