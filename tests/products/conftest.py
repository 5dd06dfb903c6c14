"""The fixtures of a term that is public and of the one after it, a draft."""

import pytest

from products.models import PolicyTerm
from products.rollover import prepare_next


@pytest.fixture
def in_the_term(set_clock):
    """The clock stands in the term."""
    set_clock("2025-10-03T10:00")


@pytest.fixture
def draft(term) -> PolicyTerm:
    return prepare_next(term)
