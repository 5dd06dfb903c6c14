"""Tests of the cache keys: which requests have the same page, and which have none."""

import pytest
from django.urls import get_resolver

from publishing.rendering import NOT_FOUND, CacheKey, cache_key_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "query", "key"),
    [
        ("/", "", CacheKey("/")),
        ("/", "utm_source=x&fbclid=1", CacheKey("/")),
        ("/contact/", "on=2025-10-03", CacheKey("/contact/")),  # another page's parameter
        ("/insurance/join/", "", CacheKey("/insurance/join/")),
        ("/insurance/join/", "on=2025-10-03", CacheKey("/insurance/join/", "on=2025-10-03")),
        (
            "/insurance/join/",
            "utm=1&on=x&on=2025-10-03",
            CacheKey("/insurance/join/", "on=2025-10-03"),
        ),
        ("/insurance/join/", "on=", CacheKey("/insurance/join/", "on=")),
        (
            "/insurance/premiums/",
            "turnover=1000000000&gclid=7&profit=no",
            CacheKey("/insurance/premiums/", "profit=no&turnover=1000000000"),
        ),
        (
            "/insurance/premiums/",
            "own=12%E5%84%84",
            CacheKey("/insurance/premiums/", "own=12%E5%84%84"),
        ),
        ("/insurance/premiums/", "own=12億", CacheKey("/insurance/premiums/", "own=12%E5%84%84")),
        ("/nowhere/", "", NOT_FOUND),
        ("/nowhere/else", "on=1", NOT_FOUND),
        ("/wp-login.php", "", NOT_FOUND),
        ("/static/nowhere.css", "", NOT_FOUND),
        ("/static/../manage.py", "", NOT_FOUND),
        ("/static/\0", "", NOT_FOUND),
        ("/static//etc/passwd", "", NOT_FOUND),
        ("/static/" + "a" * 256, "", NOT_FOUND),
        ("/static/" + "a/" * 5_000, "", NOT_FOUND),
        ("/news/999/", "", CacheKey("/news/999/")),
        # Django's own: they depend on more, or the whole query string goes along.
        ("/contact", "a=b", None),
        ("/admin/", "", None),
        ("/admin/login/", "", None),
        ("/admin", "", None),
        ("/preview/x/", "", None),
        ("/preview/x/contact/", "", None),
        ("/insurance/join/", "&".join(["a=b"] * 3_000), None),
    ],
)
def test_only_a_pages_own_parameters_are_part_of_its_cache_key(path, query, key):
    assert cache_key_of(path, query) == key


def test_the_order_of_parameters_makes_no_other_cache_key():
    path = "/insurance/premiums/"
    urls = {cache_key_of(path, query) for query in ("own=1&profit=no", "profit=no&own=1")}
    assert len(urls) == 1


def test_every_view_that_is_not_marked_public_stays_out():
    """Whatever is added to the URLs: without `public_page` it is never cached."""
    public = {pattern.name for pattern in get_resolver().url_patterns if is_public(pattern)}
    others = [
        str(pattern.pattern) for pattern in get_resolver().url_patterns if not is_public(pattern)
    ]
    assert len(public) == 35
    assert others == ["preview/<str:link>/<path:path>", "preview/<str:link>/", "admin/"]


def is_public(pattern) -> bool:
    return hasattr(getattr(pattern, "callback", None), "parameters")
