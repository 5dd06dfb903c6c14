"""The rows within a form are read together, not one by one."""

import pytest
from django.db import connection
from django.db.models import CheckConstraint, Model
from django.test.utils import CaptureQueriesContext

from editing.snapshots import snapshot
from products.models import PolicyTerm, PremiumRow, Reason
from tests.admin_forms import form_data, form_url_of, messages_after

pytestmark = pytest.mark.django_db
EACH_ROW = f'FROM "{Reason._meta.db_table}" WHERE "{Reason._meta.db_table}"."id" = '


def test_a_snapshot_takes_no_more_queries_for_more_rows(term):
    with CaptureQueriesContext(connection) as before:
        snapshot(term)
    for number in range(10):
        term.reasons.create(title=f"理由{number}", text="説明")
    with CaptureQueriesContext(connection) as after:
        assert "理由9" in str(snapshot(term))
    assert len(after) == len(before)


def test_a_form_that_is_saved_reads_no_row_by_its_key(admin_client, term):
    url = form_url_of(term)
    data = form_data(admin_client, url) | {"reasons-0-title": "変えた理由"}
    with CaptureQueriesContext(connection) as captured:
        assert admin_client.post(url, data, secure=True).status_code == 302
    assert [each["sql"] for each in captured if EACH_ROW in each["sql"]] == []


@pytest.mark.parametrize("key", ["x", "None", "9" * 30])
def test_a_row_that_is_forged_is_refused(admin_client, term, key):
    said = messages_after(admin_client, form_url_of(term), **{"reasons-0-id": key})
    assert said == "正しく選択してください。選択したものは候補にありません。"


def test_of_rows_that_stay_as_they_are_no_condition_of_a_constraint_is_checked(admin_client, term):
    url = form_url_of(term)
    with CaptureQueriesContext(connection) as captured:
        assert admin_client.post(url, form_data(admin_client, url), secure=True).status_code == 302
    checked = [each for each in captured if "_check" in each["sql"]]
    of_rows = check_constraints(PremiumRow) * term.premium_rows.count()
    assert len(checked) == check_constraints(PolicyTerm) + of_rows


def check_constraints(model: type[Model]) -> int:
    return sum(isinstance(each, CheckConstraint) for each in model._meta.constraints)
