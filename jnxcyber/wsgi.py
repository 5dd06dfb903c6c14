import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jnxcyber.settings")

application = get_wsgi_application()

from jnxcyber.pages.errors import refresh_error_page  # noqa: E402 (needs the apps)

refresh_error_page()
