"""Django system checks: whether what the apps declare for the toolkit fits together."""

from __future__ import annotations

from typing import Any

import reversion
from django.contrib import admin
from django.core.checks import CheckMessage, Error, register

from editing.content_models import content_models, parts_of
from editing.public_pages import public_pages


@register
def content_is_versioned(**_: Any) -> list[CheckMessage]:
    """Every content model has versions, together with its parts; and no other model has."""
    models = set(content_models())
    registered = set(reversion.get_registered_models())
    errors: list[CheckMessage] = [
        Error(f"{model._meta.label} is not in an app of CONTENT_APPS.", id="editing.E001")
        if model in registered
        else Error(f"{model._meta.label} keeps no versions.", id="editing.E002")
        for model in models ^ registered
    ]
    for model in models & registered:
        for name in parts_of(model):
            if not _is_relation_to_parts(model, name):
                errors.append(
                    Error(
                        f"{model._meta.label}.parts: {name} is no such relation.", id="editing.E003"
                    )
                )
    return errors


@register
def pages_are_known(**_: Any) -> list[CheckMessage]:
    """Every name in `shown_on` of an admin class is that of a public page."""
    return [
        Error(f"{type(model_admin).__name__}.shown_on: there is no page {name}.", id="editing.E004")
        for model_admin in admin.site._registry.values()
        for name in getattr(model_admin, "shown_on", ())
        if name not in public_pages()
    ]


def _is_relation_to_parts(model: Any, name: str) -> bool:
    relations = {each.get_accessor_name(): each for each in model._meta.related_objects}
    return name in relations and relations[name].related_model in set(content_models())
