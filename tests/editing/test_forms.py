"""Tests of the fields for money, days, hours and the order of rows."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from reversion.models import Version

from contacts.models import Desk, DeskRole, Organisation
from core.forms import TypedYenField
from editing.history import history
from editing.ordered import OTHER_ORDER
from editing.sent_rows import AT_THE_END, NEW_ROW, ORDER_CHANGED
from products.models import FaqEntry, LegalText, PolicyTerm
from tests.admin_forms import form_data, form_url_of, save, save_confirmed
from tests.html import Page
from tests.meanwhile import once_read

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["1,234,560", "１２３４５６０", "123万4560円", "¥1,234,560"])
def test_money_is_read_as_people_write_it(admin_client, term, typed):
    changes = {"premium_rows-5-annual_low": typed}
    assert save_confirmed(admin_client, form_url_of(term), **changes).status_code == 302
    assert term.premium_rows.get(number=6).annual_low == 1_234_560


def test_money_is_shown_with_commas(admin_client, term):
    page = Page(admin_client.get(form_url_of(term), secure=True))
    assert page.attributes("#id_premium_rows-0-annual_low", "value") == ["140,230"]


@pytest.mark.parametrize("typed", ["たくさん", "1,23", "-5", "1.5"])
def test_money_that_cannot_be_read_stays_as_typed(admin_client, term, typed):
    changes = {"premium_rows-0-annual_low": typed}
    page = Page(save(admin_client, form_url_of(term), **changes))
    assert "金額として読み取れません" in page.text
    assert page.attributes("#id_premium_rows-0-annual_low", "value") == [typed]


def test_a_form_says_where_its_content_appears(admin_client, term):
    page = Page(admin_client.get(form_url_of(term), secure=True))
    assert "/insurance/premiums/" in page.attributes(".shown-on a", "href")


def test_an_empty_yen_field_is_empty():
    assert TypedYenField(required=False).clean("  ") is None


def titles(page: Page) -> list[str]:
    return [
        page.attributes(f"#id_reasons-{place}-title", "value")[0]
        for place in range(len(page.all("[id^=id_reasons-][id$=-title]")) - 1)
    ]


@pytest.mark.parametrize(
    ("button", "order", "says"),
    [
        ("reasons-1-order-up", [1, 0, 2], ORDER_CHANGED),
        ("reasons-0-order-down", [1, 0, 2], ORDER_CHANGED),
        ("reasons-1-order-down", [0, 2, 1], ORDER_CHANGED),
        ("reasons-0-order-up", [0, 1, 2], AT_THE_END),
        ("reasons-2-order-down", [0, 1, 2], AT_THE_END),
        ("reasons-9-order-down", [0, 1, 2], AT_THE_END),
    ],
)
def test_a_button_moves_a_row_without_saving_or_losing_anything(
    admin_client, term, button, order, says
):
    names = list(term.reasons.values_list("title", flat=True))
    url = form_url_of(term)
    page = Page(save(admin_client, url, **{button: "1", "eligibility": "書きかけ"}))
    assert titles(page) == [names[place] for place in order]
    assert page.texts(".messagelist") == [says]
    assert "エラーを修正" not in page.text
    assert page.one("#id_eligibility").text.strip() == "書きかけ"
    assert list(term.reasons.values_list("title", flat=True)) == names


@pytest.mark.parametrize(
    ("button", "says"),
    [
        ("reasons-3-order-up", NEW_ROW),
        ("reasons-2-order-down", NEW_ROW),
        ("reasons-4-order-up", ORDER_CHANGED),
        ("reasons-4-order-down", AT_THE_END),
    ],
)
def test_a_new_row_moves_among_new_ones_alone_and_is_told_so(admin_client, term, button, says):
    new = {f"reasons-{row}-title": f"新しい理由{row}" for row in (3, 4)}
    typed = new | {"reasons-TOTAL_FORMS": "5", "reasons-0-order": "2", button: "1"}
    page = Page(save(admin_client, form_url_of(term), **typed))
    assert page.texts(".messagelist") == [says]
    order = ["新しい理由4", "新しい理由3"] if says == ORDER_CHANGED else list(new.values())
    assert titles(page)[3:] == order
    if says != ORDER_CHANGED:
        assert page.attributes("#id_reasons-0-order", "value") == ["2"]


def test_rows_that_were_moved_are_saved_in_their_new_order(admin_client, term):
    names = list(term.reasons.values_list("title", flat=True))
    url = form_url_of(term)
    data = form_data(admin_client, url, **{"reasons-2-order-up": "1"})
    response = admin_client.post(url, data, secure=True)
    again = form_data_of(response) | {"_reason": "順序の訂正"}
    assert admin_client.post(url, again, secure=True).status_code == 302
    assert list(term.reasons.values_list("title", flat=True)) == [names[0], names[2], names[1]]


def form_data_of(response) -> dict:
    """Return what a browser sends for the form in a response."""
    page = Page(response)
    form = page.one("#policyterm_form")
    return {
        name: value
        for name, value in form.form_values()
        if name and not name.endswith(("-up", "-down"))
    }


def test_the_enter_key_saves_nothing_and_keeps_what_is_typed(admin_client):
    entry = FaqEntry.objects.first()
    url = form_url_of(entry)
    first = Page(admin_client.get(url, secure=True)).all("#faqentry_form [type=submit]")[0]
    data = form_data(admin_client, url, question="途中まで入力した")
    page = Page(admin_client.post(url, data | {first.get("name"): "1"}, secure=True))
    assert "まだ保存していません。Enter" in page.texts(".messagelist")[0]
    assert page.attributes("#id_question", "value") == ["途中まで入力した"]
    assert FaqEntry.objects.first().question == entry.question


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("２０", 20),
        (" 20 ", 20),
        ("1〜3", None),
        ("1 2", None),
        ("②", None),
        ("毎月20日(15日)", None),
        ("x", None),
    ],
)
def test_a_count_is_read_or_refused_and_is_no_number_input(admin_client, term, typed, stored):
    url = form_url_of(term)
    response = save(admin_client, url, joining_deadline_day=typed)
    assert PolicyTerm.objects.get().joining_deadline_day == (stored or 20)
    assert response.status_code == (302 if stored else 200)
    if stored is None:
        page = Page(response)
        assert page.texts(".field-joining_deadline_day .errorlist")
        assert page.attributes("#id_joining_deadline_day", "value") == [typed]
    assert not Page(admin_client.get(url, secure=True)).all("[type=number]")


@pytest.mark.parametrize(("button", "order"), [("up", [1, 0]), ("down", [0, 2, 1])])
def test_a_button_in_a_list_exchanges_neighbours(admin_client, visit, button, order):
    entries = list(FaqEntry.objects.all())
    url = reverse("admin:products_faqentry_changelist")
    name = f"move-{entries[1].pk}-{button}"
    assert len(Page(admin_client.get(url, secure=True)).all(f"[name={name}]")) == 1
    assert admin_client.post(url, {name: "1"}, secure=True).status_code == 302
    expected = [entries[place].pk for place in order]
    assert list(FaqEntry.objects.values_list("pk", flat=True))[: len(order)] == expected


@pytest.mark.parametrize(
    ("query", "moves"),
    [
        ("", True),
        ("?p=1", True),
        ("?all=", True),
        ("?q=&o=", True),
        ("?o=2", False),
        ("?o=-1", False),
        ("?kind__exact=closing", False),
    ],
)
def test_rows_are_moved_only_where_the_list_shows_them_side_by_side(admin_client, query, moves):
    second = LegalText.objects.filter(kind="closing")[1]
    before = list(LegalText.objects.values_list("pk", flat=True))
    url, name = reverse("admin:products_legaltext_changelist") + query, f"move-{second.pk}-up"
    listed = Page(admin_client.get(url, secure=True))
    assert bool(listed.all(f"[name={name}]")) is moves
    assert "並び順" in "".join(listed.texts("#result_list thead"))
    told = Page(admin_client.post(url, {name: "1"}, secure=True, follow=True)).texts(".messagelist")
    assert (OTHER_ORDER in told[0]) is not moves
    assert (list(LegalText.objects.values_list("pk", flat=True)) != before) is moves


def test_all_rows_that_got_a_number_have_it_in_their_history(admin_client):
    Version.objects.all().delete()
    FaqEntry.objects.update(order=0)
    first, second, *others = FaqEntry.objects.order_by("pk")
    url = reverse("admin:products_faqentry_changelist")
    admin_client.post(url, {f"move-{second.pk}-up": "1"}, secure=True)
    kept = {
        version.object_id: version.field_dict["order"]
        for version in Version.objects.get_for_model(FaqEntry)
    }
    ordered = [second, first, *others]
    assert kept == {str(entry.pk): number for number, entry in enumerate(ordered, start=1)}
    assert history(others[0])[0].comment == "並び順を変えました。"


def test_the_log_names_the_row_that_was_moved_and_a_colleagues_text_stays(admin_client):
    first = FaqEntry.objects.first()
    rows = FaqEntry.objects.filter(pk=first.pk)
    url = reverse("admin:products_faqentry_changelist")
    with once_read(FaqEntry, lambda: rows.update(answer="同僚の回答")):
        admin_client.post(url, {f"move-{first.pk}-down": "1"}, secure=True)
    assert LogEntry.objects.get().object_id == str(first.pk)
    first.refresh_from_db()
    assert first.answer == "同僚の回答"


def test_the_log_names_the_row_that_was_moved_also_where_its_number_stays(admin_client):
    FaqEntry.objects.update(order=1)
    second = FaqEntry.objects.order_by("pk")[1]
    url = reverse("admin:products_faqentry_changelist")
    admin_client.post(url, {f"move-{second.pk}-up": "1"}, secure=True)
    assert LogEntry.objects.get().object_id == str(second.pk)


def test_a_row_at_the_end_or_deleted_meanwhile_is_not_moved(admin_client):
    url = reverse("admin:products_faqentry_changelist")
    last = FaqEntry.objects.last()
    post = {"data": {f"move-{last.pk}-down": "1"}, "secure": True, "follow": True}
    assert "これ以上動かせません" in Page(admin_client.post(url, **post)).text
    with once_read(FaqEntry, FaqEntry.objects.filter(pk=last.pk).delete):
        assert "ほかの人が削除した可能性" in Page(admin_client.post(url, **post)).text


def test_a_new_row_may_take_a_value_that_a_changed_row_gives_up(admin_client, term):
    data = form_data(admin_client, form_url_of(term))
    new = {
        name.replace("rows-0-", "rows-6-"): value
        for name, value in data.items()
        if name.startswith("premium_rows-0-") and not name.endswith("-id")
    }
    new |= {"premium_rows-TOTAL_FORMS": "7", "premium_rows-6-turnover": "20億"}
    changes = new | {"premium_rows-0-number": "77"}
    assert save(admin_client, form_url_of(term), **changes).status_code == 302
    assert term.premium_rows.get(number=1).turnover == 2_000_000_000


def test_a_form_for_a_field_that_is_none_is_refused_before_anything_is_stored(admin_client):
    data = {"question": "質問", "answer": "回答", "_popup": "1", "_to_field": "nope"}
    url = reverse("admin:products_faqentry_add")
    assert admin_client.post(url, data, secure=True).status_code == 400
    assert not FaqEntry.objects.filter(question="質問").exists()


def test_texts_are_moved_within_their_own_list_alone(admin_client):
    first = LegalText.objects.filter(kind="privacy").first()
    before = list(LegalText.objects.values_list("pk", flat=True))
    url = reverse("admin:products_legaltext_changelist")
    admin_client.post(url, {f"move-{first.pk}-up": "1"}, secure=True)
    assert list(LegalText.objects.values_list("pk", flat=True)) == before


def test_a_telephone_number_is_read_in_digits_of_either_width(admin_client):
    desk = Desk.objects.get(role=DeskRole.AGENCY)
    save(admin_client, form_url_of(desk), telephone="０３ー１１１１－２２２２")
    desk.refresh_from_db()
    assert desk.telephone == "03-1111-2222"


def test_what_is_added_to_a_list_goes_to_its_end(admin_client):
    data = {"question": "新しい質問", "answer": "回答", "order": ""}
    admin_client.post(reverse("admin:products_faqentry_add"), data, secure=True)
    assert FaqEntry.objects.last().question == "新しい質問"


def test_a_text_has_an_end(admin_client, term):
    page = Page(save(admin_client, form_url_of(term), coverage_note="あ" * 10_001))
    assert "10000文字以下で入力してください" in page.text


def test_too_long_a_text_is_refused_at_its_field_and_stays(admin_client):
    typed = "長" * 151
    page = Page(save(admin_client, "/admin/products/notice/add/", title=typed, text="本文"))
    assert "150文字以下で入力してください" in page.texts(".field-title .errorlist")[0]
    assert page.attributes("#id_title", "value") == [typed]


@pytest.mark.parametrize(
    "path",
    [
        "/admin/files/documents/%00",
        "/admin/r/1/1/",
        "/admin/products/notice/add/?public_from=garbage",
        "/admin/products/document/add/?term=garbage",
        "/admin/products/policyterm/x/paste/",
    ],
)
def test_no_url_made_by_hand_is_a_fault(admin_client, path):
    assert admin_client.get(path, secure=True).status_code in (200, 302, 404)


def test_no_form_made_by_hand_is_a_fault(admin_client, term):
    version = Version.objects.get_for_object(term).first()
    revision = reverse("admin:products_policyterm_revision", args=[term.pk, version.pk])
    bare = {"_save": "1", "_reason": "x"}
    assert admin_client.post(revision + "?correct=1", bare, secure=True).status_code == 200
    data = form_data(admin_client, form_url_of(term), _saveasnew="1")
    assert admin_client.post(form_url_of(term), data, secure=True).status_code == 403


@pytest.mark.parametrize(
    ("model", "name", "typed"),
    [(Organisation, "url", "https://example.jp/\ufdd0x"), (Desk, "email", "a@ex\u200bample.jp")],
)
def test_an_invisible_character_in_a_url_or_mail_is_refused(admin_client, model, name, typed):
    url = form_url_of(model.objects.first())
    data = form_data(admin_client, url) | {name: typed}
    page = Page(admin_client.post(url, data, secure=True))
    assert page.all(f".field-{name} .errorlist")
