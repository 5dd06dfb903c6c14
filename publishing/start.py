"""Starting to serve. A database that does not answer is no reason not to: pages are kept. One that is
lost is: it must not go unnoticed, nor be taken for an empty one."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.conf import settings

from publishing.models import ContentRevision

PATIENCE = 0.25  # seconds: who holds the file locked now may let go of it later


def refuse_a_lost_database() -> None:
    """Raises SystemExit with one line where the SQLite file is missing, empty or overwritten."""
    if settings.SQLITE_FILE and (fault := fault_of_the_file(settings.SQLITE_FILE)):
        raise SystemExit(fault)


def fault_of_the_file(path: Path) -> str | None:
    """What is wrong with the SQLite file, in a sentence; None if nothing is, as far as can be seen."""
    advice = "Restore it from a backup; nothing was changed."
    if not path.exists():
        return f"The database {path} is missing. {advice}"
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=PATIENCE)
        ) as database:
            database.execute(f"SELECT number FROM {ContentRevision._meta.db_table}")  # noqa: S608
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return f"The database {path} is empty, or was never prepared. {advice}"
    except sqlite3.DatabaseError as error:
        return f"The database {path} cannot be read: {error}. {advice}"
    return None
