"""The number of queries of a page does not grow with the content."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from products.models import (
    Notice,
)
from tests.factories import make_fifty_times_more
from tests.moments import tokyo
from tests.pages.page_paths import FILE_PATHS, PAGE_PATHS, TERM_PATH

MOST_TO_READ_IT_ALL = 27


@pytest.mark.django_db
def test_fifty_times_the_content_takes_no_more_queries(visit):
    first = Notice.objects.create(title="件名", text="本文", public_from=tokyo("2025-10-01T00:00"))
    paths = [*PAGE_PATHS, *FILE_PATHS, TERM_PATH, first.get_absolute_url(), "/nowhere/"]

    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            visit(path, status=404 if path == "/nowhere/" else 200)
        return len(captured)

    reading = queries("/")
    assert reading <= MOST_TO_READ_IT_ALL
    assert {queries(path) for path in paths} == {0, 1}  # whether the content is the same
    make_fifty_times_more()
    assert queries("/") == reading
    assert "機能49" in visit("/insurance/").main
    assert {queries(path) for path in paths} == {0, 1}
