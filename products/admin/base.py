"""What several admins of the products share."""

from __future__ import annotations

from django.db import models
from django.http import HttpRequest

from jnxcyber.editing.admin import ContentAdmin
from jnxcyber.publishing.moment import Moment
from products.models import PolicyTerm


class OnlyOneAdmin(ContentAdmin):
    """For a table whose single row the pages rely on."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class ChangedOnPurpose(ContentAdmin):
    """For what belongs to a term: once public, it is changed by an explicit step, with a reason."""

    def term_of(self, obj: models.Model) -> PolicyTerm:
        raise NotImplementedError

    def needs_reason(self, obj: models.Model | None) -> bool:
        if obj is None:
            return False
        public_from = PolicyTerm.objects.values_list("public_from", flat=True).get(
            pk=self.term_of(obj).pk
        )
        return public_from is not None and public_from <= Moment.now().at
