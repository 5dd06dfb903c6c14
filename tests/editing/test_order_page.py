"""Many rows of an ordered list get new places on one page, and typed numbers are places in forms as well."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from reversion.models import Revision

from accounts.roles import VIEWERS
from editing.history import history
from editing.models import RecordedChange
from editing.order_page import CHANGED_MEANWHILE, SAME_ORDER
from editing.positions import NO_PLACE, TAKEN_PLACE, placed, taken_twice
from products.models import FaqEntry, LegalText, SupportDesk
from tests.admin_forms import form_data, form_url_of, forms_in, save
from tests.html import Page
from tests.meanwhile import once_read
from tests.people import hire

pytestmark = pytest.mark.django_db
URL = "/admin/products/faqentry/order/"


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ({}, "abcde"),
        ({4: 1}, "eabcd"),
        ({0: 5}, "bcdea"),
        ({0: 2}, "bacde"),
        ({0: 2, 1: 1}, "bacde"),
        ({3: 1, 4: 2}, "deabc"),
        ({0: 5, 4: 1}, "ebcda"),
        ({0: 3, 3: 5}, "bcaed"),
        ({0: 5, 1: 4, 2: 3, 3: 2, 4: 1}, "edcba"),
    ],
)
def test_typed_places_are_kept_and_the_others_stay_in_order(typed, order):
    assert "".join(placed("abcde", typed)) == order


def test_a_place_that_is_typed_twice_is_told_at_both_rows():
    assert list(taken_twice({0: 2, 3: 1, 4: 2})) == [0, 4]


def keys() -> list[int]:
    return list(FaqEntry.objects.values_list("pk", flat=True))


def opened(client: Client, url: str = URL) -> dict:
    """Return what a browser sends for the page as it is."""
    data: dict[str, list[str]] = {}
    for name, value in Page(client.get(url, secure=True)).one("#content-main form").form_values():
        data.setdefault(name, []).append(value)
    return data


def send(client: Client, data: dict, url: str = URL) -> Page:
    return Page(client.post(url, data, secure=True, follow=True))


@pytest.mark.parametrize("one", ["1", "１", " 1 "])
def test_the_last_row_becomes_the_first_in_one_step(editor, one):
    *others, last = keys()
    answer = send(editor, opened(editor) | {f"place-{last}": one})
    assert keys() == [last, *others]
    assert [*FaqEntry.objects.values_list("order", flat=True)] == [*range(1, len(others) + 2)]
    assert "並び順を変えました。" in answer.texts(".messagelist")[0]


def test_the_page_is_reached_from_the_list_and_shows_each_row_with_its_place(editor):
    page = Page(editor.get(reverse("admin:products_faqentry_changelist"), secure=True))
    assert URL in page.attributes(".object-tools a", "href")
    rows = Page(editor.get(URL, secure=True))
    assert rows.texts(".places label") == [entry.question for entry in FaqEntry.objects.all()]
    assert rows.attributes(".places input", "value") == [str(n + 1) for n in range(len(keys()))]


@pytest.mark.parametrize("typed", ["", "0", "12", "最初", "²", "-1", "1.5", "9" * 30])
def test_a_number_that_is_no_place_is_refused_at_its_field_and_kept(editor, typed):
    before = keys()
    answer = send(editor, opened(editor) | {f"place-{before[3]}": typed})
    assert answer.texts(".places .errorlist") == [NO_PLACE.format(11)]
    (field,) = answer.all(".places [aria-invalid=true]")
    assert (field.get("name"), field.get("value") or "") == (f"place-{before[3]}", typed)
    assert keys() == before


def test_the_same_place_for_two_rows_is_refused_at_both(editor):
    before = keys()
    typed = {f"place-{before[5]}": "2", f"place-{before[8]}": "２"}
    answer = send(editor, opened(editor) | typed)
    assert answer.texts(".places .errorlist") == [TAKEN_PLACE.format(2)] * 2
    assert keys() == before


def test_the_change_is_one_step_of_the_history_and_is_undone_at_once(editor):
    before = keys()
    typed = {f"place-{before[-1]}": "1", f"place-{before[0]}": "4"}
    revisions, steps = Revision.objects.count(), RecordedChange.objects.values("step").distinct()
    count = steps.count()
    answer = send(editor, opened(editor) | typed)
    assert keys() == [before[-1], *before[1:3], before[0], *before[3:-1]]
    assert (Revision.objects.count(), steps.count()) == (revisions + 1, count + 1)
    assert history(FaqEntry.objects.get(pk=before[-1]))[0].comment == "並び順を変えました。"
    (undo,) = answer.attributes(".messagelist form", "action")
    send(editor, {}, undo)
    assert keys() == before


def test_a_page_on_which_nothing_was_typed_changes_nothing(editor):
    revisions = Revision.objects.count()
    assert SAME_ORDER in send(editor, opened(editor)).text
    assert Revision.objects.count() == revisions


def test_what_a_colleague_did_meanwhile_is_told_and_what_was_typed_stays(editor):
    first, second, *_, last = keys()
    data = opened(editor) | {f"place-{last}": "1"}
    FaqEntry.objects.filter(pk=first).delete()
    new = FaqEntry.objects.create(question="新しい質問", answer="回答", order=0)
    answer = send(editor, data)
    assert CHANGED_MEANWHILE in answer.text
    assert keys()[:2] == [new.pk, second]
    shown = {field.get("name"): field.get("value") for field in answer.all(".places input")}
    assert f"place-{first}" not in shown
    assert (shown[f"place-{new.pk}"], shown[f"place-{last}"]) == ("1", "1")
    again = {"seen": answer.attributes("[name=seen]", "value"), **shown}
    send(editor, again)
    assert keys()[:3] == [last, new.pk, second]


def test_a_colleague_who_is_quicker_by_a_moment_is_told_too(editor):
    *others, last = keys()
    data = opened(editor) | {f"place-{last}": "1"}
    with once_read(FaqEntry, FaqEntry.objects.filter(pk=others[0]).delete):
        assert CHANGED_MEANWHILE in send(editor, data).text
    assert keys() == [*others[1:], last]


def test_each_part_of_a_list_has_places_of_its_own(editor):
    url = reverse("admin:products_legaltext_order")
    parts = {kind: list(LegalText.objects.filter(kind=kind)) for kind in ("privacy", "closing")}
    page = Page(editor.get(url, secure=True))
    assert sorted(page.texts("legend")) == sorted(
        str(rows[0].get_kind_display()) for rows in parts.values() if rows
    )
    rows = max(parts.values(), key=len)
    send(editor, opened(editor, url) | {f"place-{rows[-1].pk}": "1"}, url)
    for kind, before in parts.items():
        after = list(LegalText.objects.filter(kind=kind))
        assert after == ([before[-1], *before[:-1]] if before is rows else before)


def test_who_may_not_change_the_list_does_not_get_the_page(client):
    client.force_login(hire("見る人", VIEWERS))
    assert client.get(URL, secure=True).status_code == 403
    listed = Page(client.get(reverse("admin:products_faqentry_changelist"), secure=True))
    assert URL not in listed.attributes(".object-tools a", "href")


def test_more_rows_take_no_more_queries_to_show(editor):
    with CaptureQueriesContext(connection) as before:
        opened(editor)
    FaqEntry.objects.bulk_create(
        FaqEntry(question=f"質問{number}", answer="回答", order=20) for number in range(30)
    )
    with CaptureQueriesContext(connection) as after:
        opened(editor)
    assert len(after) == len(before)


# The form of a row of the list


def numbers() -> list[int]:
    return list(FaqEntry.objects.values_list("order", flat=True))


@pytest.mark.parametrize(("row", "typed", "place"), [(4, "1", 1), (0, "１１", 11), (2, "4", 4)])
def test_a_number_typed_in_the_form_of_a_row_is_its_place(editor, row, typed, place):
    before = keys()
    entry = FaqEntry.objects.get(pk=before[row])
    assert save(editor, form_url_of(entry), order=typed).status_code == 302
    others = [key for key in before if key != entry.pk]
    assert keys() == [*others[: place - 1], entry.pk, *others[place - 1 :]]
    assert numbers() == [*range(1, 12)]


@pytest.mark.parametrize(("typed", "place"), [("1", 1), ("3", 3), ("12", 12), ("", 12)])
def test_a_new_row_goes_to_its_typed_place_or_to_the_end(editor, typed, place):
    save(editor, reverse("admin:products_faqentry_add"), question="新", answer="新", order=typed)
    assert FaqEntry.objects.all()[place - 1].question == "新"
    assert numbers() == [*range(1, 13)]


def test_the_rows_that_moved_with_it_have_their_new_numbers_in_their_history(editor):
    *_, last = FaqEntry.objects.all()
    first = FaqEntry.objects.first()
    save(editor, form_url_of(last), order="1")
    assert [(each.old, each.new) for each in history(first)[0].differences] == [("1", "2")]


@pytest.mark.parametrize("typed", ["0", "12", "最初", "99999"])
def test_a_number_that_is_no_place_is_refused_in_the_form_of_a_row(editor, typed):
    before = keys()
    answer = Page(save(editor, form_url_of(FaqEntry.objects.first()), order=typed))
    assert len(answer.texts(".field-order .errorlist")) == 1
    assert keys() == before


def test_an_emptied_place_is_refused(editor):
    answer = Page(save(editor, form_url_of(FaqEntry.objects.first()), order=""))
    assert answer.texts(".field-order .errorlist") == [NO_PLACE.format(11)]


def test_a_row_stays_where_a_colleague_moved_it_while_its_form_was_open(editor):
    first, second, third, *others = FaqEntry.objects.all()
    mine = form_data(editor, form_url_of(third), answer="直した回答")
    first.delete()
    editor.post(form_url_of(third), mine, secure=True)
    assert keys() == [row.pk for row in (second, third, *others)]
    mine = form_data(editor, form_url_of(third), answer="また直した回答")
    save(editor, form_url_of(second), order="5")
    asked = editor.post(form_url_of(third), mine, secure=True)
    mine["_seen"] = asked.context_data["seen"]
    assert editor.post(form_url_of(third), mine, secure=True).status_code == 302
    assert keys()[0] == third.pk


def test_the_form_shows_the_place_not_the_stored_number(editor):
    FaqEntry.objects.update(order=7)
    third = FaqEntry.objects.all()[2]
    shown = Page(editor.get(form_url_of(third), secure=True))
    assert shown.attributes("#id_order, [name=initial-order]", "value") == ["3", "3"]
    save(editor, form_url_of(third), answer="直した回答")
    assert third.pk == keys()[2]


def test_a_new_text_has_its_place_within_its_own_part(editor):
    url = reverse("admin:products_legaltext_add")
    others = list(LegalText.objects.exclude(kind="closing").values_list("pk", "order"))
    new = {"kind": "closing", "title": "新しい文", "text": "文", "order": "1"}
    assert save(editor, url, **new).status_code == 302
    assert LegalText.objects.filter(kind="closing").first().text == "文"
    assert list(LegalText.objects.exclude(kind="closing").values_list("pk", "order")) == others


# Rows within a form


def cautions() -> list[str]:
    return list(SupportDesk.objects.get().cautions.values_list("text", flat=True))


@pytest.fixture
def desk() -> SupportDesk:
    desk = SupportDesk.objects.get()
    desk.cautions.all().delete()
    for number, text in enumerate("abcde", start=1):
        desk.cautions.create(text=text, order=number)
    return desk


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ({4: "1"}, "eabcd"),
        ({0: "５"}, "bcdea"),
        ({0: "3", 3: "5"}, "bcaed"),
        ({0: "2", 1: "1"}, "bacde"),
    ],
)
def test_a_number_typed_in_a_row_is_its_place(editor, desk, typed, order):
    changes = {f"cautions-{row}-order": place for row, place in typed.items()}
    assert save(editor, form_url_of(desk), **changes).status_code == 302
    assert "".join(cautions()) == order
    assert [*desk.cautions.values_list("order", flat=True)] == [1, 2, 3, 4, 5]


def test_after_a_button_moved_a_row_another_can_be_typed(editor, desk):
    data = form_data(editor, form_url_of(desk)) | {"cautions-1-order-up": "1"}
    moved = editor.post(form_url_of(desk), data, secure=True)
    sent = data | {
        bound.html_name: bound.value()
        for form in forms_in(moved.context_data)
        for bound in form
        if bound.html_name.startswith("cautions-") and bound.name in ("id", "text", "order")
    }
    del sent["cautions-1-order-up"]
    sent["cautions-4-order"] = "1"
    assert editor.post(form_url_of(desk), sent, secure=True).status_code == 302
    assert "".join(cautions()) == "ebacd"


def test_a_row_takes_its_place_among_those_that_stay(editor, desk):
    changes = {"cautions-0-DELETE": "on", "cautions-0-order": "2", "cautions-4-order": "2"}
    save(editor, form_url_of(desk), **changes)
    assert "".join(cautions()) == "ebcd"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({4: "6"}, [NO_PLACE.format(5)]),
        ({4: "0"}, [NO_PLACE.format(5)]),
        ({3: "1", 4: "1"}, [TAKEN_PLACE.format(1)] * 2),
    ],
)
def test_a_wrong_place_in_a_row_is_refused_at_its_field(editor, desk, typed, says):
    changes = {f"cautions-{row}-order": place for row, place in typed.items()}
    answer = Page(save(editor, form_url_of(desk), **changes))
    assert answer.texts(".field-order .errorlist") == says
    assert "".join(cautions()) == "abcde"
