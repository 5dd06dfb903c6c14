"""Django system checks: whether what the apps declare for the toolkit fits together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import reversion
from django.contrib import admin
from django.core.checks import CheckMessage, Error, register

from editing.content_models import content_models, parts_of, relations_to_parts
from editing.form_pages import FormPages
from editing.links import content_admins
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
    """Every page that an admin class names, in `shown_on` or by `place_link` in a fieldset, is a public page."""
    return [
        Error(f"{type(each).__name__}: there is no page {name}.", id="editing.E004")
        for each in _content_admins()
        for name in [*each.shown_on, *_unknown_places(each)]
        if name not in public_pages()
    ]


@register
def parts_have_forms(**_: Any) -> list[CheckMessage]:
    """Each part is a row in the form of its whole, or has a form of its own; a form has no other rows."""
    return [
        Error(
            f"{type(each).__name__}.inlines and {each.model.__name__}.parts disagree on {model.__name__}.",
            id="editing.E005",
        )
        for each in _content_admins()
        for inlines in [{inline.model for inline in each.inlines}]
        for model in inlines ^ {part for _, part in relations_to_parts(each.model)}
        if model in inlines or not admin.site.is_registered(model)
    ]


def _content_admins() -> list[FormPages]:
    return [each for each in content_admins() if isinstance(each, FormPages)]


def _unknown_places(model_admin: FormPages) -> Iterator[str]:
    for _, options in model_admin.fieldsets or ():
        try:
            str(options.get("description", ""))
        except KeyError as error:
            yield error.args[0]


def _is_relation_to_parts(model: Any, name: str) -> bool:
    relations = {each.get_accessor_name(): each for each in model._meta.related_objects}
    return name in relations and relations[name].related_model in set(content_models())
