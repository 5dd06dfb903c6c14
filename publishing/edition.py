"""Which edition of the site's own code makes the pages: those of another are not taken for its own."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings


def edition() -> str:
    """A name for the code, the templates, the libraries, the collected static files and the address."""
    base: Path = settings.BASE_DIR
    patterns = [*(f"{app}/**/*.py" for app in settings.OWN_APPS), "templates/**/*"]
    files = [path for pattern in patterns for path in base.glob(pattern) if path.is_file()]
    files += [base / "requirements.txt", settings.STATIC_ROOT / "staticfiles.json"]
    digest = sha256(settings.SITE_URL.encode())
    for path in sorted(files):
        if path.exists():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
