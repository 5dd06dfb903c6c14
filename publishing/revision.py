"""The content revision: triggers of the database raise it, and a poller reads it.

Triggers see every change, however it is made: by forms, inlines, reverts, loads, bulk calls, `QuerySet.update()`
or SQL by hand. A transaction that is rolled back takes the raise back too.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from time import monotonic
from typing import Any

from django.apps import AppConfig, apps
from django.db import connection, transaction

from publishing.models import ContentRevision

logger = logging.getLogger(__name__)

POLL_SECONDS = 1.0  # seconds
POLL_TIMEOUT = 0.25  # seconds after which a poll counts as failed, whether or not it goes on
LONGEST_POLL_PAUSE = 4.0  # seconds between polls of a database that does not answer

TABLE = ContentRevision._meta.db_table
RAISE = {
    vendor: f"UPDATE {TABLE} SET number = number + 1, token = {token}"  # noqa: S608 (our own names)
    for vendor, token in (
        ("sqlite", "lower(hex(randomblob(16)))"),
        ("postgresql", "md5(gen_random_uuid()::text)"),
    )
}


def install_triggers_for(*app_labels: str) -> Callable[..., None]:
    """Return a receiver of post_migrate which lets every change to the tables of these apps raise the revision.

    It renews the triggers each time: SQLite drops them with a table that a migration rebuilds. `manage.py flush`
    sends no plan.
    """

    def install(sender: AppConfig, plan: Sequence[Any] = (), **kwargs: Any) -> None:
        existing = connection.introspection.table_names()
        tables = [
            model._meta.db_table
            for label in app_labels
            for model in apps.get_app_config(label).get_models(include_auto_created=True)
            if model._meta.db_table in existing  # not yet, after migrating half of the way
        ]
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in _triggers(tables):
                cursor.execute(statement)
            ContentRevision.objects.get_or_create(pk=1, defaults={"number": 0, "token": ""})
            if plan:  # a migration may have changed content while there was no trigger
                cursor.execute(RAISE[connection.vendor])

    return install


def _triggers(tables: list[str]) -> Iterator[str]:
    if connection.vendor == "postgresql":
        yield (
            "CREATE OR REPLACE FUNCTION raise_content_revision() RETURNS trigger"
            f" LANGUAGE plpgsql AS $$ BEGIN {RAISE['postgresql']}; RETURN NULL; END $$"
        )
        for table in tables:
            # Before the statement: a writer of content then locks the row of the revision first, so
            # that two writers never wait for each other.
            yield (
                "CREATE OR REPLACE TRIGGER raise_content_revision"
                f' BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON "{table}"'
                " FOR EACH STATEMENT EXECUTE FUNCTION raise_content_revision()"
            )
        return
    for table in tables:
        for event in ("insert", "update", "delete"):
            name = f"{table}_{event}_raises_content_revision"
            yield f'DROP TRIGGER IF EXISTS "{name}"'
            yield f'CREATE TRIGGER "{name}" AFTER {event} ON "{table}" BEGIN {RAISE["sqlite"]}; END'


def content_revision() -> str:
    """Return the present content revision, as number and random token. Asks the database.

    Raises django.db.Error, or ContentRevision.DoesNotExist where nothing was migrated.
    """
    with connection.cursor() as cursor:  # runs for each page: the ORM takes six times as long
        cursor.execute(f"SELECT number, token FROM {TABLE}")  # noqa: S608 (our own name)
        row = cursor.fetchone()
    if row is None:
        raise ContentRevision.DoesNotExist
    return "{}-{}".format(*row)


class Poller:
    """Reads the content revision once a second in a thread, so that no request waits for the database.

    `revision` is the last one read, None before the first. The thread is also the circuit breaker: while a
    poll hangs no other begins, and nothing asks a database that `is_away`.
    """

    def __init__(self, on_change: Callable[[str], None]) -> None:
        self.revision: str | None = None
        self.polled_at: float | None = None  # monotonic, of the last poll that succeeded
        self.first_poll = threading.Event()
        self._on_change = on_change
        self._polling_since: float | None = None
        self._failures = 0

    def start(self) -> None:
        """Poll in a thread from now on."""
        threading.Thread(target=self._run, name="content revision", daemon=True).start()

    @property
    def is_away(self) -> bool:
        """Return whether the last poll failed, or takes longer than its timeout."""
        since = self._polling_since
        return self._failures > 0 or (since is not None and monotonic() - since > POLL_TIMEOUT)

    @property
    def age(self) -> float | None:
        """Return the seconds since the last successful poll; None if there was none."""
        return None if self.polled_at is None else monotonic() - self.polled_at

    def poll(self) -> None:
        """Read the revision once; log the first failure in a row, and its end."""
        before = self.revision
        self._polling_since = monotonic()
        try:
            self.revision = content_revision()
        except Exception as error:  # whatever it is: the thread must not end
            if not self._failures:
                logger.error("The database does not answer, cached pages are served: %s", error)
            self._failures += 1
            connection.close()
        else:
            if self._failures:
                logger.warning("The database answers again.")
            self._failures = 0
            self.polled_at = monotonic()
        finally:
            if connection.vendor == "sqlite":
                connection.close()  # the file may be replaced before the next poll
            self._polling_since = None
            self.first_poll.set()
        if self.revision and self.revision != before:
            self._on_change(self.revision)

    def _run(self) -> None:
        pause = threading.Event()  # never set: only waited for
        while True:
            self.poll()
            pause.wait(min(POLL_SECONDS * max(1, self._failures), LONGEST_POLL_PAUSE))
