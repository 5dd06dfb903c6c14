"""Replaces the fingerprints of approvals: until now they depended on names of fields that held nothing."""

import hashlib
import json
from collections.abc import Iterator
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
        rows = list(_rows(apps, term))
        if term.approved_fingerprint == _fingerprint(rows, with_empty_fields=True):
            term.approved_fingerprint = _fingerprint(rows, with_empty_fields=False)
            term.save(update_fields=["approved_fingerprint"])


def _rows(apps: Any, term: Any) -> Iterator[Any]:
    yield term
    for name in ("Reason", "PremiumRow", "SupportFunction"):
        yield from apps.get_model("products", name).objects.filter(term=term)
    categories = apps.get_model("products", "CoverageCategory").objects.filter(term=term)
    yield from categories
    yield from apps.get_model("products", "CoveredEvent").objects.filter(category__in=categories)


def _fingerprint(rows: list[Any], with_empty_fields: bool) -> str:
    texts = []
    for row, serialized in zip(rows, json.loads(serializers.serialize("json", rows)), strict=True):
        content = {
            field.name: _value(field, serialized["fields"][field.name])
            for field in (*row._meta.fields, *row._meta.many_to_many)
            if _is_shown(field) and field.name not in NOT_APPROVED
        }
        if not with_empty_fields:
            content = {
                name: value
                for name, value in content.items()
                if value not in (None, "", [], _nothing_in(row._meta.get_field(name)))
            }
        texts.append(json.dumps([serialized["model"], content], sort_keys=True))
    return hashlib.sha256("\n".join(sorted(texts)).encode()).hexdigest()


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
