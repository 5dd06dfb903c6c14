import io
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.template import Template
from django.test import Client, override_settings

from editing.content_files import models_in_files
from products.models import PolicyTerm
from tests.html import Page
from tests.moments import IN_THE_TERM, clock_at

pytest_plugins = ["tests.serving"]

hypothesis.settings.register_profile("busy machine", deadline=None)
hypothesis.settings.load_profile("busy machine")


LOADED = "2025-03-01T00:00"  # when the content that tests find was loaded
RENDER = Template._render  # as it is before Django prepares it for tests
KINDS = {"browser": "browser", "deploy": "server", "faults": "server"}  # of tests, by folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        kind = KINDS.get(item.path.relative_to(Path(__file__).parent).parts[0])
        if kind:
            item.add_marker(kind)


@pytest.fixture(scope="session", autouse=True)
def _templates_leave_no_record(django_test_environment) -> None:
    """Render as the site does: Django's tests copy the context of each template, which takes a tenth of all time."""
    Template._render = RENDER


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, django_db_keepdb):
    """The shipped content with its first versions, loaded once; each test's own changes are rolled back."""
    with django_db_blocker.unblock(), clock_at(LOADED):
        call_command("load_content", verbosity=0, stdout=io.StringIO())


@pytest.fixture(scope="session", autouse=True)
def _settings_of_all_tests(django_test_environment, tmp_path_factory) -> Iterator[None]:
    """Set these once: Django tells each setting of each test to all who listen, and takes it back again."""
    with override_settings(
        **_folders_in(tmp_path_factory.mktemp("site")),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],  # for speed
        SECOND_FACTOR=False,  # tests/accounts/ is about it, nothing else is
        # The hashed names need collected files: test_static_files.py tests them, nothing else does.
        STORAGES=settings.STORAGES
        | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
    ):
        yield


@pytest.fixture(autouse=True)
def _files_of_the_site_in_a_folder_of_the_test(tmp_path: Path) -> Iterator[None]:
    with override_settings(**_folders_in(tmp_path)):
        yield


def _folders_in(folder: Path) -> dict[str, Path]:
    (folder / "static").mkdir()
    return {
        "VAR_DIR": folder,
        "PAGE_CACHE_DIR": folder / "pages",
        "MEDIA_ROOT": folder / "media",
        "STATIC_ROOT": folder / "static",
    }


@pytest.fixture(scope="module")
def content_of_module(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Keep what fixtures of the module change until its end. The site reads its content anew after a change alone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def term(db) -> PolicyTerm:
    """The shipped term."""
    return PolicyTerm.objects.get(code="2025")


@pytest.fixture
def empty_database(db) -> None:
    for model in reversed(models_in_files()):
        model._default_manager.all().delete()


@pytest.fixture(scope="module", params=["UTC", "Asia/Tokyo", "America/New_York"])
def process_zone(request) -> Iterator[None]:
    """The computer's own time zone, on which nothing may depend."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield
    os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
    time.tzset()


@pytest.fixture
def set_clock() -> Iterator[Callable[[str], None]]:
    """Set the computer's clock to a time in Tokyo, at which it stands still."""
    travels = []

    def set_clock(text: str) -> None:
        travel = clock_at(text)
        travel.start()
        travels.append(travel)

    yield set_clock
    for travel in reversed(travels):
        travel.stop()


@pytest.fixture
def visit(db, client: Client, set_clock) -> Callable[..., Page]:
    """Get a page as a visitor does, at a time in Tokyo, in the term unless told otherwise."""

    def visit(path: str, at: str = IN_THE_TERM, status: int = 200) -> Page:
        set_clock(at)
        response = client.get(path, secure=True)
        assert response.status_code == status, f"{path}: {response.status_code}"
        return Page(response)

    return visit
