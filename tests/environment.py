"""The settings under which the tests run, whatever the environment or a .env here says.

Loaded by pytest's -p before Django reads its settings.
"""

import os

os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")  # CI names a PostgreSQL as well
os.environ.update(
    SECRET_KEY="a key for the tests alone",
    SITE_URL="https://cyber.jnx.test",
    ALLOWED_HOSTS="cyber.jnx.test,testserver",
    SITE_CLOCK="",
    DEBUG="off",
    SECOND_FACTOR="on",
    TRUSTED_PROXIES="0",
)
