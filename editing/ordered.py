"""The admin of lists whose order the secretariat decides."""

from __future__ import annotations

import re
from typing import Any, ClassVar, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Max
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string

from editing.admin import ContentAdmin
from editing.saving import Edit, Refused, save

ORDER_SAVED = "並び順を変えました。"
ROW_GONE = "並び順を変えられませんでした。ほかの人が削除した可能性があります。"
ROW_AT_END = "「{}」は、これ以上動かせません。"
MOVE_ROW = re.compile(r"move-(\d+)-(up|down)")


class OrderedContentAdmin(ContentAdmin):
    """The admin of a list whose order the secretariat decides, with buttons that exchange neighbours."""

    order_within: ClassVar[tuple[str, ...]] = ()  # fields that part the list into several

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        shown = list(super().get_list_display(request))
        return [*shown, "order_buttons"] if self.has_change_permission(request) else shown

    @admin.display(description="並び順")
    def order_buttons(self, row: models.Model) -> str:
        return render_to_string("admin/order_buttons.html", {"row": row})

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        match = next((match for name in request.POST if (match := MOVE_ROW.fullmatch(name))), None)
        if match is None:
            return super().changelist_view(request, extra_context)
        row = get_object_or_404(self.model, pk=match[1])
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        step = -1 if match[2] == "up" else 1
        move = Edit(
            cast(User, request.user), row, lambda: self._move(row, step), says=lambda: ORDER_SAVED
        )
        outcome = save(move, self.target(request))
        if isinstance(outcome, Refused):
            messages.warning(request, "".join(outcome.reasons))
        else:
            messages.success(request, f"「{row}」の並び順を変えました。")
        return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Put an added row at the end of its list, unless a place was typed."""
        if not change and not obj.order:
            same = {name: getattr(obj, name) for name in self.order_within}
            last = self.model._default_manager.filter(**same).aggregate(last=Max("order"))["last"]
            obj.order = (last or 0) + 1
        super().save_model(request, obj, form, change)

    def _move(self, row: models.Model, step: int) -> list[models.Model]:
        """Exchange the row with a neighbour, number all rows anew, and return the row and what else changed.

        Raises ValidationError where the row cannot be moved.
        """
        same = {name: getattr(row, name) for name in self.order_within}
        found = self.model._default_manager.filter(**same).order_by("order", "pk")
        rows = list(found.select_for_update())
        if row not in rows:
            raise ValidationError(ROW_GONE)
        place = rows.index(row)
        if not 0 <= place + step < len(rows):
            raise ValidationError(ROW_AT_END.format(row))
        rows[place], rows[place + step] = rows[place + step], rows[place]
        others = []
        for number, each in enumerate(rows, start=1):
            if each.order != number:
                each.order = number
                each.save(update_fields=["order"])  # nothing that a colleague changed meanwhile
                others += [each] if each != row else []
        return [rows[place + step], *others]
