"""Placeholders in the texts of all other records: what names a fact shows it as its own record has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import models

from contacts.models import Desk, DeskRole, Organisation
from core.fields import LinesField, ProseField
from editing.content_models import parts_within
from editing.placeholders import text_fields, with_values
from editing.row_walk import rows_within
from pages.models import PageText
from pages.texts.filling import VALUES, MissingValueError, Variables
from pages.texts.slots import EVERYWHERE
from products.models import PolicyTerm, Product, SecurityProgram, SupportDesk

NAMES = EVERYWHERE
CONDITIONS = (
    "緊急の窓口の夜間・休日の注意",
    "サポートデスクを利用できる方",
    "サポートデスクの費用",
)

# The fields that hold the facts. A name contains no placeholder, a condition at most names: so nothing goes in a circle.
HOLD_NAMES: dict[type[models.Model], set[str]] = {
    Product: {"name", "insurance_class"},
    Organisation: {"name", "short_name", "abbreviation"},
    Desk: {"name"},
    SecurityProgram: {"name"},
}
HOLD_CONDITIONS: dict[type[models.Model], set[str]] = {
    Desk: {"after_hours_note"},
    SupportDesk: {"who_may_use", "charge_note"},
}


# What the insurer approves with a term is written out: a changed fact would change it without a new approval.
APPROVED = {PolicyTerm, *parts_within(PolicyTerm)}


def allowed(model: type[models.Model], field: models.Field) -> tuple[str, ...] | None:
    """Return the placeholders that a field may contain: conditions, which may be long, in prose only."""
    if model is PageText:
        return None
    if model in APPROVED or field.name in HOLD_NAMES.get(model, ()):
        return ()
    is_prose = isinstance(field, ProseField) and not isinstance(field, LinesField)
    takes_conditions = is_prose and field.name not in HOLD_CONDITIONS.get(model, ())
    return (*NAMES, *CONDITIONS) if takes_conditions else NAMES


def known_rows(
    product: Product | None,
    desks: Mapping[str, Desk],
    support_desk: SupportDesk | None,
    security_program: SecurityProgram | None,
) -> dict[str, Any]:
    """Return the rows that hold the facts, by the first part of their paths."""
    return {
        "product": product,
        "agency": desks.get(DeskRole.AGENCY),
        "incident_desk": desks.get(DeskRole.INCIDENT),
        "support_desk": support_desk,
        "security_program": security_program,
    }


def facts_now() -> dict[str, str]:
    """Return the value of each fact, as pages show it, without reading all content; none without content."""
    return facts((*NAMES, *CONDITIONS), rows_now())


def rows_now() -> dict[str, Any]:
    """Return the rows that hold the facts, read by themselves, with the facts in their texts. Four queries."""
    known = known_rows(
        Product.objects.select_related("insurer").first(),
        {desk.role: desk for desk in Desk.objects.select_related("organisation")},
        SupportDesk.objects.first(),
        SecurityProgram.objects.select_related("provider").first(),
    )
    fill_facts([row for row in known.values() if row], known)
    return known


def fill_facts(rows: Iterable[models.Model], variables: Variables) -> None:
    """Put the facts in place of their placeholders, in these rows and all that were read with them."""
    rows = [*rows_within(rows)]
    for names in (NAMES, CONDITIONS):  # the conditions contain names
        values = facts(names, variables)
        for row in rows:
            for field, text in _texts_with_braces(row):
                known = {
                    name: values[name] for name in allowed(type(row), field) or () if name in values
                }
                setattr(row, field.name, type(text)(with_values(text, known)))


def facts(names: Iterable[str], variables: Variables) -> dict[str, str]:
    """Return the value of each of these facts that has one."""
    values = {}
    for name in names:
        try:
            values[name] = str(VALUES[name].on(variables))
        except MissingValueError:
            continue
    return values


def _texts_with_braces(row: Any) -> Iterator[tuple[models.Field, str]]:
    for field in text_fields(type(row)):
        text = getattr(row, field.name)
        if "{" in text:
            yield field, text
