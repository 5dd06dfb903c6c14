"""Two editors, two tabs, two clicks."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.urls import reverse

from accounts.roles import EDITORS
from contacts.models import Desk, DeskRole
from editing.history import history
from editing.models import SavedForm
from products.admin.publication import FaqEntryAdmin
from products.models import CoverageCategory, CoveredEvent, FaqEntry, Notice, PolicyTerm
from tests.admin_forms import form_data, form_url_of, save, save_confirmed
from tests.html import Page, squeezed
from tests.meanwhile import once_read
from tests.people import hire

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk.objects.get(role=DeskRole.AGENCY)


def post(client, desk, data):
    return client.post(form_url_of(desk), data, secure=True)


def typed_otherwise(asked: Page) -> list[str]:
    """Return the rows of the table that compares what is stored with what was typed."""
    return asked.texts('.ask [aria-label$="あなたの入力"] tbody tr')


def changed_by_others(asked: Page) -> list[str]:
    return asked.texts('.ask [aria-label^="ほかの人"] tbody tr')


def test_a_newer_save_of_somebody_else_is_shown_and_not_overwritten(admin_client, desk):
    mine = form_data(admin_client, form_url_of(desk), telephone="03-1111-1111")
    save(admin_client, form_url_of(desk), telephone="03-2222-2222")
    asked = Page(post(admin_client, desk, mine))
    assert "adminさんが保存しました。まだ保存していません" in asked.text
    assert typed_otherwise(asked) == [
        "窓口取扱代理店(株式会社自動車部品会館)電話番号03-2222-222203-1111-1111"
    ]
    assert asked.attributes("#id_telephone", "value") == ["03-1111-1111"]
    desk.refresh_from_db()
    assert desk.telephone == "03-2222-2222"

    mine["_seen"] = asked.attributes("[name=_seen]", "value")[0]
    assert post(admin_client, desk, mine).status_code == 302
    desk.refresh_from_db()
    assert desk.telephone == "03-1111-1111"


def test_rows_of_the_form_are_compared_too(admin_client, desk):
    mine = form_data(admin_client, form_url_of(desk))
    desk.persons.first().delete()
    assert "まだ保存していません" in Page(post(admin_client, desk, mine)).text


def test_a_form_that_was_only_tried_leaves_no_version(admin_client, desk):
    mine = form_data(admin_client, form_url_of(desk), telephone="03-1111-1111")
    save(admin_client, form_url_of(desk), telephone="03-2222-2222")
    before = len(history(desk))
    post(admin_client, desk, mine)
    assert len(history(desk)) == before


def test_a_second_click_on_save_saves_nothing_more(admin_client, desk):
    data = form_data(admin_client, form_url_of(desk), telephone="03-1111-1111")
    assert post(admin_client, desk, data).status_code == 302
    before = len(history(desk))
    again = admin_client.post(form_url_of(desk), data, secure=True, follow=True)
    assert "すでに保存されています" in again.content.decode()
    assert len(history(desk)) == before


def add_notice(client, **changes):
    data = {"title": "件名", "text": "本文", "_save": "保存"} | changes
    url = reverse("admin:products_notice_add")
    return client.post(url, data, secure=True, follow=True).content.decode()


def test_what_was_just_added_is_not_added_again_by_a_second_click_or_by_going_back(
    admin_client, set_clock
):
    assert "追加しました" in add_notice(admin_client)
    assert "二重には保存していません" in add_notice(admin_client, _continue="1")
    assert Notice.objects.count() == 1


def test_what_was_changed_before_the_second_press_is_not_lost(admin_client):
    add_notice(admin_client)
    add_notice(admin_client, title="直した件名")
    assert list(Notice.objects.values_list("title", flat=True)) == ["直した件名", "件名"]


def test_the_same_may_be_added_again_later(admin_client):
    add_notice(admin_client)
    SavedForm.objects.update(saved_at=Now() - timedelta(minutes=61))
    save_confirmed(admin_client, "/admin/products/notice/add/", title="件名", text="本文")
    assert Notice.objects.count() == 2


def test_what_only_the_other_one_changed_is_told_from_what_one_typed(admin_client, desk):
    mine = form_data(admin_client, form_url_of(desk), email="mine@example.jp")
    save(admin_client, form_url_of(desk), telephone="03-2222-2222")
    rows = typed_otherwise(Page(post(admin_client, desk, mine)))
    assert [row.endswith("(変えていません)") for row in rows] == [True, False]
    assert rows[0].endswith("電話番号03-2222-222203-5422-6351(変えていません)")


def test_a_row_that_was_renamed_keeps_its_marks(admin_client):
    """Rows are matched by their identity: their names are content that may change."""
    category = CoverageCategory.objects.first()
    url = form_url_of(category)
    mine = form_data(admin_client, url, title="わたしの見出し")
    save(admin_client, url, title="ほかの人の見出し", text="ほかの人の説明")
    rows = typed_otherwise(Page(admin_client.post(url, mine, secure=True)))
    assert [row.endswith("(変えていません)") for row in rows] == [False, True]
    assert rows[0].endswith("ほかの人の見出しわたしの見出し")
    assert "ほかの人の説明" in rows[1]


def test_a_fault_in_the_input_comes_before_the_question(admin_client, desk):
    mine = form_data(admin_client, form_url_of(desk), telephone="でんわ")
    save(admin_client, form_url_of(desk), telephone="03-2222-2222")
    answer = Page(post(admin_client, desk, mine))
    assert "電話番号は「03-5422-6351」のように" in answer.text
    mine["telephone"] = "03-1111-1111"
    mine["_seen"] = answer.attributes("[name=_seen]", "value")[0]
    assert "まだ保存していません" in Page(post(admin_client, desk, mine)).text


def test_the_same_words_of_two_editors_are_two_additions(client):
    url = "/admin/products/notice/add/"
    for name in ("花子", "太郎"):
        client.force_login(hire(name, EDITORS))
        save_confirmed(client, url, title="同じ件名", text="同じ本文")
    assert Notice.objects.filter(title="同じ件名").count() == 2


def test_what_the_form_does_not_offer_is_as_somebody_saved_it_during_the_press(
    admin_client, monkeypatch
):
    monkeypatch.setattr(FaqEntryAdmin, "readonly_fields", ("answer",))
    entry = FaqEntry.objects.first()
    mine = form_data(admin_client, form_url_of(entry), question="わたしの質問")

    def change() -> None:
        FaqEntry.objects.filter(pk=entry.pk).update(answer="ほかの人の回答")

    with once_read(FaqEntry, change):
        asked = Page(post(admin_client, entry, mine))
    assert "まだ保存していません" in asked.text
    (row,) = typed_otherwise(asked)
    assert row.endswith("わたしの質問")


def test_what_the_others_changed_outside_the_form_is_shown_before_an_approval_is_recorded(
    client,
):
    term = PolicyTerm.objects.first()
    event = CoveredEvent.objects.filter(category__term=term).first()
    before = event.text
    hanako, taro = hire("花子", EDITORS), hire("太郎", EDITORS)
    client.force_login(hanako)
    approval = {"approval_number": "SJ26-9", "approved_on": "2025年9月30日"}
    mine = form_data(client, form_url_of(term), **approval)
    client.force_login(taro)
    number = list(event.category.events.all()).index(event)
    save(client, form_url_of(event.category), **{f"events-{number}-text": "見ていない説明"})
    client.force_login(hanako)
    asked = Page(post(client, term, mine))
    (change,) = changed_by_others(asked)
    assert change == squeezed(f"対象となる事故{event.title}説明{before}見ていない説明")
    assert len(typed_otherwise(asked)) == 2


def test_where_no_version_has_what_was_opened_it_says_that_the_changes_are_unknown(
    admin_client, desk
):
    mine = form_data(admin_client, form_url_of(desk), telephone="03-1111-1111", _seen="older")
    asked = Page(post(admin_client, desk, mine))
    assert "ほかの人が変えたところは表示できません" in asked.text
    assert len(asked.all(".ask .differences")) == 1
