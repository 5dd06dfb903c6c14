"""The sentences in which the history tells an edit, made of what Django's admin notes about a form."""

from __future__ import annotations

from typing import Any

UNCHANGED = "変更はありませんでした。"


def in_sentences(noted: Any) -> str:
    """Return a text as it is, and a list of ModelAdmin.construct_change_message in sentences.

    Django's own sentences have “ ”, commas and blanks between Japanese words, which no catalogue can take away.
    """
    if isinstance(noted, str):
        return noted
    return "".join(_sentence(*next(iter(each.items()))) for each in noted) or UNCHANGED


def _sentence(kind: str, about: dict[str, Any]) -> str:
    row = f"{about['name']}「{about['object']}」" if "name" in about else ""
    if kind == "changed":
        return f"{row}{'の' if row else ''}{'、'.join(about['fields'])}を変更しました。"
    return f"{row}{'を' if row else ''}{'追加' if kind == 'added' else '削除'}しました。"
