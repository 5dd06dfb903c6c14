from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from pages.site_map import whole_site
from publishing.mirror import NotAMirrorError, write_mirror
from publishing.rendering import CannotRenderError


class Command(BaseCommand):
    help = (
        "Writes the whole public site as files for a mirror; each page says when it was rendered."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="what is there has to be such a mirror")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        if settings.SITE_CLOCK:
            raise CommandError("No mirror was written: SITE_CLOCK is set, and no page is of now.")
        if not (settings.STATIC_ROOT / "staticfiles.json").exists():
            raise CommandError("No mirror was written: run manage.py collectstatic first.")
        try:
            left_out = write_mirror(folder, whole_site)
        except (NotAMirrorError, CannotRenderError, Error) as error:
            raise CommandError(f"No mirror was written: {error}") from error
        for path in left_out:
            self.stderr.write(f"Left out, for there is nothing: {path}")
        self.stdout.write(f"Wrote the mirror to {folder}.")
