"""The history of an object, read from the versions that django-reversion keeps."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Count, Max, Q, QuerySet
from reversion.models import Revision, Version

from core.japanese import person
from editing.content_models import owner_field, relations_to_parts, whole_models
from editing.differences import Difference, differences
from editing.restoring import Obstacles, obstacles
from editing.snapshots import Row, Snapshot, fingerprint, of_rows, removed_rows

FIRST = "記録の始まり"
ENTRIES_ON_A_PAGE = 20


@dataclass(frozen=True)
class HistoryEntry:
    """One save of an object, with the differences to the save before."""

    version: Version
    saved_at: datetime
    by: str
    comment: str
    differences: list[Difference]
    obstacles: Obstacles
    is_newest: bool
    is_oldest: bool
    together: int  # how many objects were saved in the same step, with this one


def history(instance: models.Model, number: int = 1) -> list[HistoryEntry]:
    """Return a page of the saves of the object and its parts, the newest first."""
    return list(history_page(instance, number))


def history_page(instance: models.Model, number: int | str = 1) -> Page[HistoryEntry]:
    """Return the page with this number of all saves, the newest first; the nearest page that exists."""
    page = Paginator(versions(instance), ENTRIES_ON_A_PAGE).get_page(number)
    kept = list(page.object_list)
    start = page.start_index() - 1
    older = versions(instance)[start + len(kept) : start + len(kept) + 1] if kept else []
    page.object_list = _entries([*kept, *older], len(kept), is_newest=start == 0)
    return page


def _entries(kept: list[Version], number: int, is_newest: bool) -> list[HistoryEntry]:
    """Return an entry for each of the first `number` versions; the one after them serves only for comparison."""
    contents = [snapshot_of(version) for version in kept]
    return [
        HistoryEntry(
            version=version,
            saved_at=version.revision.date_created,
            by=person(version.revision.user) if version.revision.user else "",
            comment=version.revision.comment or (FIRST if before is None else ""),
            differences=[] if before is None else differences(before, content),
            obstacles=obstacles_in(version, content),
            is_newest=is_newest and place == 0,
            is_oldest=before is None,
            together=len(versions_of_wholes(version.revision)),
        )
        for place, (version, content, before) in enumerate(
            zip(kept[:number], contents, [*contents[1:], None], strict=False)
        )
    ]


def versions(instance: models.Model) -> QuerySet[Version]:
    """Return the versions of the object, the newest first."""
    found = Version.objects.get_for_object(instance).select_related("revision__user")
    return found.order_by("-pk").prefetch_related("revision__version_set")


@dataclass(frozen=True)
class LastChange:
    """The number of saves of some objects, and the time of the last one: None where there was none."""

    number: int
    at: datetime | None


def last_change_of(objects: Iterable[models.Model]) -> LastChange:
    """Return how often the objects, with their parts, were saved, and when last. One query."""
    keys: dict[ContentType, list[str]] = {}
    for each in objects:
        keys.setdefault(ContentType.objects.get_for_model(each), []).append(str(each.pk))
    saved = Q()
    for content_type, pks in keys.items():
        saved |= Q(content_type=content_type, object_id__in=pks)
    found = Version.objects.filter(saved).aggregate(
        number=Count("pk"), at=Max("revision__date_created")
    )
    return LastChange(**found)


def last_saves_of(model: type[models.Model]) -> dict[str, datetime]:
    """Return when each row was saved last, by its primary key as text; rows that never were are left out. One query."""
    found = Version.objects.get_for_model(model).values_list("object_id")
    return dict(found.annotate(at=Max("revision__date_created")).order_by())


def versions_of_wholes(revision: Revision) -> list[Version]:
    """Return the versions of the revision that are of whole objects, one for each object that it changed."""
    types = ContentType.objects.get_for_models(*whole_models(), for_concrete_models=True)
    keys = {each.pk for each in types.values()}
    return [each for each in revision.version_set.all() if each.content_type_id in keys]


def snapshot_of(version: Version) -> Snapshot:
    """Return what the object and its parts held when the version was kept."""
    # Parts are found by today's names.
    rows = of_rows(_rows_saved_with(version)).values()
    return {f"{row['model']} {row['pk']}": row for row in _with_parts(next(iter(rows)), rows)}


def obstacles_in(version: Version, content: Snapshot) -> Obstacles:
    """Return what of the version, which holds this content, cannot be restored."""
    return obstacles(content, removed_rows(_rows_saved_with(version), content))


def _rows_saved_with(version: Version) -> Iterator[Row]:
    """Yield the serialized row of the version, then all others that were saved with it."""
    yield from json.loads(version.serialized_data)
    for each in version.revision.version_set.all():
        if each.pk != version.pk:
            yield from json.loads(each.serialized_data)


def content_with(
    instance: models.Model,
    wanted: str,
    leave_out: Collection[str] = (),
    containing: str = "",
) -> Snapshot | None:
    """Return the newest content of the object with this fingerprint; None where no version has it.

    `containing` is a text that the version is known to hold, which spares reading the others.
    """
    found = versions(instance).filter(serialized_data__contains=containing)
    contents = (snapshot_of(version) for version in found.iterator(chunk_size=10))
    return next((each for each in contents if fingerprint(each, leave_out) == wanted), None)


def _with_parts(row: Row, rows: Iterable[Row]) -> Iterator[Row]:
    yield row
    owner = apps.get_model(row["model"])
    for name, model in relations_to_parts(owner):
        parent = owner_field(owner, name)
        for part in rows:
            if part["model"] == model._meta.label_lower and part["fields"].get(parent) == row["pk"]:
                yield from _with_parts(part, rows)
