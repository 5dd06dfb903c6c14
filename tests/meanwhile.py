"""Edits that somebody else makes between two steps of a request."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models


@contextmanager
def once_read(model: type[models.Model], edit: Callable[[], Any]) -> Iterator[None]:
    """Make the edit after rows of the model were read for the first time, before the next statement."""
    is_read = is_edited = False
    read = f'FROM "{model._meta.db_table}"'

    def between(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        nonlocal is_read, is_edited
        if is_read and not is_edited:
            is_edited = True
            edit()
        is_read = is_read or read in sql
        return execute(sql, *rest)

    with connection.execute_wrapper(between):
        yield
    assert is_edited
