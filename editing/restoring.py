"""Writing the content of an older version back, as far as today's fields can hold it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from editing.differences import in_words, label_of, row_name, unsaved
from editing.snapshots import Row, Snapshot, removed_fields_of, snapshot, value_in


@dataclass(frozen=True)
class Obstacles:
    """The fields that do not come back with a version.

    `lacking`: names of today's fields that it has no value for and that have no default; with one of these it
    cannot be restored. `removed`: names of removed fields that still hold something in it. `left_out`: what
    they hold, each with its row.
    """

    lacking: tuple[str, ...]
    removed: tuple[str, ...]
    left_out: tuple[str, ...]


def obstacles(content: Snapshot) -> Obstacles:
    """Return what keeps the content from coming back as it was."""
    left_out = [each for row in content.values() for each in _left_out(row)]
    return Obstacles(
        lacking=tuple(dict.fromkeys(name for row in content.values() for name in _lacking(row))),
        removed=tuple(dict.fromkeys(label for label, _ in left_out)),
        left_out=tuple(text for _, text in left_out),
    )


def _lacking(row: Row) -> Iterator[str]:
    for field in apps.get_model(row["model"])._meta.concrete_fields:
        has_value = field.primary_key or not field.serialize or field.name in row["fields"]
        has_default = field.has_default() or field.null or (field.blank and not field.choices)
        if not has_value and not has_default:
            yield str(field.verbose_name)


def _left_out(row: Row) -> Iterator[tuple[str, str]]:
    for field in removed_fields_of(row):
        if words := in_words(field, value_in(row, field)):
            yield field.verbose_name, f"{row_name(row)} {label_of(field)}:{words}"


def restore(content: Snapshot) -> models.Model:
    """Make the stored object, deleted or not, hold this content with just these parts; return it.

    Call it in a transaction. Raises ValidationError where the database does not take the content.
    """
    own, *_ = content.values()
    instance = unsaved(own)
    if type(instance)._default_manager.filter(pk=instance.pk).exists():
        for key, row in snapshot(instance).items():
            if key not in content:
                _stored(row).delete()
    _write(list(content.values()))
    return type(instance)._default_manager.get(pk=instance.pk)


def _stored(row: Row) -> models.QuerySet[models.Model]:
    return apps.get_model(row["model"])._default_manager.filter(pk=row["pk"])


def _write(rows: list[Row]) -> None:
    """Save the rows, each as soon as no other row that is still to be saved is in its way."""
    while rows:
        refused = [row for row in rows if not _is_taken(row)]
        if len(refused) == len(rows):
            _make_way(refused)
        rows = refused


def _make_way(rows: list[Row]) -> None:
    """Delete rows that exchange values which must be distinct, so that they can be saved anew."""
    stored = [found for row in rows if (found := _stored(row).first())]
    if not stored or any(_is_referred_to(row) for row in stored):
        raise ValidationError(
            f"「{row_name(rows[0])}」が、ほかの内容と合わないため、元に戻せません。"
        )
    for row in stored:
        row.delete()


def _is_referred_to(row: models.Model) -> bool:
    """Return whether deleting the row would take something else along."""
    return any(
        each.related_model._default_manager.filter(**{each.field.name: row.pk}).exists()
        for each in row._meta.related_objects
    )


def _is_taken(row: Row) -> bool:
    """Save the row; return whether the database took it."""
    instance = unsaved(row)
    # Django would insert a row whose key has a default, although it is stored.
    instance._state.adding = not _stored(row).exists()
    for field in instance._meta.concrete_fields:
        _drop_lost_reference(instance, field)
    try:
        with transaction.atomic():
            instance.save()
    except IntegrityError:
        return False
    for many in instance._meta.many_to_many:
        related = many.remote_field.model._default_manager
        getattr(instance, many.name).set(related.filter(pk__in=row["fields"].get(many.name, [])))
    return True


def _drop_lost_reference(instance: models.Model, field: models.Field) -> None:
    """Empty a reference to something deleted. Raises ValidationError where it is needed."""
    pk = getattr(instance, field.attname)
    if not isinstance(field, models.ForeignKey) or pk is None:
        return
    if field.remote_field.model._default_manager.filter(pk=pk).exists():
        return
    if not field.null:
        raise ValidationError(f"「{field.verbose_name}」が削除されているため、元に戻せません。")
    setattr(instance, field.attname, None)
