"""The content models, and the hooks by which they tell the toolkit about themselves.

Every model of the apps in settings.CONTENT_APPS is a content model. It may have:

- `parts`: names of the relations to rows that are edited, versioned and compared with it;
- `publish_for_preview(at)`: a method that makes a draft public as of `at`, in a transaction that the
  caller takes back, and returns from when it is public, `at` at the earliest;
- `words_of_fields`: sentences that pages make of fields that hold no text, by the field to edit, for the search.

Its queryset may have:

- `living_at(moment)`: the rows whose words must be right at the moment; all rows where it is missing;
- `public_at(moment)`: the rows that visitors see at the moment; all rows where it is missing;
- `publish_drafts(at)`: makes every draft public as of `at`, in a transaction that the caller takes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.db.models import Model, QuerySet

from core.moment import Moment

Relation = tuple[str, type[Model]]  # the name of a relation to parts, and their model


def content_models() -> Iterator[type[Model]]:
    """Yield every content model."""
    for label in settings.CONTENT_APPS:
        yield from apps.get_app_config(label).get_models()


def parts_of(model: type[Model]) -> tuple[str, ...]:
    """Return the names of the relations to the parts of a row."""
    return getattr(model, "parts", ())


def relations_to_parts(model: type[Model]) -> list[Relation]:
    """Return the relations to the parts of a row, each with the model of these parts."""
    return [(name, getattr(model, name).rel.related_model) for name in parts_of(model)]


def parts_within(model: type[Model]) -> Iterator[type[Model]]:
    """Yield the models of all parts of a row, and of their parts."""
    for _, part in relations_to_parts(model):
        yield part
        yield from parts_within(part)


def all_rows(model: type[Model]) -> QuerySet[Model]:
    """Return all rows, with their parts."""
    return model._default_manager.prefetch_related(*_paths_to_parts(model))


def owner_field(model: type[Model], name: str) -> str:
    """Return the name of the field by which the parts of this relation point to their owner."""
    field: str = getattr(model, name).rel.field.name
    return field


def whole_models() -> list[type[Model]]:
    """Return the content models whose rows are no part of others."""
    models = list(content_models())
    parts = {part for model in models for _, part in relations_to_parts(model)}
    return [model for model in models if model not in parts]


def owner_of(row: Model) -> Model | None:
    """Return the row that this one is a part of; None for a row that is no part."""
    for model in content_models():
        for name, part in relations_to_parts(model):
            if isinstance(row, part):
                owner: Model = getattr(row, owner_field(model, name))
                return owner
    return None


def whole_of(row: Model) -> Model:
    """Return the stored row that this one is a part of, or the row itself, read anew."""
    owner = owner_of(row)
    return whole_of(owner) if owner else type(row)._default_manager.get(pk=row.pk)


def living_rows(model: type[Model], moment: Moment) -> QuerySet[Model]:
    """Return the rows whose words must be right at the moment, with their parts."""
    rows = model._default_manager.all()
    living_at = getattr(rows, "living_at", None)
    living: QuerySet[Model] = living_at(moment) if living_at else rows
    return living.prefetch_related(*_paths_to_parts(model))


def public_rows(model: type[Model], moment: Moment) -> Iterable[Model]:
    """Return the rows that visitors see at the moment."""
    rows = model._default_manager.all()
    public_at = getattr(rows, "public_at", None)
    public: Iterable[Model] = public_at(moment) if public_at else rows
    return public


def models_with_drafts() -> list[type[Model]]:
    """Return the content models whose rows may be drafts."""
    return [m for m in content_models() if hasattr(m._default_manager.all(), "publish_drafts")]


def publish_drafts(at: datetime) -> None:
    """Make all drafts public as of `at`. To be called in a transaction that is taken back."""
    for model in models_with_drafts():
        cast(Any, model._default_manager.all()).publish_drafts(at)


def publish_for_preview(row: Model, at: datetime) -> datetime:
    """Make the row public and return from when, `at` at the earliest: see `publish_drafts`."""
    publish = getattr(row, "publish_for_preview", None)
    published_at: datetime = publish(at) if publish else at
    return published_at


def _paths_to_parts(model: type[Model], prefix: str = "") -> Iterator[str]:
    for name, part in relations_to_parts(model):
        yield f"{prefix}{name}"
        yield from _paths_to_parts(part, f"{prefix}{name}__")
