"""Fixtures of content that has a history."""

import pytest
from django.core.management import call_command

from contacts.models import Desk, DeskRole


@pytest.fixture
def first_versions(db) -> None:
    call_command("createinitialrevisions", verbosity=0)


@pytest.fixture
def agency() -> Desk:
    return Desk.objects.get(role=DeskRole.AGENCY)
