"""A change of several objects is undone in one step, unless something was changed since."""

import pytest
import reversion
from django.contrib.auth.models import User
from django.test import Client
from reversion.models import Revision

from accounts.roles import VIEWERS
from contacts.models import Desk
from editing.history import history
from editing.saving import Conflict, Stored
from editing.undoing import changed_objects
from editing.undoing import undo as undo_all
from products.models import Notice
from tests.editing.admin_pages import page
from tests.editing.replacing import all_places, persons, press, replace, shown
from tests.html import Page, squeezed
from tests.moments import tokyo
from tests.people import hire

pytestmark = pytest.mark.django_db
NOT_UNDONE = "まとめて元に戻すことはできません"


@pytest.fixture
def undo(editor) -> str:
    """The URL in the message about words that were replaced at two desks."""
    return replace(editor, "飯島", "山田").attributes(".messagelist form", "action")[0]


def look(client: Client, url: str) -> Page:
    return Page(client.get(url, secure=True))


def confirm(client: Client, url: str, reason: str = "") -> Page:
    return Page(client.post(url, {"_reason": reason}, secure=True, follow=True))


def test_undoing_is_shown_before_it_is_done(editor, undo):
    shown = look(editor, undo)
    assert len(shown.all(".differences")) == 2
    assert "まだ戻していません" in shown.text
    assert persons() == ["山田", "千葉", "山田"]


def test_all_objects_are_as_they_were_in_one_step(editor, undo):
    before = Revision.objects.count()
    assert confirm(editor, undo).texts(".messagelist") == ["元に戻しました(2件)。"]
    assert persons() == ["飯島", "千葉", "飯島"]
    assert Revision.objects.count() == before + 1
    for desk in Desk.objects.filter(persons__name="飯島"):
        assert history(desk)[0].comment.endswith("の変更を元に戻しました(2件)。")


def test_nothing_is_undone_where_something_was_changed_since(editor, undo, agency):
    Desk.objects.filter(pk=agency.pk).update(department="新しい部署")
    for answer in (look(editor, undo), confirm(editor, undo)):
        assert NOT_UNDONE in answer.text
        assert squeezed(f"窓口「{agency}」は、その後に変更されました。") in answer.text
        assert not answer.all("#content-main form[method=post]")
    assert persons() == ["山田", "千葉", "山田"]


def test_nothing_is_undone_where_somebody_saves_during_the_press(editor, undo, agency, rf):
    request = rf.post(undo)
    request.user = User.objects.get(username="花子")
    revision = history(agency)[0].version.revision
    changed = changed_objects(revision)
    assert not any(each.why_not for each in changed)
    Desk.objects.filter(pk=agency.pk).update(department="新しい部署")
    outcomes = undo_all(request, revision, changed)
    assert {type(outcome) for outcome in outcomes} == {Stored, Conflict}
    assert persons() == ["山田", "千葉", "山田"]


def test_what_was_undone_is_not_undone_twice(editor, undo):
    confirm(editor, undo)
    before = Revision.objects.count()
    assert confirm(editor, undo).text.count("は、すでに前の内容です。") == 2
    assert Revision.objects.count() == before


def test_undoing_is_undone_like_any_change(editor, undo):
    confirm(editor, undo)
    again = history(Desk.objects.get(role="agency"))[0].version.revision_id
    confirm(editor, f"/admin/changes/{again}/undo/")
    assert persons() == ["山田", "千葉", "山田"]


def test_what_was_deleted_or_added_keeps_a_change_from_being_undone(editor):
    for number in range(2):
        Notice.objects.create(title=f"青{number}", text="本文")
    url = replace(editor, "青", "赤").attributes(".messagelist form", "action")[0]
    Notice.objects.get(title="赤1").delete()
    told = look(editor, url)
    assert "お知らせ「赤0」は、この変更で追加されたものです。" in told.text
    assert "お知らせ「赤1」は、その後に削除されました。" in told.text


def test_undoing_what_is_public_needs_a_reason(editor, term):
    words, new = "緊急時サポート総合サービスが", "サポートサービスが"
    press(editor, words, new, all_places(shown(editor, words, new)), "誤字のため")
    url = f"/admin/changes/{history(term)[0].version.revision_id}/undo/"
    for reason, told in (("", "訂正する理由を入力"), ("\ue000", "外字")):
        refused = confirm(editor, url, reason)
        assert told in refused.texts("#reason-error")[0]
        assert refused.attributes("#reason", "value") == [reason]
    assert term.reasons.filter(text__contains=new).exists()
    confirm(editor, url, "間違えたため")
    assert term.reasons.filter(text__contains=words).exists()
    assert history(term)[0].comment.startswith("訂正の理由:間違えたため(")


def test_the_rules_of_a_form_hold_for_undoing_too(editor, term, settings):
    words, new = "緊急時サポート総合サービスが", "サポートサービスが"
    press(editor, words, new, all_places(shown(editor, words, new)), "誤字のため")
    url = f"/admin/changes/{history(term)[0].version.revision_id}/undo/"
    settings.APPROVAL_REQUIRED = True
    assert "引受保険会社の承認番号と承認日が必要です。" in confirm(editor, url, "間違えたため").text
    assert term.reasons.filter(text__contains=new).exists()


def test_everybody_comes_to_the_objects_in_the_same_order():
    """Two who undo changes of the same objects could otherwise wait for each other."""
    desks, orders = list(Desk.objects.all()), []
    for saved in (desks, desks[::-1]):
        with reversion.create_revision():
            for desk in saved:
                reversion.add_to_revision(desk)
        revision = Revision.objects.latest("pk")
        orders.append([each.key for each in changed_objects(revision)])
    assert len(desks) > 1
    assert orders[0] == orders[1]


def test_the_history_offers_it_for_changes_of_several_objects_alone(editor, undo, agency):
    link = f'a[href="{undo}"]'
    told = page(editor, "contacts_desk_history", agency.pk)
    assert told.texts(link) == ["まとめて元に戻す"]
    assert "この変更は、全部で2件を一度に変えたものです。" in told.text
    confirm(editor, undo)
    replace(editor, "千葉", "青井")
    entry = history(agency)[0]
    assert entry.together == 1
    told = page(editor, "contacts_desk_history", agency.pk)
    assert len(told.all(".history-entry a[href^='/admin/changes/']")) == 2


def test_a_change_of_one_object_is_undone_from_its_message_too(editor):
    url = replace(editor, "千葉", "青井").attributes(".messagelist form", "action")[0]
    confirm(editor, url)
    assert "千葉" in persons()


def test_only_who_may_change_all_of_it_undoes_it(client, undo):
    client.force_login(hire("監査", VIEWERS))
    assert client.get(undo, secure=True).status_code == 403
    assert client.post(undo, secure=True).status_code == 403
    assert not page(client, "contacts_desk_history", Desk.objects.get(role="agency").pk).all(
        f'a[href="{undo}"]'
    )


def test_an_unknown_change_is_not_found(editor):
    assert editor.get("/admin/changes/999999/undo/", secure=True).status_code == 404
    empty = Revision.objects.create(date_created=tokyo("2025-10-01T00:00"))
    assert editor.get(f"/admin/changes/{empty.pk}/undo/", secure=True).status_code == 404
