"""The page texts in the admin."""

import pytest
from django.urls import reverse

from pages.models import PageText
from pages.texts.all_slots import SLOTS
from tests.admin_forms import form_data, form_url_of, save
from tests.html import Page

pytestmark = pytest.mark.django_db
LIST = reverse("admin:pages_pagetext_changelist")


@pytest.fixture
def title() -> PageText:
    return PageText.objects.get(slot="faq-title")


def test_the_list_shows_every_slot_in_the_order_of_the_pages(admin_client):
    page = Page(admin_client.get(LIST, secure=True))
    assert page.texts(".field-name") == [slot.name for slot in SLOTS.values()]
    assert len(page.texts(".field-text")) == len(SLOTS)


def test_the_list_can_be_limited_to_a_page(admin_client):
    page = Page(admin_client.get(f"{LIST}?page=faq", secure=True))
    assert set(page.texts(".field-page")) == {"よくあるご質問"}
    assert "見出しとページの題" in page.texts(".field-name")


def test_the_form_says_what_it_is_where_it_stands_and_what_can_be_filled_in(admin_client):
    description = PageText.objects.get(slot="home-description")
    page = Page(admin_client.get(form_url_of(description), secure=True))
    assert page.texts("fieldset h2") == ["検索結果に出る説明"]
    assert page.attributes(".shown-on a", "href") == ["/"]
    assert "{商品名}" in page.texts("#id_text_helptext")[0]
    assert page.texts('label[for="id_text_without"]') == ["公開中の保険期間がないときの文:"]


def test_a_slot_that_is_shown_in_one_state_has_no_second_text(admin_client, title):
    page = Page(admin_client.get(form_url_of(title), secure=True))
    assert not page.all("#id_text_without")


def test_a_saved_text_is_on_its_page(admin_client, visit, title):
    assert save(admin_client, form_url_of(title), text="ご質問と{商品名}").status_code == 302
    assert visit("/faq/").texts("h1") == ["ご質問とJNX団体サイバー保険"]


def test_a_refused_text_keeps_what_was_typed_and_says_why_at_its_field(admin_client, title):
    response = save(admin_client, form_url_of(title), text="{商品}のご質問")
    page = Page(response)
    assert page.texts("#id_text") == ["{商品}のご質問"]
    assert "使えるのは{商品名}" in page.texts(".field-text .errorlist")[0]
    title.refresh_from_db()
    assert title.text == "よくあるご質問"


def test_a_preview_shows_the_page_of_the_text(admin_client, title):
    data = form_data(admin_client, form_url_of(title), _preview="1", text="見出しの案")
    page = Page(admin_client.post(form_url_of(title), data, secure=True))
    assert page.texts("h1") == ["見出しの案"]


def test_texts_are_neither_added_nor_deleted(admin_client, title):
    for url in (
        reverse("admin:pages_pagetext_add"),
        reverse("admin:pages_pagetext_delete", args=[title.pk]),
    ):
        assert admin_client.get(url, secure=True).status_code == 403


def test_the_text_of_an_unknown_slot_is_kept_greyed_and_closed(admin_client):
    unknown = PageText.objects.create(slot="slot-of-newer-code", text="新しい文")
    page = Page(admin_client.get(LIST, secure=True))
    assert page.texts(".field-name .quiet") == ["slot-of-newer-code"]
    assert page.texts(".field-page")[-1] == "(今のサイトにはありません)"
    form = Page(admin_client.get(form_url_of(unknown), secure=True))
    assert "どのページにも出ません" in form.text
    assert not form.all("#id_text")
    assert admin_client.post(form_url_of(unknown), {}, secure=True).status_code == 403
