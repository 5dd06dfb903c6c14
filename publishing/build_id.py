"""The build id: which code rendered a response. A response of other code is never served as fresh."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.template import engines


def build_id() -> str:
    """Return a hash over code, templates, libraries, collected static files and the site's URL."""
    base: Path = settings.BASE_DIR
    folders = [*(base / app for app in settings.OWN_APPS), *map(Path, engines["django"].dirs)]
    files = [
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    ]
    files += [base / "requirements.txt", settings.STATIC_ROOT / "staticfiles.json"]
    digest = sha256(settings.SITE_URL.encode())
    for path in sorted(files):
        if path.exists():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
