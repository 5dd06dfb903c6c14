"""The check before serving: a lost database stops the start.

It must not go unnoticed behind cached pages, which are served while a database does not answer, nor be taken
for an empty one.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.conf import settings

from publishing.models import ContentRevision

LOCK_TIMEOUT = 0.25  # seconds; a file that is locked now may be free later


def refuse_a_lost_database() -> None:
    """Raise SystemExit with one line where the SQLite file is missing, empty or overwritten."""
    if settings.SQLITE_FILE and (fault := fault_of_the_file(settings.SQLITE_FILE)):
        raise SystemExit(fault)


def fault_of_the_file(path: Path) -> str | None:
    """Return what is wrong with the SQLite file, in a sentence; None if nothing is, as far as can be seen."""
    advice = "Restore it from a backup; nothing was changed."
    if not path.exists():
        return f"The database {path} is missing. {advice}"
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=LOCK_TIMEOUT)
        ) as database:
            database.execute(f"SELECT number FROM {ContentRevision._meta.db_table}")  # noqa: S608
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return f"The database {path} is empty, or was never prepared. {advice}"
    except sqlite3.DatabaseError as error:
        return f"The database {path} cannot be read: {error}. {advice}"
    return None
