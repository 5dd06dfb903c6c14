"""The signal by which the accounts tell that one of them was changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.dispatch import Signal
from django.forms import ModelForm

from core.japanese import full_name

account_changed = Signal()  # sends `change`, an AccountChange; `sender` is User

# Fields that decide what somebody may do.
RIGHTS = ("groups", "is_active", "is_superuser")

_reasons_to_keep: list[Callable[[User], bool]] = []


class Kind(Enum):
    ADDED = "added"
    CHANGED = "changed"
    DELETED = "deleted"
    RIGHTS = "rights"


@dataclass(frozen=True)
class AccountChange:
    """A change of the account by `by`, None for a command; `differences` are label, old and new words of each field."""

    by: User | None
    user: User
    kind: Kind
    says: str = ""
    differences: tuple[tuple[str, str, str], ...] = ()

    def tell(self) -> None:
        account_changed.send(sender=User, change=self)

    @property
    def name(self) -> str:
        """Return the account as the record calls it: the name of the person with that of the account."""
        person = full_name(self.user)
        return f"{person}({self.user.username})" if person else self.user.username


def keep_accounts(where: Callable[[User], bool]) -> None:
    """Keep the accounts for which this returns True from being deleted."""
    _reasons_to_keep.append(where)


def is_kept(user: User) -> bool:
    """Return whether the account may be disabled, and not deleted."""
    return any(where(user) for where in _reasons_to_keep)


def tell_of_form(by: User | None, form: ModelForm, change: bool) -> None:
    """Tell what the saved form of an account has changed; its initial values are those of before."""
    names = [name for name in form.changed_data if name in _fields_told()]
    told = tuple(
        (
            str(form.fields[name].label or name),
            _in_words(form.initial.get(name)) if change else "",
            _in_words(form.cleaned_data[name]),
        )
        for name in names
    )
    if not change:
        AccountChange(by, form.instance, Kind.ADDED, differences=told).tell()
    elif told:
        kind = Kind.RIGHTS if set(names) & set(RIGHTS) else Kind.CHANGED
        AccountChange(by, form.instance, kind, differences=told).tell()


def _fields_told() -> set[str]:
    """Return the names of the fields of an account, without its password."""
    return {field.name for field in (*User._meta.fields, *User._meta.many_to_many)} - {"password"}


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, list | QuerySet):
        names = [each.name if isinstance(each, Group) else str(each) for each in value]
        return "、".join(sorted(names))
    return str(value or "")
