"""The admin of lists whose order the secretariat decides."""

from __future__ import annotations

import re
from typing import Any, ClassVar, cast

from django.contrib import admin, messages
from django.contrib.admin.options import IS_FACETS_VAR, IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.views.main import (
    ALL_VAR,
    ERROR_FLAG,
    ORDER_VAR,
    PAGE_VAR,
    SEARCH_VAR,
)
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from editing.admin import ContentAdmin
from editing.order_page import ORDER_SAVED, OrderPage, numbered, rows_in_order
from editing.positions import PlacedForm
from editing.saving import Edit, Refused, save

ROW_GONE = "並び順を変えられませんでした。ほかの人が削除した可能性があります。"
ROW_AT_END = "「{}」は、これ以上動かせません。"
OTHER_ORDER = "絞り込みや並べ替えをした一覧では、並び順を変えられません。すべてを元の並びで表示してから、動かしてください。"
# Parameters of a list that leave its rows in their own order.
OWN_ORDER = {PAGE_VAR, ALL_VAR, ERROR_FLAG, IS_FACETS_VAR, IS_POPUP_VAR, TO_FIELD_VAR}
MOVE_ROW = re.compile(r"move-(\d+)-(up|down)")


class OrderedContentAdmin(ContentAdmin):
    """The admin of a list whose order the secretariat decides.

    Buttons exchange neighbours; a page of its own gives many rows new places at once.
    """

    form = PlacedForm
    order_within: ClassVar[tuple[str, ...]] = ()  # fields that part the list into several

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Put the buttons beside the name of the row, where a telephone shows them without scrolling.

        Where the list does not show its neighbours side by side, the number stands there; the column stays,
        because URLs name the column to sort by with its number.
        """
        first, *others = super().get_list_display(request)
        if not self.has_change_permission(request):
            return [first, *others]
        return [first, "order_number" if _is_rearranged(request) else "order_buttons", *others]

    @admin.display(description="並び順")
    def order_number(self, row: Any) -> int:
        return cast(int, row.order)

    @admin.display(description="並び順")
    def order_buttons(self, row: models.Model) -> str:
        return render_to_string("admin/order_buttons.html", {"row": row})

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        match = next((match for name in request.POST if (match := MOVE_ROW.fullmatch(name))), None)
        if match is None:
            context = {"order_url": reverse(f"admin:{self._order_url_name}")}
            return super().changelist_view(request, context | (extra_context or {}))
        row = get_object_or_404(self.model, pk=match[1])
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        if _is_rearranged(request):
            messages.warning(request, OTHER_ORDER)
            return HttpResponseRedirect(request.get_full_path())
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

    @property
    def _order_url_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_order"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(
            require_http_methods(["GET", "HEAD", "POST"])(self.order_view)
        )
        return [path("order/", view, name=self._order_url_name), *super().get_urls()]

    def order_view(self, request: HttpRequest) -> HttpResponse:
        """Answer the page on which many rows get new places."""
        return OrderPage(self, request, self.order_within).answer()

    def get_form(
        self,
        request: HttpRequest,
        obj: models.Model | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[ModelForm]:
        form = super().get_form(request, obj, change, **kwargs)
        cast(Any, form).within = self.order_within
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Put the row at its typed place, and number the others anew; without one it stays, or is added at the end."""
        same = {name: getattr(obj, name) for name in self.order_within}
        others = [row for row in rows_in_order(self.model, **same) if row.pk != obj.pk]
        place = form.typed_place
        if place is not None:
            obj.order = place
            _, *form.moved = numbered([*others[: place - 1], obj, *others[place - 1 :]], obj)
        elif change:
            obj.order = self.model._default_manager.values_list("order", flat=True).get(pk=obj.pk)
        else:
            obj.order = max((row.order for row in others), default=0) + 1
        super().save_model(request, obj, form, change)

    def also_changed(self, form: Any) -> list[models.Model]:
        return list(form.moved)

    def _move(self, row: models.Model, step: int) -> list[models.Model]:
        """Exchange the row with a neighbour, number all rows anew, and return the row and what else changed.

        Raises ValidationError where the row cannot be moved.
        """
        same = {name: getattr(row, name) for name in self.order_within}
        rows = rows_in_order(self.model, **same)
        if row not in rows:
            raise ValidationError(ROW_GONE)
        place = rows.index(row)
        if not 0 <= place + step < len(rows):
            raise ValidationError(ROW_AT_END.format(row))
        rows[place], rows[place + step] = rows[place + step], rows[place]
        return numbered(rows, rows[place + step])


def _is_rearranged(request: HttpRequest) -> bool:
    """Return whether the list is asked for with a filter, a search or an order that is not its own."""
    return any(
        value or name not in (SEARCH_VAR, ORDER_VAR)  # an empty filter hides rows
        for name, value in request.GET.items()
        if name not in OWN_ORDER
    )
