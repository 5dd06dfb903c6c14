"""The content revision rises with every change to content, in the same transaction, and only then."""

from collections.abc import Callable
from itertools import count

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from contacts.models import Desk, DeskRole
from products.models import FaqEntry, IncidentCase, Notice, SupportFunction
from publishing.models import ContentRevision
from publishing.revision import content_revision
from tests.moments import tokyo

pytestmark = pytest.mark.django_db


NUMBERS = count(1)


def faq(**values) -> FaqEntry:
    return FaqEntry(**{"question": f"質問{next(NUMBERS)}", "answer": "回答"} | values)


def change_by_sql() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE contacts_desk SET telephone = '03-0000-0000'")


CHANGES: dict[str, Callable[[], object]] = {
    "save": lambda: faq().save(),
    "update of a row": lambda: Desk.objects.get(role=DeskRole.AGENCY).save(),
    "delete": lambda: FaqEntry.objects.first().delete(),
    "bulk_create": lambda: FaqEntry.objects.bulk_create([faq(), faq()]),
    "bulk_create that ignores": lambda: FaqEntry.objects.bulk_create(
        [faq()], ignore_conflicts=True
    ),
    "bulk_update": lambda: FaqEntry.objects.bulk_update(list(FaqEntry.objects.all()), ["answer"]),
    "QuerySet.update": lambda: FaqEntry.objects.update(answer="別の回答"),
    "QuerySet.delete": lambda: FaqEntry.objects.all().delete(),
    "a row between many and many": lambda: IncidentCase.objects.first().functions.set(
        SupportFunction.objects.all()
    ),
    "SQL": change_by_sql,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_way_to_change_content_raises_it(change):
    before = ContentRevision.objects.get()
    change()
    after = ContentRevision.objects.get()
    assert after.number > before.number
    assert after.token != before.token
    assert len(after.token) == 32


def content_models() -> list[type]:
    return [
        model
        for label in settings.CONTENT_APPS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ]


@pytest.mark.parametrize("model", content_models(), ids=lambda model: model._meta.label)
def test_every_table_of_content_raises_it(model):
    before = content_revision()
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{table}" SET "{key}" = "{key}"')  # noqa: S608
        if connection.vendor == "sqlite" and not cursor.rowcount:  # its triggers are for rows
            cursor.execute(
                "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
                [table],
            )
            assert cursor.fetchone() == (3,)  # on insert, update and delete
            return
    assert content_revision() != before


def test_what_is_taken_back_raises_nothing():
    before = content_revision()
    with transaction.atomic():
        faq().save()
        assert content_revision() != before
        transaction.set_rollback(True)
    assert content_revision() == before


def test_what_is_no_content_raises_nothing(admin_user, client):
    before = content_revision()
    client.force_login(admin_user)
    client.get("/admin/", secure=True)
    admin_user.first_name = "太郎"
    admin_user.save()
    assert content_revision() == before


def test_migrating_again_keeps_it_and_the_triggers(db):
    before = content_revision()
    call_command("migrate", verbosity=0)
    assert content_revision() == before
    Notice.objects.create(title="件名", text="本文", public_from=tokyo("2025-10-01T00:00"))
    assert content_revision() != before


@pytest.mark.django_db
def test_an_emptied_database_has_a_revision():
    call_command("flush", interactive=False, verbosity=0)
    assert ContentRevision.objects.exists()
