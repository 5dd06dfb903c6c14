"""The content is read once, until it changes by whatever path."""

import pytest
from django.db import transaction

from jnxcyber.pages.reading import content_now
from products.models import FaqEntry, PolicyTerm, Product


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
