"""Triggers of the database that let nobody change or delete an entry of the record of changes.

Deleting them by hand, as the owner of the database can, is a deliberate act. A migration that rewrites entries
would have to begin with it.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from editing.models import RecordedChange

TABLE = RecordedChange._meta.db_table
REFUSAL = "The record of changes is only added to."

# An empty table may be emptied: `manage.py flush` and Django's TransactionTestCase do so with every table.
STATEMENTS = {
    "sqlite": [
        statement
        for event in ("UPDATE", "DELETE")
        for statement in (
            f'DROP TRIGGER IF EXISTS "{TABLE}_{event.lower()}_refused"',
            f'CREATE TRIGGER "{TABLE}_{event.lower()}_refused" BEFORE {event} ON "{TABLE}"'
            f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        )
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION refuse_change_of_record() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f' IF EXISTS (SELECT FROM "{TABLE}") THEN'
        f" RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        " RETURN NULL; END $$",
        f'CREATE OR REPLACE TRIGGER refuse_change_of_record BEFORE UPDATE OR DELETE OR TRUNCATE ON "{TABLE}"'
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_record()",
    ],
}


def protect_record(**kwargs: Any) -> None:
    """Install the triggers, after each `migrate`: SQLite drops them with a table that a migration rebuilds."""
    if TABLE in connection.introspection.table_names():  # not yet, after migrating half of the way
        with connection.cursor() as cursor:
            for statement in STATEMENTS[connection.vendor]:
                cursor.execute(statement)
