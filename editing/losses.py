"""The losses of the public pages by a deletion, told before it is confirmed."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db import models

from core.moment import Moment
from editing.content_models import public_rows

if TYPE_CHECKING:
    from editing.form_pages import FormPages

NOTHING = "公開ページから消えるものはありません。"


def losses(model_admin: FormPages, objects: Collection[Any], moment: Moment) -> list[str]:
    """Return a sentence for each thing that visitors will no longer see."""
    going = {each.pk for each in objects}
    shown = {row.pk for row in public_rows(model_admin.model, moment)}
    lost = len(going & shown)
    first, *others = _labels(model_admin, objects) or [""]
    if not lost or not first:
        return [NOTHING]
    if lost == len(shown):
        says = [f"{first}のページから{lost}件すべてが消え、ページが空になります。"]
    else:
        says = [f"{first}のページから、{len(shown)}件のうち{lost}件が消えます。"]
    return [*says, *(f"{label}のページからも消えます。" for label in others)]


def _labels(model_admin: FormPages, objects: Collection[models.Model]) -> list[str]:
    """Return the public pages on which the objects appear, the first one first."""
    labels = [page.label for each in objects for page in model_admin.pages_of(each)]
    return [f"「{label}」" for label in dict.fromkeys(labels)]
