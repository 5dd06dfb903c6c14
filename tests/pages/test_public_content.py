"""The content is read once, until it changes by whatever path."""

import pytest
from django.db import transaction
from django.http import QueryDict
from django.template import Context, Template

from core.moment import Moment
from pages.public_content import content_now
from products.models import FaqEntry, PolicyTerm, Product
from publishing.page_as_of import page_as_of
from tests.moments import IN_THE_TERM, tokyo


@pytest.mark.django_db
def test_the_same_content_is_read_once():
    assert content_now() is content_now()


def test_a_change_without_any_signal_is_read(visit):
    visit("/")
    Product.objects.update(name="別の名前")
    assert "別の名前" in visit("/").main


def test_what_hangs_on_what_hangs_on_a_term_is_read_anew(visit):
    visit("/insurance/")
    category = PolicyTerm.objects.get(code="2025").coverage_categories.first()
    category.events.create(title="別の事故", text="説明")
    assert "別の事故" in visit("/insurance/").main


def test_what_is_taken_back_is_shown_no_more(visit):
    before = visit("/faq/").main
    with transaction.atomic():
        FaqEntry.objects.create(question="別の質問", answer="回答")
        assert "別の質問" in visit("/faq/").main
        transaction.set_rollback(True)
    assert visit("/faq/").main == before


def test_previews_do_not_push_the_present_content_out_of_memory(db):
    present = content_now()
    for number in range(5):
        with transaction.atomic():
            FaqEntry.objects.create(question=f"質問{number}", answer="回答")
            shown = Moment(tokyo(IN_THE_TERM), pinned=True, preview="確認用")
            page = page_as_of("/faq/", QueryDict(), shown)
            assert f"質問{number}" in b"".join(page).decode()
            transaction.set_rollback(True)
    assert content_now() is present


def test_what_is_cached_of_a_page_does_not_hold_the_moment(visit):
    """A desk that opens, closes and opens again, while the content stays as it is."""
    hours = ("2025-10-03T10:00", "2025-10-03T18:00", "2025-10-06T10:00", "2025-10-03T10:00")
    statuses = ["".join(visit("/", at=at).texts("#agency .desk-status")) for at in hours]
    assert ["受付時間内" in status for status in statuses] == [True, False, True, True]


@pytest.mark.ignore_template_errors
@pytest.mark.django_db
def test_a_fragment_sees_the_variables_that_it_is_given_alone():
    content = content_now()
    desk = content.desks["incident"]
    page = Context({"fragments": content.fragments, "desk": desk})
    given = Template('{% load fragments %}{% fragment "_emergency.html" desk=desk %}')
    not_given = Template('{% load fragments %}{% fragment "_emergency.html" %}')
    assert desk.telephone in given.render(page)
    assert desk.telephone not in not_given.render(page)
