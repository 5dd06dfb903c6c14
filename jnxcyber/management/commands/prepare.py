import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from core.clock import TOKYO
from core.moment import Moment
from core.served_url import note_served_url
from editing.content_files import content_exists
from pages.texts.shipped import add_missing_texts
from products.models import PolicyTerm
from publishing.start import fault_of_the_file


class Command(BaseCommand):
    help = (
        "Brings the database up to date, fills it if it is empty, and says how to use the site. Where"
        " the site has run before, a database that is lost is not replaced by a new one."
    )
    requires_system_checks = ()  # from Django 6.1 on they ask the database, which this makes: see below

    def handle(self, *args: Any, **options: Any) -> None:
        Path(settings.VAR_DIR).mkdir(exist_ok=True)
        if settings.SQLITE_FILE:
            made = settings.SQLITE_FILE.with_name(f"{settings.SQLITE_FILE.name}.made")
            if not made.exists():
                settings.SQLITE_FILE.touch()
                made.touch()
            elif fault := fault_of_the_file(settings.SQLITE_FILE):
                raise CommandError(fault)
        self.check()
        call_command("migrate", verbosity=0)
        if not content_exists():
            call_command("load_content", stdout=self.stdout)
        add_missing_texts()
        note_served_url()
        python = os.path.relpath(sys.executable)
        self.stdout.write(f"\n  The site:       {settings.SITE_URL}/")
        self.stdout.write(f"  The admin:      {settings.SITE_URL}/admin/")
        self.stdout.write(f"  An admin user:  {python} manage.py first_administrator")
        moment = Moment.now()
        term = PolicyTerm.objects.in_force_at(moment)
        if moment.pinned:
            self.stdout.write(f"  Clock pinned:   {moment.at:%Y-%m-%d %H:%M} in Tokyo")
        elif term and term.state_at(moment).is_over:
            within = (term.starts_at + (term.ends_at - term.starts_at) / 2).astimezone(TOKYO)
            self.stdout.write(
                "  No policy term is open today. To see the site during the last one:"
            )
            self.stdout.write(f"{' ' * 18}make run SITE_CLOCK={within:%Y-%m-%d}T10:00")
        self.stdout.write("  To stop:        Ctrl-C\n")
