"""Deleting in the admin: it tells first what the public pages lose, and offers to bring it back afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from core.moment import Moment
from editing.bringing_back import may_bring_back
from editing.form_pages import FormPages
from editing.links import list_url
from editing.losses import losses
from editing.models import ChangeKind, RecordedChange, key_of
from editing.saving import Edit, Stored, save

DELETED_BEFORE = "ほかの人がすでに削除していたものがあります。"


class DeletionPages(FormPages):
    """The pages on which objects are deleted, through the chain of `editing/saving.py`."""

    actions = ("delete_selected",)  # in place of Django's own
    delete_confirmation_template = "admin/content_delete.html"
    delete_selected_confirmation_template = "admin/content_delete_selected.html"

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        told = {"losses": losses(self, [obj], Moment.now())} if obj else {}
        return super().delete_view(request, object_id, told | (extra_context or {}))

    @admin.action(
        permissions=["delete"], description=gettext_lazy("Delete selected %(verbose_name_plural)s")
    )
    def delete_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Ask as Django does, and delete what was confirmed; Django's own message has no button."""
        chosen = list(queryset)
        _, _, forbidden, protected = self.get_deleted_objects(chosen, request)
        if chosen and "post" in request.POST and not forbidden and not protected:
            with transaction.atomic():
                self.log_deletions(request, queryset)
                self.delete_queryset(request, chosen)
            return None
        page = delete_selected(self, request, queryset)
        if isinstance(page, TemplateResponse) and page.context_data is not None:
            page.context_data["losses"] = losses(self, chosen, Moment.now())
        return page

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        """Delete the object; Django has asked, and has noted it in its log."""
        self.delete_queryset(request, [obj])

    def delete_queryset(self, request: HttpRequest, queryset: Iterable[models.Model]) -> None:
        """Delete the objects one by one, each as a change of its own, in one step of the record; all or none."""
        target, user = self.target(request), cast(User, request.user)
        with transaction.atomic():
            outcomes = [(obj, save(_deletion_of(obj, user), target)) for obj in queryset]
        deleted = [obj for obj, outcome in outcomes if isinstance(outcome, Stored)]
        if deleted:
            self._tell(request, deleted)
        if len(deleted) < len(outcomes):
            messages.warning(request, DELETED_BEFORE)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: Any) -> HttpResponse:
        """Lead to the list; what was deleted is told already, with the button that brings it back."""
        if IS_POPUP_VAR in request.POST:
            return super().response_delete(request, obj_display, obj_id)
        filters: dict[str, Any] = {
            "preserved_filters": self.get_preserved_filters(request),
            "opts": self.opts,
        }
        return HttpResponseRedirect(add_preserved_filters(filters, list_url(self.model)))

    def _tell(self, request: HttpRequest, deleted: list[models.Model]) -> None:
        """Say what was deleted, with a button that brings all of it back."""
        name = self.opts.verbose_name
        key = key_of(deleted[0])
        entries = RecordedChange.objects.filter(key=key, kind=ChangeKind.DELETED)
        entry = entries.first() if may_bring_back(request, key) else None
        context = {
            "says": f"{name}「{deleted[0]}」を削除しました。"
            if len(deleted) == 1
            else f"{name}{len(deleted)}件を削除しました。",
            "undo_url": reverse("admin:bring-back") if entry else "",
            "step": entry.step if entry else None,
        }
        messages.success(request, render_to_string("admin/_done.html", context, request))


def _deletion_of(obj: models.Model, user: User) -> Edit:
    def delete() -> list[models.Model]:
        removed, _ = type(obj)._default_manager.filter(pk=obj.pk).delete()
        if not removed:
            raise ValidationError(DELETED_BEFORE)
        return []

    return Edit(user, obj, delete, says=lambda: "")
