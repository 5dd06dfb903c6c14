"""The site as gunicorn runs it: the page store in front of Django."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jnxcyber.settings")

django = get_asgi_application()

# These need the apps.
from django.conf import settings  # noqa: E402

from pages.errors import UNAVAILABLE, plain_page  # noqa: E402
from pages.site_map import PAGES, whole_site  # noqa: E402
from publishing import start  # noqa: E402
from publishing.ahead import KeepAhead  # noqa: E402
from publishing.edition import edition  # noqa: E402
from publishing.front import Front  # noqa: E402
from publishing.health import Health  # noqa: E402
from publishing.making import Address, make  # noqa: E402
from publishing.store import PageStore  # noqa: E402

start.refuse_a_lost_database()
store = PageStore(settings.KEPT_PAGES, make, edition())
ahead = KeepAhead(store, whole_site)
health = Health(store, ahead.watch, [Address(page.path) for page in PAGES.values()])
application = Front(store, ahead, django, UNAVAILABLE, plain_page(), health)
