"""The site as gunicorn runs it: the page cache in front of Django."""

import os
from pathlib import Path

import django
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jnxcyber.settings")
django.setup()

# These need the apps.
from django.conf import settings  # noqa: E402
from django.urls import reverse  # noqa: E402

from core.asgi_types import App  # noqa: E402
from pages.errors import UNAVAILABLE, plain_page  # noqa: E402
from pages.site_map import PAGES, whole_site  # noqa: E402
from publishing.build_id import build_id  # noqa: E402
from publishing.front import DJANGO_REQUESTS, LARGEST_BODY, Front  # noqa: E402
from publishing.health import Health  # noqa: E402
from publishing.page_cache import PageCache, Render  # noqa: E402
from publishing.prewarming import Prewarmer  # noqa: E402
from publishing.rendering import CacheKey, render  # noqa: E402
from publishing.start import refuse_a_lost_database  # noqa: E402


def create_application(
    folder: Path | None = None,
    *,
    render: Render = render,
    django_app: App | None = None,
    django_requests: int = DJANGO_REQUESTS,
    largest_body: int = LARGEST_BODY,
) -> Front:
    """Return the ASGI application; its threads start with the server.

    `folder` holds the copies on disk, by default that of the settings. `django_app` answers what the page cache
    does not, by default Django itself. Raises SystemExit where the database is lost.
    """
    refuse_a_lost_database()
    cache = PageCache(folder or settings.PAGE_CACHE_DIR, render, build_id())
    prewarmer = Prewarmer(cache, whole_site)
    pages = [CacheKey(page.path) for page in PAGES.values()]
    health = Health(cache, prewarmer.poller, pages)
    return Front(
        cache,
        prewarmer,
        health,
        django_app or get_asgi_application(),
        UNAVAILABLE,
        plain_page(),
        CacheKey(reverse("redirects")),
        django_requests=django_requests,
        largest_body=largest_body,
    )
