"""A rule of the content holds twice: as a Japanese message in a form, and in the database itself."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction


def assert_refused(row: models.Model, message: str, **changes: Any) -> None:
    """The row is valid; with the changes its form says the message, and the database refuses it."""
    row.full_clean()
    for name, value in changes.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    assert message in "".join(refusal.value.messages)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
