"""Replaces the fingerprints of approvals.

Until now they depended on the names of fields that held nothing, and did not say to which cover an event
belongs.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import migrations, models

NOT_APPROVED = (
    "public_from",
    "approval_number",
    "approved_on",
    "approval_use_by",
    "approval_scope",
    "approved_fingerprint",
)


def replace_fingerprints(apps: Any, schema_editor: Any) -> None:
    """Give every term that is as it was approved the fingerprint of the new kind."""
    for term in apps.get_model("products", "PolicyTerm").objects.exclude(approved_fingerprint=""):
        rows = list(rows_of(apps, term))
        if term.approved_fingerprint == old_fingerprint(rows):
            term.approved_fingerprint = _new_fingerprint(rows)
            term.save(update_fields=["approved_fingerprint"])


def rows_of(apps: Any, term: Any) -> Iterator[Any]:
    yield term
    for name in ("Reason", "PremiumRow", "SupportFunction"):
        yield from apps.get_model("products", name).objects.filter(term=term)
    categories = apps.get_model("products", "CoverageCategory").objects.filter(term=term)
    yield from categories
    yield from apps.get_model("products", "CoveredEvent").objects.filter(category__in=categories)


def old_fingerprint(rows: list[Any]) -> str:
    return _hash(_contents(rows))


def _new_fingerprint(rows: list[Any]) -> str:
    filled = [
        [
            model,
            {
                name: value
                for name, value in content.items()
                if value not in (None, "", [], _nothing_in(row._meta.get_field(name)))
            },
        ]
        for row, (model, content) in zip(rows, _contents(rows), strict=True)
    ]
    categories = {
        row.pk: each
        for row, each in zip(rows, filled, strict=True)
        if each[0] == "products.coveragecategory"
    }
    return _hash(
        [each, categories[row.category_id]] if hasattr(row, "category_id") else [each]
        for row, each in zip(rows, filled, strict=True)
    )


def _contents(rows: list[Any]) -> list[Any]:
    """Return the model of each row with what its fields hold."""
    return [
        [
            serialized["model"],
            {
                field.name: _value(field, serialized["fields"][field.name])
                for field in (*row._meta.fields, *row._meta.many_to_many)
                if _is_shown(field) and field.name not in NOT_APPROVED
            },
        ]
        for row, serialized in zip(
            rows, json.loads(serializers.serialize("json", rows)), strict=True
        )
    ]


def _hash(contents: Iterable[Any]) -> str:
    texts = sorted(json.dumps(each, sort_keys=True) for each in contents)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def _value(field: Any, value: Any) -> Any:
    if isinstance(field, models.DateTimeField) and value:
        return field.to_python(value).astimezone(UTC).isoformat()
    return value


def _nothing_in(field: Any) -> Any:
    if field.many_to_many:
        return []
    return json.loads(json.dumps(field.get_default(), cls=DjangoJSONEncoder))


def _is_shown(field: Any) -> bool:
    return (
        field.editable
        and not field.primary_key
        and getattr(field.remote_field, "on_delete", None) is not models.CASCADE
    )


class Migration(migrations.Migration):
    dependencies = [("products", "0002_approval_and_pdf")]

    operations = [migrations.RunPython(replace_fingerprints, migrations.RunPython.noop)]
