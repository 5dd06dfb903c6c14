"""Parts that the tests of the page cache share: a key, an instant, an edit, another process."""

from contacts.models import Desk, DeskRole
from publishing.page_cache import PageCache
from publishing.rendering import CacheKey, render
from tests.moments import IN_THE_TERM, tokyo

NOW = tokyo(IN_THE_TERM).timestamp()
CONTACT = CacheKey("/contact/")


def change_telephone(number: str = "03-0000-0000") -> None:
    Desk.objects.filter(role=DeskRole.AGENCY).update(telephone=number)


def another_process(settings, build_id: str = "build id", **limits: int) -> PageCache:
    return PageCache(settings.PAGE_CACHE_DIR, render, build_id, **limits)


def no_queries(execute, sql, *rest):
    raise AssertionError(f"queries: {sql}")


def html(page) -> str:
    return page.bodies[""].decode()
