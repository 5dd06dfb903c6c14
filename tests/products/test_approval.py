"""Tests of the fingerprint of an approval across its migration."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from products.approval import is_as_approved
from products.models import PolicyTerm

pytestmark = pytest.mark.django_db


def test_the_migration_recognises_what_was_approved_before_it():
    migration = import_module("products.migrations.0003_fingerprints_of_approvals")
    term = PolicyTerm.objects.get()
    term.approval_number, term.approved_on = "SJ25-00001", date(2025, 1, 10)
    term.approved_fingerprint = migration.old_fingerprint(list(migration.rows_of(apps, term)))
    term.save()
    assert not is_as_approved(term)
    migration.replace_fingerprints(apps, None)
    term.refresh_from_db()
    assert is_as_approved(term)
