"""The models and fields that the content has and had, read from the migrations.

A version holds the names that its fields had when it was kept. Every field has an *identity*, the first name
that it ever had, which no later migration changes: so an old version is read under today's names, and a
fingerprint stays when a field is renamed. A name that was used again for a new field is read as the new one.
The same holds for models and their labels.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import (
    AddField,
    AlterField,
    AlterModelOptions,
    CreateModel,
    DeleteModel,
    RemoveField,
    RenameField,
    RenameModel,
    SeparateDatabaseAndState,
)


@dataclass(frozen=True)
class RemovedField:
    """A field that a model had and has no more, as a version still holds it."""

    name: str  # its identity
    verbose_name: str


@dataclass(frozen=True)
class RemovedModel:
    """A model that the content had and has no more, with its fields as they were at the end."""

    verbose_name: str
    fields: dict[str, models.Field[Any, Any]]  # by identity


@dataclass
class ModelHistory:
    """One model and its fields through the migrations."""

    label: str  # today's
    first_label: str
    verbose_name: str
    is_removed: bool = False
    identities: dict[str, str] = field(default_factory=dict)  # by each name that a field ever had
    names: dict[str, str] = field(default_factory=dict)  # today's, by identity
    fields: dict[str, models.Field[Any, Any]] = field(default_factory=dict)  # by identity
    # As they were when they were added, by identity.
    added: dict[str, models.Field[Any, Any]] = field(default_factory=dict)

    def follow(self, operation: Any) -> None:
        """Take over what an operation of a migration does to the model and its fields."""
        if isinstance(operation, CreateModel):
            for name, each in operation.fields:
                self._add(name, each)
        elif isinstance(operation, DeleteModel):
            self.is_removed = True
        elif isinstance(operation, AlterModelOptions):
            self.verbose_name = str(operation.options.get("verbose_name", self.verbose_name))
        elif isinstance(operation, AddField):
            self._add(operation.name, operation.field)
        elif isinstance(operation, AlterField):
            self.fields[self.identities[operation.name]] = operation.field
        elif isinstance(operation, RemoveField):
            del self.names[self.identities[operation.name]]
        elif isinstance(operation, RenameField):
            renamed = self.identities[operation.old_name]
            self.names[renamed] = operation.new_name
            self.identities[operation.new_name] = renamed

    def _add(self, name: str, added: models.Field[Any, Any]) -> None:
        before = sum(each.partition("#")[0] == name for each in self.fields)
        own = f"{name}#{before + 1}" if before else name
        self.identities[name], self.names[own] = own, name
        self.fields[own] = self.added[own] = added


def todays_label(label: str) -> str | None:
    """Return today's label of a model, given one that it has or had; None where the model was removed."""
    history = _histories().get(label)
    return None if history is None or history.is_removed else history.label


def model_identity(label: str) -> str:
    """Return the first label that the model ever had."""
    return _history(label).first_label


def removed_model(label: str) -> RemovedModel | None:
    """Return the removed model that had this label; None where there is none."""
    history = _histories().get(label)
    if history is None or not history.is_removed:
        return None
    return RemovedModel(history.verbose_name, history.fields)


@cache
def shown_fields(label: str) -> list[Any]:
    """Return the fields that an editor sees: without primary key and relation to the parent."""
    options = apps.get_model(label)._meta
    return [each for each in (*options.fields, *options.many_to_many) if _is_shown(each)]


def removed_field(label: str, name: str) -> RemovedField | None:
    """Return the removed field with this identity that an editor saw; None where there is none.

    One that no migration knows any more goes by its name.
    """
    history = _history(label)
    if name in history.names or name in _names_of_today(label):
        return None
    removed = history.fields.get(name)
    if removed is None:
        return RemovedField(name, name)
    return RemovedField(name, str(removed.verbose_name or name)) if _is_shown(removed) else None


def identity(label: str, name: str) -> str:
    """Return the identity of the field that has or had this name."""
    return _history(label).identities.get(name, name)


def default_when_added(each: models.Field[Any, Any]) -> Any:
    """Return what the field held in existing rows once it was added. Later defaults are for new rows only."""
    if each.is_relation:
        return each.get_default()
    history = _history(each.model._meta.label_lower)
    return history.added.get(history.identities.get(each.name, ""), each).get_default()


def todays_name(label: str, name: str) -> str:
    """Return today's name of a field, given a name that it has or had; the identity of a removed field."""
    own = identity(label, name)
    return _history(label).names.get(own, own)


@cache
def _names_of_today(label: str) -> set[str]:
    options = apps.get_model(label)._meta
    return {each.name for each in (*options.fields, *options.many_to_many)}


def _is_shown(each: Any) -> bool:
    return (
        each.editable
        and not each.primary_key
        and getattr(each.remote_field, "on_delete", None) is not models.CASCADE
    )


def _history(label: str) -> ModelHistory:
    return _histories().get(label) or ModelHistory(label, label, label)


@cache
def _histories() -> dict[str, ModelHistory]:
    """Return the history of every content model by each label that it had. Reads files, and no database."""
    found: dict[str, ModelHistory] = {}
    graph = MigrationLoader(None, ignore_no_migrations=True).graph
    for app in settings.CONTENT_APPS:
        plan = (key for leaf in graph.leaf_nodes(app) for key in graph.forwards_plan(leaf))
        for key in dict.fromkeys(key for key in plan if key[0] == app):
            for operation in graph.nodes[key].operations:
                follow(found, app, operation)
    return found


def follow(found: dict[str, ModelHistory], app: str, operation: Any) -> None:
    """Take over into the histories what an operation of a migration of the app does to its models."""
    if isinstance(operation, SeparateDatabaseAndState):
        for each in operation.state_operations:
            follow(found, app, each)
        return
    if isinstance(operation, CreateModel):
        label = f"{app}.{operation.name_lower}"
        verbose_name = str(operation.options.get("verbose_name", operation.name))
        found[label] = ModelHistory(label, label, verbose_name)
    if isinstance(operation, RenameModel):
        label = f"{app}.{operation.new_name_lower}"
        found[label] = found[f"{app}.{operation.old_name_lower}"]
        found[label].label = label
        return
    name = getattr(operation, "model_name_lower", None) or getattr(operation, "name_lower", "")
    if f"{app}.{name}" in found:
        found[f"{app}.{name}"].follow(operation)
