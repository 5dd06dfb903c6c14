"""The fixtures of a term that is public and of the one after it, a draft."""

import pytest
from django.core.management import call_command

from products.models import PolicyTerm
from products.rollover import prepare_next


@pytest.fixture
def in_the_term(set_clock):
    """The clock stands in the term, and what was loaded has its first versions."""
    set_clock("2025-10-03T10:00")
    call_command("createinitialrevisions", verbosity=0)


@pytest.fixture
def draft(term) -> PolicyTerm:
    return prepare_next(term)
