"""An older version of an object, and what brings it back."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from reversion.models import Version

from editing.differences import differences, missing_files
from editing.events import day_and_time
from editing.history import obstacles_in, snapshot_of
from editing.links_from_others import link_again
from editing.restoring import Obstacles, restore
from editing.snapshots import Snapshot, snapshot, without_removed_fields

DELETED = "削除しました。"  # the comment of a version that a deletion kept
BROUGHT_BACK = "削除したものを元に戻しました。"


class OldVersion:
    """A version with what brings it back."""

    def __init__(self, version: Version) -> None:
        self.version = version

    @cached_property
    def content(self) -> Snapshot:
        return snapshot_of(self.version)

    @property
    def says(self) -> str:
        """The sentence for the record and the editor once the version is brought back."""
        if self.version.revision.comment == DELETED:
            return BROUGHT_BACK
        saved_at = self.version.revision.date_created
        return f"{day_and_time(saved_at)}に保存した内容に戻しました。"

    def restore(self) -> models.Model:
        """Write the version back, with the links that others had to it; return the object: see `restoring.restore`."""
        restored = restore(self.content)
        link_again(self.content.values())
        return restored

    @cached_property
    def obstacles(self) -> Obstacles:
        return obstacles_in(self.version, self.content)

    def page_context(self, stored: models.Model | None) -> dict[str, Any]:
        """Return the page's context about the version; with `stored`, how that differs from it now."""
        left_out = {
            "left_out": self.obstacles.left_out,
            "missing_files": missing_files(self.content),
        }
        if stored is None:
            return {"title": "削除したものを元に戻す", "version": self.version} | left_out
        now = snapshot(stored)
        return {
            "title": "前の内容に戻す",
            "version": self.version,
            "revert": True,
            "differences": differences(now, without_removed_fields(self.content)),
        } | left_out

    def why_not(self) -> str:
        """Return what keeps the version from being brought back; "" for nothing."""
        if self.obstacles.lacking:
            names = "".join(f"「{name}」" for name in self.obstacles.lacking)
            return f"この版には、後から加わった{names}がありません。空欄にできない項目のため、元に戻せません。"
        try:
            with transaction.atomic():
                self.restore()
                transaction.set_rollback(True)
        except ValidationError as error:
            return "\n".join(error.messages)
        return ""
