"""The site under WSGI, as Django sites commonly run: WhiteNoise, a middleware, serves static files."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jnxcyber.settings")

application = get_wsgi_application()
