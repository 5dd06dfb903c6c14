"""The environment, and .env beside the code. A value that cannot be read is told without the value: it may be secret."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

DATABASE_URL_UNREADABLE = "DATABASE_URL cannot be read. In user name and password, write / as %2F, : as %3A, @ as %40, ? as %3F and % as %25."


class Environment(environ.Env):
    """Reads the settings of this installation."""

    def get_value(self, var: str, *args: Any, **kwargs: Any) -> Any:
        """Return the value; refuse a leading $, which django-environ would take for the name of a variable."""
        if self.ENVIRON.get(var, "").startswith("$"):
            raise ImproperlyConfigured(f"{var} begins with $. Choose a value that does not.")
        return super().get_value(var, *args, **kwargs)

    def database(self, default: str) -> dict[str, Any]:
        """Return the configuration of the database that DATABASE_URL names."""
        try:
            config: dict[str, Any] = self.db_url_config(
                self.str("DATABASE_URL", default="") or default
            )
        except ValueError:
            raise ImproperlyConfigured(DATABASE_URL_UNREADABLE) from None
        if "@" in str(config["NAME"]):  # a password of digits before a slash reads like a port
            raise ImproperlyConfigured(DATABASE_URL_UNREADABLE)
        return config


def read_environment(file: Path) -> Environment:
    """Return the environment with what the file adds to it. A byte order mark, as Windows writes it, is no part."""
    try:
        Environment.read_env(file, encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ImproperlyConfigured(f"{file.name} is not encoded in UTF-8.") from None
    return Environment()
