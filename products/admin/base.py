"""The code that several admins of the products share."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from reversion.models import Version

from core.moment import Moment
from editing.admin import ContentAdmin
from editing.formsets import ContentRows
from editing.schema import todays_name
from products.models import PolicyTerm


def term_of(obj: Any) -> PolicyTerm:
    """Return the term that is edited, or the one that a part of it belongs to."""
    term: PolicyTerm = getattr(obj, "term", obj)
    return term


class PublishableAdmin(ContentAdmin):
    """The admin of rows that are drafts, planned or public."""

    @admin.display(description="公開状態")
    def state(self, row: Any) -> str:
        moment = Moment.now()
        if row.public_from is None:
            return "下書き"
        if row.public_from > moment.at:
            return "公開予定"
        return self.state_since_public(row, moment)

    def state_since_public(self, row: Any, moment: Moment) -> str:
        """Return the state of a row whose publication has begun."""
        return "公開中"


def was_public(term: PolicyTerm) -> bool:
    """Return whether visitors see the stored term, or have seen it.

    They have where a version of it became public before the next version replaced it.
    """
    now = Moment.now().at
    stored = PolicyTerm.objects.values_list("public_from", flat=True).filter(pk=term.pk).first()
    kept = list(
        Version.objects.get_for_object(term)
        .order_by("pk")
        .values_list("serialized_data", "revision__date_created")
    )
    dates = [_public_from(json.loads(data)[0]["fields"]) for data, _ in kept]
    ends = [*(saved_at for _, saved_at in kept[1:]), now]
    return (stored is not None and stored <= now) or any(
        datetime.fromisoformat(public_from) <= end
        for public_from, end in zip(dates, ends, strict=False)
        if public_from
    )


def _public_from(fields: dict[str, Any]) -> str | None:
    """Return the date of publication in a version, whatever the field was called then."""
    label = PolicyTerm._meta.label_lower
    found = (value for name, value in fields.items() if todays_name(label, name) == "public_from")
    return next(found, None)


class NeededRows(ContentRows):
    """A formset that requires at least one row if the parent has a date of publication."""

    def clean(self) -> None:
        super().clean()
        if getattr(self.instance, "public_from", None) and not self.kept_forms:
            raise ValidationError(
                f"公開する保険期間には、{self.model._meta.verbose_name}が1件以上必要です。"
            )


class OnlyOneAdmin(ContentAdmin):
    """The admin of a table whose single row the pages rely on."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class ChangedOnPurpose(ContentAdmin):
    """The admin of parts of a term: once public, they are changed by an explicit step, with a reason."""

    closes_when_public = True

    def needs_reason(self, obj: models.Model | None) -> bool:
        return obj is not None and was_public(term_of(obj))

    def public_path(self, obj: models.Model) -> str:
        return term_of(obj).get_absolute_url()
