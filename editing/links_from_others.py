"""Many-to-many links that other objects have to rows: a deletion takes them along, so bringing back brings them too."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.db import models

from editing.content_models import content_models, whole_of
from editing.history import snapshot_of, versions
from editing.models import key_of
from editing.snapshots import Row, Snapshot


def link_again(rows: Iterable[Row]) -> None:
    """Link other objects to the rows as those objects were saved last: whoever saved one since has seen the lack."""
    saved: dict[models.Model, Snapshot] = {}
    for row in rows:
        for relation in apps.get_model(row["model"])._meta.related_objects:
            if relation.many_to_many and relation.related_model in content_models():
                for other in relation.related_model._default_manager.all():
                    whole = whole_of(other)
                    if whole not in saved:
                        saved[whole] = _last_saved(whole)
                    fields = saved[whole].get(key_of(other), {}).get("fields", {})
                    if row["pk"] in fields.get(relation.field.name, ()):
                        getattr(other, relation.field.name).add(row["pk"])


def _last_saved(whole: models.Model) -> Snapshot:
    version = versions(whole).first()
    return snapshot_of(version) if version else {}
