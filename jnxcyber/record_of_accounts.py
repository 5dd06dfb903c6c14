"""Changes of accounts, told by `accounts`, in the record of changes, which `editing` keeps."""

from typing import Any

from django.contrib.auth.models import User

from accounts.changes import AccountChange
from editing.differences import Difference
from editing.models import ChangeKind, RecordedChange, key_of


def record_account_change(change: AccountChange, **kwargs: Any) -> None:
    """Write the change into the record."""
    key = key_of(change.user)
    RecordedChange.write(
        change.by,
        ChangeKind(change.kind.value),
        change.user,
        name=change.name,
        says=change.says,
        differences=[
            Difference(key, label, row="", field=label, old=old, new=new)
            for label, old, new in change.differences
        ],
    )


def has_changed_something(user: User) -> bool:
    """Return whether the record names the account as one that changed more than itself."""
    return RecordedChange.objects.filter(account=user.pk).exclude(key=key_of(user)).exists()
