"""Writing the content of an older version back, as far as today's fields can hold it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction

from editing.differences import in_words, label_of, listed, row_name, unsaved
from editing.schema import RemovedModel
from editing.snapshots import Row, Snapshot, removed_fields_of, snapshot, value_in


@dataclass(frozen=True)
class Obstacles:
    """The obstacles to bringing a version back.

    `lacking`: names of today's fields that it has no value for and that have no default; one of them
    keeps it from being restored. `removed`: names of removed fields and models that still hold something in it.
    `left_out`: what they hold, each with its row.
    """

    lacking: tuple[str, ...]
    removed: tuple[str, ...]
    left_out: tuple[str, ...]


def obstacles(content: Snapshot, removed: Iterable[tuple[RemovedModel, Row]] = ()) -> Obstacles:
    """Return what of a version cannot be restored; `removed` are its rows of removed models."""
    left_out = [each for row in content.values() for each in _left_out(row)]
    left_out += [each for model, row in removed for each in _left_out_with(model, row)]
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


def _left_out_with(model: RemovedModel, row: Row) -> Iterator[tuple[str, str]]:
    words = "、".join(
        f"{field.verbose_name}:{text}"
        for name, field in model.fields.items()
        if field.editable and not field.is_relation
        if (text := in_words(field, row["fields"].get(name)))
    )
    if words:
        yield model.verbose_name, f"{model.verbose_name}(いまはない項目) {words}"


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
    """Save the rows; postpone a row while a row that is not saved yet holds its distinct values, or owns it."""
    while rows:
        awaited = {f"{row['model']} {row['pk']}" for row in rows}
        refused = [row for row in rows if not _is_taken(row, awaited)]
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
    """Return whether other rows refer to this row, which would be deleted or changed with it."""
    return any(
        each.related_model._default_manager.filter(**{each.field.name: row.pk}).exists()
        for each in row._meta.related_objects
    )


def _is_taken(row: Row, awaited: Collection[str]) -> bool:
    """Save the row; return whether the database took it. `awaited` are the keys of rows not saved before."""
    instance = unsaved(row)
    # Django would insert a row whose key has a default, although it is stored.
    instance._state.adding = not _stored(row).exists()
    for field in instance._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and _reference_is_lost(instance, field):
            key = f"{field.remote_field.model._meta.label_lower} {row['fields'][field.name]}"
            if key in awaited:
                return False
            _drop_reference(instance, field)
    try:
        with transaction.atomic():
            instance.save()
    except IntegrityError:
        return False
    except DataError as error:  # of PostgreSQL
        raise ValidationError(
            f"「{row_name(row)}」に、いまの項目に入らない値があるため、元に戻せません。"
        ) from error
    for many in instance._meta.many_to_many:
        related = many.remote_field.model._default_manager
        keys = listed(row["fields"].get(many.name, []))
        getattr(instance, many.name).set(related.filter(pk__in=keys))
    return True


def _reference_is_lost(instance: models.Model, field: models.ForeignKey) -> bool:
    """Return whether the field refers to something that is not stored."""
    pk = getattr(instance, field.attname)
    found = field.remote_field.model._default_manager.filter(pk=pk)
    return pk is not None and not found.exists()


def _drop_reference(instance: models.Model, field: models.ForeignKey) -> None:
    """Empty a reference to something deleted. Raises ValidationError where it is needed."""
    if not field.null:
        raise ValidationError(f"「{field.verbose_name}」が削除されているため、元に戻せません。")
    setattr(instance, field.attname, None)
