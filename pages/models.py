"""The texts of the pages that stand in no other record."""

from __future__ import annotations

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import is_valid_path

from core.fields import ProseField
from core.moment import Moment
from editing.placeholders import fault_of, placeholders_in
from editing.public_pages import public_pages
from pages.redirect_targets import plain_target, require_target
from pages.texts.all_slots import SLOTS
from pages.texts.slots import Slot


class PageTextQuerySet(models.QuerySet["PageText"]):
    def living_at(self, moment: Moment) -> PageTextQuerySet:
        """Return the texts that pages show: not those of slots that this code does not know."""
        return self.filter(slot__in=SLOTS)


class PageText(models.Model):
    """The text of a slot: see `pages/texts`."""

    slot = models.CharField("コード", max_length=60, unique=True, editable=False)
    text = ProseField("文", blank=True)
    text_without = ProseField("第二の文", blank=True)

    objects = PageTextQuerySet.as_manager()

    class Meta:
        verbose_name = "ページの文"
        verbose_name_plural = "ページの文"
        ordering = ("slot",)

    def __str__(self) -> str:
        slot = self.declared
        return f"{public_pages()[slot.page].label}:{slot.name}" if slot else self.slot

    @property
    def declared(self) -> Slot | None:
        """Return the slot; None where this code does not know it (any more, or yet)."""
        return SLOTS.get(self.slot)

    def clean(self) -> None:
        slot = self.declared
        if slot is None:
            raise ValidationError(f"{self.slot}: このサイトにない場所です。")
        errors = {
            name: message
            for name, message in (
                ("text", self._fault(slot, self.text, slot.allowed) or self._emptiness(slot)),
                ("text_without", self._fault_without(slot)),
            )
            if message
        }
        if errors:
            raise ValidationError(errors)

    def is_valid(self) -> bool:
        """Return whether pages can show the text: its slot may have changed since it was stored."""
        try:
            self.clean()
        except ValidationError:
            return False
        return True

    def _emptiness(self, slot: Slot) -> str:
        return "" if self.text or slot.may_be_empty else "この文は空にできません。"

    def _fault(self, slot: Slot, text: str, allowed: tuple[str, ...]) -> str:
        """Return what is wrong with a text of the slot, which may contain these placeholders."""
        if "\n" in text and not slot.several_lines:
            return fault_of(text, allowed) or "この文には改行を入れられません。"
        return fault_of(text, allowed)

    def _fault_without(self, slot: Slot) -> str:
        allowed = tuple(name for name in slot.allowed if name not in slot.uncertain)
        needed = next((name for name in placeholders_in(self.text) if name in slot.uncertain), "")
        if not slot.without:
            return "この場所に第二の文はありません。" if self.text_without else ""
        if needed and not self.text_without:
            return f"「{{{needed}}}」は、{slot.without}には差し込めません。そのときの文を入力してください。"
        return self._fault(slot, self.text_without, allowed)


OWN_PATH = re.compile(
    r"/[!$&-.0-;=@-Z_a-z~/]*"
)  # what a server sees as it was typed, without percent signs


class Redirect(models.Model):
    """A path of before, and where it leads now."""

    path = models.CharField(
        "これまでのアドレス",
        max_length=200,
        unique=True,
        help_text="このサイトの中のアドレスを / から入力します。例:/csp/sompo",
    )
    target = models.CharField(
        "いまのアドレス",
        max_length=500,
        help_text="このサイトのページなら / から、ほかのサイトなら https:// から入力します。例:/insurance/",
    )

    class Meta:
        verbose_name = "アドレスの転送"
        verbose_name_plural = "アドレスの転送"
        ordering = ("path",)

    def __str__(self) -> str:
        return self.path

    def clean(self) -> None:
        """Refuse a path that a page has, or that none can have, and a target that is no page.

        So no redirect leads to another one, or in a circle.
        """
        if not OWN_PATH.fullmatch(self.path):
            raise ValidationError({"path": "/ から始まる、半角のアドレスを入力してください。"})
        self.path = self.path.rstrip("/")
        if not self.path or _has_a_page(self.path) or self.path.startswith(settings.STATIC_URL):
            raise ValidationError({"path": "このアドレスには、ページがあります。"})
        self.target = plain_target(self.target)
        try:
            require_target(self.target)
        except ValidationError as error:
            raise ValidationError({"target": error.messages}) from None


def _has_a_page(path: str) -> bool:
    return bool(is_valid_path(path) or is_valid_path(f"{path}/"))
