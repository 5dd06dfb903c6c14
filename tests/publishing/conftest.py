from collections.abc import Callable

import pytest

from core.moment import Moment
from publishing.cached_response import CachedResponse
from publishing.page_cache import PageCache
from publishing.rendering import cache_key_of, render
from publishing.revision import content_revision
from tests.conftest import IN_THE_TERM, tokyo


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
