"""Rows that Django lays out as a table are cards: each value stands with its label, for whoever may edit or look."""

import pytest

from accounts.roles import VIEWERS
from contacts.models import Desk
from products.models import PolicyTerm, PremiumRow
from tests.admin_forms import form_url_of, save
from tests.html import Page, squeezed
from tests.people import hire

pytestmark = pytest.mark.django_db
FIELDS = [
    field.verbose_name for field in PremiumRow._meta.fields if field.name not in ("id", "term")
]
LIMIT = "premium_rows-1-profit_limit"


@pytest.fixture
def form(editor, term: PolicyTerm) -> Page:
    return Page(editor.get(form_url_of(term), secure=True))


def labels_of(page: Page, row: str) -> list[str]:
    return [
        page.one(f"#{row} label[for='{field.get('id')}']").text_content()
        for field in page.all(f"#{row} input:not([type=hidden])")
    ]


def test_every_input_of_a_row_has_its_label(form):
    assert labels_of(form, "premium_rows-0") == [*FIELDS, "この行を削除"]


def test_so_has_the_row_that_a_script_copies_for_a_new_one(form):
    assert labels_of(form, "premium_rows-empty") == FIELDS


def test_the_help_of_a_field_is_said_with_its_input(form):
    told = form.one(f"#id_{LIMIT}").get("aria-describedby")
    assert form.texts(f"#{told}") == ["利益の補償がない例では空欄にします。"]


def test_an_error_stands_at_its_field_and_is_said_with_it(editor, term):
    page = Page(save(editor, form_url_of(term), **{LIMIT: "たくさん"}))
    (cell,) = page.all(".cards td:has(.errorlist)")
    assert cell.get("class") == "field-profit_limit"
    described = page.one(f"#id_{LIMIT}").get("aria-describedby").split()
    assert cell.cssselect(".errorlist")[0].get("id") in described


def test_who_may_only_look_reads_every_value_with_its_label(client, term, set_clock):
    client.force_login(hire("見る人", VIEWERS))
    page = Page(client.get(form_url_of(term), secure=True))
    rows = page.all(".cards dl")
    assert len(rows) == term.premium_rows.count()
    for row in rows:
        assert [label.text_content() for label in row.cssselect("dt")] == FIELDS
    first = [squeezed(value.text_content()) for value in rows[0].cssselect("dd")]
    low = FIELDS.index("年間保険料・下限(円)")
    assert first[low] == str(term.premium_rows.first().annual_low)
    assert not page.all(".cards button, .cards input:not([type=hidden])")


def test_a_closed_list_of_no_rows_shows_nothing_more(client):
    client.force_login(hire("見る人", VIEWERS))
    page = Page(client.get(form_url_of(Desk.objects.first()), secure=True))
    assert "臨時の休業日" in page.texts(".cards h2")
