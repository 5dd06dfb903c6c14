"""The content revision: what makes it rise, and how a server looks at it without ever waiting for it.

Triggers do the first, so that no path is forgotten: forms, inlines, reverts, loads, bulk calls,
`QuerySet.update()` and SQL by hand. What a transaction takes back, it takes back too.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from time import monotonic
from typing import Any

from django.apps import AppConfig, apps
from django.db import connection, transaction

from publishing.models import ContentRevision

logger = logging.getLogger(__name__)

LOOK_EVERY = 1.0  # seconds
DEADLINE = 0.25  # seconds after which a look counts as failed, whether or not it goes on
LONGEST_PAUSE = 4.0  # seconds between looks at a database that does not answer

TABLE = ContentRevision._meta.db_table
RAISE = {
    vendor: f"UPDATE {TABLE} SET number = number + 1, token = {token}"  # noqa: S608 (our own names)
    for vendor, token in (
        ("sqlite", "lower(hex(randomblob(16)))"),
        ("postgresql", "md5(gen_random_uuid()::text)"),
    )
}


def watch_content(*app_labels: str) -> Callable[..., None]:
    """A receiver of post_migrate that makes every change to the content of these apps raise the
    revision. It renews the triggers each time: SQLite drops them with a table that a migration
    rebuilds."""

    def install(sender: AppConfig, plan: list[Any], **kwargs: Any) -> None:
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
            # Before the statement: whoever writes content holds the row of the revision before any
            # other, so that two never wait for each other.
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
    """The state of the content now, as the database has it.

    Raises django.db.Error, or ContentRevision.DoesNotExist where nothing was migrated.
    """
    with connection.cursor() as cursor:  # asked for at each page: the ORM takes six times as long
        cursor.execute(f"SELECT number, token FROM {TABLE}")  # noqa: S608 (our own name)
        row = cursor.fetchone()
    if row is None:
        raise ContentRevision.DoesNotExist
    return "{}-{}".format(*row)


class Watch:
    """Looks at the revision in a thread of its own, so that no request waits for the database.

    `revision` is the last one seen, None before the first. The breaker is the thread itself: while a
    look hangs no other begins, and nobody asks a database that `is_away`.
    """

    def __init__(self, on_change: Callable[[str], None]) -> None:
        self.revision: str | None = None
        self.seen_at: float | None = None  # monotonic, of the last look that succeeded
        self.first_look = threading.Event()
        self._on_change = on_change
        self._looking_since: float | None = None
        self._failures = 0

    def start(self) -> None:
        threading.Thread(target=self._keep_looking, name="content revision", daemon=True).start()

    @property
    def is_away(self) -> bool:
        """Whether the last look failed, or goes on beyond its deadline."""
        since = self._looking_since
        return self._failures > 0 or (since is not None and monotonic() - since > DEADLINE)

    @property
    def age(self) -> float | None:
        """Seconds since the revision was seen; None if it never was."""
        return None if self.seen_at is None else monotonic() - self.seen_at

    def look(self) -> None:
        """Look once. Where the database does not answer, say so in the log at the first time."""
        before = self.revision
        self._looking_since = monotonic()
        try:
            self.revision = content_revision()
        except Exception as error:  # whatever it is: without its thread, a worker would never know
            if not self._failures:
                logger.error("The database does not answer, kept pages are served: %s", error)
            self._failures += 1
            connection.close()
        else:
            if self._failures:
                logger.warning("The database answers again.")
            self._failures = 0
            self.seen_at = monotonic()
        finally:
            if connection.vendor == "sqlite":
                connection.close()  # it may be another file by the next look
            self._looking_since = None
            self.first_look.set()
        if self.revision and self.revision != before:
            self._on_change(self.revision)

    def _keep_looking(self) -> None:
        pause = threading.Event()  # never set: only to wait
        while True:
            self.look()
            pause.wait(min(LOOK_EVERY * max(1, self._failures), LONGEST_PAUSE))
