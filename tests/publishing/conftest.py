from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.test import Client, override_settings

from core.moment import Moment
from publishing.cached_response import CachedResponse
from publishing.page_cache import PageCache
from publishing.rendering import cache_key_of, render
from publishing.revision import content_revision
from tests.application import Application, in_a_thread
from tests.moments import IN_THE_TERM, tokyo


@pytest.fixture
def cache(db, settings) -> PageCache:
    cache = PageCache(settings.PAGE_CACHE_DIR, render, "build id")
    cache.set_revision(content_revision())
    return cache


@pytest.fixture
def page_at(cache) -> Callable[..., CachedResponse]:
    """The response that the cache gives to a key: the cached one or one rendered now."""

    def page_at(path: str, query: str = "", at: str = IN_THE_TERM) -> CachedResponse:
        moment = Moment(tokyo(at))
        key = cache_key_of(path, query)
        return cache.fresh(key, moment.at.timestamp()) or cache.render(key, moment)

    return page_at


@pytest.fixture
def site(settings, set_clock) -> Application:
    """The site in the term, after the first poll of the database."""
    set_clock(IN_THE_TERM)
    site = Application(settings.PAGE_CACHE_DIR)
    in_a_thread(site.poller.poll)
    return site


HASHED = {"staticfiles": {"BACKEND": "publishing.static_files.JoinedStyleSheets"}}


@pytest.fixture(scope="session")
def collected_files(made_once) -> Path:
    """Return a folder with the collected files, which no test may change."""

    def collect(folder: Path) -> None:
        with override_settings(STATIC_ROOT=folder, STORAGES=project.STORAGES | HASHED):
            call_command("collectstatic", interactive=False, verbosity=0)

    return made_once("static", collect)


@pytest.fixture
def collected(settings, client, collected_files) -> Client:
    settings.STATIC_ROOT = collected_files
    settings.STORAGES = settings.STORAGES | HASHED
    return client
