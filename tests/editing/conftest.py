"""Fixtures of content that has a history."""

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.roles import EDITORS
from contacts.models import Desk, DeskRole
from tests.moments import IN_THE_TERM
from tests.people import hire


@pytest.fixture
def first_versions(db) -> None:
    call_command("createinitialrevisions", verbosity=0)


@pytest.fixture
def agency() -> Desk:
    return Desk.objects.get(role=DeskRole.AGENCY)


@pytest.fixture
def editor(client: Client, set_clock) -> Client:
    """A client with an editor signed in."""
    set_clock(IN_THE_TERM)
    client.force_login(hire("花子", EDITORS))
    return client
