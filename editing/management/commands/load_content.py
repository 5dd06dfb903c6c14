from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from editing.content_files import load_content
from editing.fixtures import ContentError
from editing.history import FIRST


class Command(BaseCommand):
    help = "Fills an empty database with the content of the fixtures, all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.BASE_DIR / "fixtures")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            rows = load_content(folder)
        except ContentError as error:
            raise CommandError(f"Nothing was loaded: {error}") from error
        # What is changed later can be compared with, and taken back to, what was loaded.
        call_command("createinitialrevisions", comment=FIRST, verbosity=0)
        self.stdout.write(f"Loaded {rows} rows from {folder}.")
