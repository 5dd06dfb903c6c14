"""The slot: a place for a text."""

from __future__ import annotations

from dataclasses import dataclass

# What every slot may name: the product, its desks and services, which are always there.
EVERYWHERE = (
    "商品名",
    "保険の種類",
    "引受保険会社",
    "引受保険会社の短い名前",
    "引受保険会社の略称",
    "取扱代理店の会社名",
    "取扱代理店の電話と受付時間",
    "緊急の窓口",
    "緊急の窓口の会社",
    "セキュリティサービス",
    "セキュリティサービスの会社",
)
OF_A_TERM = ("保険期間", "保険期間の開始", "保険期間の終了")
NO_TERM = "公開中の保険期間がないとき"


@dataclass(frozen=True)
class Slot:
    """A place on a public page for a text of the secretariat.

    `placeholders` are those of its own, which have a value wherever the slot is shown. Those of `uncertain` may have
    none: a text that uses one needs a second text for that state, which `without` names in the editor's words.
    """

    key: str
    page: str  # the name of the page on which it stands
    name: str  # what it is, in the editor's words
    placeholders: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()
    without: str = ""
    may_be_empty: bool = False
    several_lines: bool = False

    @property
    def allowed(self) -> tuple[str, ...]:
        """Return the placeholders that its text may contain, its own first."""
        return (*self.placeholders, *self.uncertain, *EVERYWHERE)
