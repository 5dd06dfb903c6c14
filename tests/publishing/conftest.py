from collections.abc import Callable

import pytest

from core.moment import Moment
from publishing.finished import Finished
from publishing.making import address_of, make
from publishing.revision import content_revision
from publishing.store import PageStore
from tests.conftest import IN_THE_TERM, tokyo


@pytest.fixture
def store(db, settings) -> PageStore:
    store = PageStore(settings.KEPT_PAGES, make, "edition")
    store.set_revision(content_revision())
    return store


@pytest.fixture
def page_at(store) -> Callable[..., Finished]:
    """The answer that the store gives at an address: the kept one or one made afresh."""

    def page_at(path: str, query: str = "", at: str = IN_THE_TERM) -> Finished:
        moment = Moment(tokyo(at))
        address = address_of(path, query)
        return store.fresh(address, moment.at.timestamp()) or store.make(address, moment)

    return page_at
