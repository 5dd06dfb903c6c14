from __future__ import annotations

from django.db import models
from django.http import HttpRequest

from jnxcyber.editing.admin import ContentAdmin


class OnlyOneAdmin(ContentAdmin):
    """For a table whose single row the pages rely on."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False
