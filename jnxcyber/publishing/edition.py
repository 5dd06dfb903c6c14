"""Which edition of the site's own code makes the pages: those of another are not taken for its own."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings

MADE_OF = ("jnxcyber/**/*.py", "products/**/*.py", "contacts/**/*.py", "templates/**/*")


def edition() -> str:
    """A name for the code, the templates, the libraries, the collected static files and the address."""
    base: Path = settings.BASE_DIR
    files = [path for pattern in MADE_OF for path in base.glob(pattern) if path.is_file()]
    files += [base / "requirements.txt", settings.STATIC_ROOT / "staticfiles.json"]
    digest = sha256(settings.SITE_URL.encode())
    for path in sorted(files):
        if path.exists():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
