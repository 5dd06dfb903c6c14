"""Fixtures of the content."""

import pytest
from django.test import Client

from accounts.roles import EDITORS
from contacts.models import Desk, DeskRole
from tests.moments import IN_THE_TERM
from tests.people import hire


@pytest.fixture
def agency() -> Desk:
    return Desk.objects.get(role=DeskRole.AGENCY)


@pytest.fixture
def editor(client: Client, set_clock) -> Client:
    """A client with an editor signed in."""
    set_clock(IN_THE_TERM)
    client.force_login(hire("花子", EDITORS))
    return client
