"""The rights that replacing takes, and what cannot be replaced."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import USER_ADMINISTRATORS, VIEWERS
from products.admin.publication import FaqEntryAdmin
from products.models import FaqEntry, Notice
from tests.editing.replacing import (
    OUTDATED,
    all_places,
    answers,
    make_questions,
    persons,
    press,
    replace,
    shown,
    ticked,
)
from tests.html import squeezed
from tests.people import hire

pytestmark = pytest.mark.django_db


def user_with(*codenames: str) -> User:
    user = User.objects.create_user("person", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def test_nothing_is_replaced_that_one_may_only_view(client):
    Notice.objects.create(title="飯島", text="本文")
    client.force_login(
        user_with("view_notice", "change_desk", "view_personincharge", "change_faqentry")
    )
    make_questions("飯島")
    page = shown(client, "飯島", "山田")
    assert page.text.count("変更する権限がありません。") == 3
    assert len(all_places(page)) == 1
    client.force_login(User.objects.create_superuser("root"))
    places = all_places(shown(client, "飯島", "山田"))
    client.force_login(User.objects.get(username="person"))
    assert squeezed(OUTDATED) in press(client, "飯島", "山田", places).text
    assert answers() == ["飯島"]
    assert Notice.objects.get().title == "飯島"


@pytest.mark.parametrize("role", [VIEWERS, USER_ADMINISTRATORS])
def test_who_does_not_edit_replaces_nothing(client, role):
    client.force_login(hire("監査", role))
    url = "/admin/replace/?q=飯島&new=山田"
    assert client.get(url, secure=True).status_code == 403
    assert client.post("/admin/replace/", {"q": "飯島"}, secure=True).status_code == 403
    assert "置き換える" not in client.get("/admin/search/?q=飯島", secure=True).content.decode()


@pytest.mark.parametrize(
    ("words", "new", "places", "message"),
    [
        ("飯島", "", [], "置き換える言葉を入力してください。"),
        ("飯島", "あ" * 501, [], "500文字以下"),
        ("-", "山田", [], "文字か数字を入力してください。"),
        ("飯島", "山田", [], "置き換える場所を選んでください。"),
        ("飯島", "山田", ["x"], OUTDATED),
        ("どこにもない", "山田", [], "「どこにもない」がある場所はありません。"),
    ],
)
def test_what_cannot_be_done_is_told(editor, words, new, places, message):
    page = press(editor, words, new, places)
    assert squeezed(message) in page.text
    assert persons() == ["飯島", "千葉", "飯島"]


def test_no_box_and_no_link_puts_a_long_text_into_a_url(editor):
    long = "青" * 5000
    for words, new in ((long, long), (long, "赤"), ("飯島", long)):
        page = shown(editor, words, new)
        assert squeezed("500文字以下") in page.text
        assert {*page.attributes("form.search-box", "method")} == {"post"}
        assert all(len(link) < 1000 for link in page.attributes("a[href]", "href"))
    assert page.one("#new-words").get("value") == long


def test_more_places_than_a_page_shows_are_refused(editor):
    FaqEntry.objects.bulk_create(FaqEntry(question=f"青{n}", answer="答え") for n in range(201))
    page = shown(editor, "青", "赤")
    assert "一度に置き換えられるのは200件までです" in page.text
    assert not all_places(page)


def test_new_words_are_words_and_no_markup(editor):
    make_questions("青")
    page = replace(editor, "青", "<b>&amp;")
    assert answers() == ["<b>&amp;"]
    assert "「<b>&amp;」に" in page.one(".messagelist").text_content()


def test_the_page_has_few_queries(editor, term):
    for number in range(60):
        term.reasons.create(title=f"青{number}", text="説明")
        make_questions_numbered(number)
    shown(editor, "青", "赤")
    with CaptureQueriesContext(connection) as captured:
        assert len(all_places(shown(editor, "青", "赤"))) == 120
    assert len(captured) <= 45


def make_questions_numbered(number: int) -> None:
    FaqEntry.objects.create(question=f"番号{number}", answer="青")


def test_a_press_after_the_session_ended_gives_back_what_was_chosen(editor):
    places = ticked(shown(editor, "飯島", "山田"))
    editor.logout()
    page = press(editor, "飯島", "山田", places)
    assert "ログインの時間が切れました" in page.text
    assert page.attributes("input[name=place]", "value") == places


def test_a_field_that_its_form_does_not_offer_has_no_box(editor, monkeypatch):
    make_questions("青")
    monkeypatch.setattr(FaqEntryAdmin, "readonly_fields", ("answer",))
    page = shown(editor, "青", "赤")
    assert squeezed("この欄は、変更できない内容です。") in page.text
    assert not all_places(page)


def test_more_places_than_a_page_shows_are_not_replaced_by_a_press_either(editor):
    make_questions("青")
    places = all_places(shown(editor, "青", "赤"))
    FaqEntry.objects.bulk_create(FaqEntry(question=f"青{n}", answer="答え") for n in range(200))
    assert (
        squeezed("一度に置き換えられるのは200件までです") in press(editor, "青", "赤", places).text
    )
    assert answers() == ["青"]
