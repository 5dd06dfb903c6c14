"""Rows of the content by their keys, and the names by which editors know them."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any, cast

from django.db import models

from editing.content_models import owner_of

Rows = dict[type[models.Model], dict[Any, models.Model]]


def rows_of(keys: Mapping[type[models.Model], Set[Any]]) -> Rows:
    """Return those of the rows that exist, by model and key, with what their names contain. One query a model."""
    return {model: _with_references(model).in_bulk(pks) for model, pks in keys.items()}


def lineage(row: models.Model) -> list[models.Model]:
    """Return the row after all that it is a part of, the whole first."""
    rows = [row]
    while owner := owner_of(rows[0]):
        rows.insert(0, owner)
    return rows


def row_name(row: models.Model) -> str:
    """Return the kind and the name of the row."""
    return f"{row._meta.verbose_name}「{row}」"


def _with_references(model: type[models.Model]) -> models.QuerySet[Any]:
    paths = _references(model)
    rows = model._default_manager.all()
    return rows.select_related(*paths) if paths else rows


def _references(model: type[models.Model], depth: int = 3) -> list[str]:
    """Return the paths from a row to what it is a part of or refers to, whose names its own name may contain."""
    paths = []
    for field in model._meta.fields:
        if field.many_to_one and depth:
            related = cast(type[models.Model], field.related_model)
            further = _references(related, depth - 1)
            paths += [field.name, *(f"{field.name}__{path}" for path in further)]
    return paths
