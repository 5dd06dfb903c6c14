"""The URL at which a local site is served: `make run PORT=8001` serves it elsewhere than .env says."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

_NAME = "served_at"


def note_served_url() -> None:
    (Path(settings.VAR_DIR) / _NAME).write_text(settings.SITE_URL, encoding="utf-8")


def served_url() -> str:
    """Return the URL of the last start on this machine, or SITE_URL where that is no local one."""
    noted = Path(settings.VAR_DIR) / _NAME
    if urlsplit(settings.SITE_URL).hostname == "127.0.0.1" and noted.exists():
        return noted.read_text(encoding="utf-8")
    return settings.SITE_URL
