"""All rows that were read together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models


def rows_within(rows: Iterable[models.Model]) -> Iterator[models.Model]:
    """Yield the rows, and each row that was read with one of them, once. Reads nothing."""
    found = list(rows)
    done: set[int] = set()
    while found:
        row = found.pop()
        if id(row) not in done:
            done.add(id(row))
            yield row
            found += _read_with(row)


def _read_with(row: Any) -> Iterator[models.Model]:
    yield from filter(None, row._state.fields_cache.values())
    for rows in getattr(row, "_prefetched_objects_cache", {}).values():
        yield from rows
