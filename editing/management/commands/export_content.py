from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from editing.content_files import export_content


class Command(BaseCommand):
    help = "Writes the content of the database as fixtures, so that loading them gives it back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.BASE_DIR / "fixtures")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        export_content(folder)
        self.stdout.write(f"Wrote the content to {folder}.")
