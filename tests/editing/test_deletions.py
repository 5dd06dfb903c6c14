"""Deleting: what the public pages lose is said before, and all comes back in one step after."""

import pytest
import reversion
from django.contrib.auth.models import Permission
from django.db import connection
from django.db.models.signals import post_delete
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from reversion.models import Revision, Version

from contacts.models import Organisation
from editing.models import ChangeKind, RecordedChange, key_of
from editing.snapshots import snapshot
from products.models import (
    Document,
    FaqEntry,
    IncidentCase,
    LegalText,
    Notice,
    PolicyTerm,
    SupportDesk,
)
from tests.admin_forms import form_data, form_url_of
from tests.editing.admin_pages import page
from tests.factories import make_term
from tests.html import Page
from tests.moments import IN_THE_TERM, tokyo
from tests.people import hire

pytestmark = pytest.mark.django_db
BRING_BACK = "/admin/record/bring-back/"


@pytest.fixture
def office(client: Client, set_clock) -> Client:
    set_clock(IN_THE_TERM)
    client.force_login(hire("花子", "事務局"))
    return client


def notice(title: str, public_from: str | None) -> Notice:
    at = tokyo(public_from) if public_from else None
    return Notice.objects.create(title=title, text="本文", public_from=at)


def list_of(model: type) -> str:
    return reverse(f"admin:products_{model._meta.model_name}_changelist")


def ask(office: Client, *rows, **data) -> Page:
    """Choose the rows on their list and the action that deletes them, and see the page that follows."""
    keys = [row.pk for row in rows]
    chosen = {"action": "delete_selected", "_selected_action": keys}
    return Page(office.post(list_of(type(rows[0])), chosen | data, secure=True, follow=True))


def delete(office: Client, *rows) -> Page:
    return ask(office, *rows, post="yes")


def undo(office: Client, shown: Page) -> Page:
    step = shown.one(".messagelist form.undo [name=step]").get("value")
    return Page(office.post(BRING_BACK, {"step": step}, secure=True, follow=True))


def told(shown: Page) -> list[str]:
    return shown.texts("[aria-labelledby=losses] p")[:-1]


def all_entries() -> list[FaqEntry]:
    return list(FaqEntry.objects.all())


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (all_entries, ["「よくあるご質問」のページから{all}件すべてが消え、ページが空になります。"]),
        (lambda: all_entries()[:2], ["「よくあるご質問」のページから、{all}件のうち2件が消えます。"]),
        (
            lambda: [notice("公開", "2025-04-01T00:00"), notice("下書き", None)],
            ["「お知らせ」のページから1件すべてが消え、ページが空になります。", "「ホーム」のページからも消えます。"],
        ),
        (lambda: [notice("予約", "2030-01-01T00:00")], ["公開ページから消えるものはありません。"]),
    ],
    ids=["all", "some", "public and draft", "planned"],
)  # fmt: skip
def test_before_a_bulk_deletion_it_is_said_what_the_pages_lose(office, rows, says):
    rows = rows()
    expected = [each.format(all=FaqEntry.objects.count()) for each in says]
    assert told(ask(office, *rows)) == ["".join(each.split()) for each in expected]
    assert type(rows[0]).objects.filter(pk__in=[row.pk for row in rows]).count() == len(rows)


def test_before_a_single_deletion_it_is_said_too(office):
    entry, *others = all_entries()
    shown = page(office, "products_faqentry_delete", entry.pk)
    assert told(shown) == [
        f"「よくあるご質問」のページから、{len(others) + 1}件のうち1件が消えます。"
    ]
    text = LegalText.objects.filter(kind="privacy").last()
    shown = page(office, "products_legaltext_delete", text.pk)
    assert "「個人情報の取扱いについて」のページから" in told(shown)[0]


def test_what_may_not_be_deleted_tells_no_loss(office):
    organisation = Organisation.objects.filter(desks__isnull=False).first()
    shown = page(office, "contacts_organisation_delete", organisation.pk)
    assert shown.all("[aria-labelledby=losses]") == []


@pytest.mark.parametrize("number", [1, 3, None], ids=["one", "some", "all"])
def test_one_press_brings_back_all_with_keys_order_and_parts(office, visit, number):
    before = [snapshot(entry) for entry in all_entries()]
    public = visit("/faq/").text
    shown = delete(office, *all_entries()[:number])
    assert "を削除しました" in shown.texts(".messagelist")[0]
    assert len(shown.all(".messagelist li")) == 1
    assert visit("/faq/").text != public
    undone = undo(office, shown)
    assert "元に戻しました" in undone.texts(".messagelist")[0]
    assert [snapshot(entry) for entry in all_entries()] == before
    assert visit("/faq/").text == public


def test_what_somebody_else_deleted_meanwhile_is_not_counted_and_not_recorded_again(office):
    first, second, *_ = all_entries()

    def meanwhile(instance: FaqEntry, **kwargs) -> None:
        if instance == first:
            FaqEntry.objects.filter(pk=second.pk).delete()

    post_delete.connect(meanwhile, sender=FaqEntry)
    try:
        shown = delete(office, first, second)
    finally:
        post_delete.disconnect(meanwhile, sender=FaqEntry)
    deleted = RecordedChange.objects.filter(kind=ChangeKind.DELETED)
    assert [each.key for each in deleted] == [key_of(first)]
    assert f"「{first}」を削除しました" in shown.texts(".messagelist li")[0]
    assert "ほかの人がすでに削除していたものがあります。" in shown.texts(".messagelist")[0]


def test_the_message_after_a_single_deletion_has_the_button_too(office):
    draft = make_term("2030", "2030-04-01T16:00", "2031-04-01T16:00", public_from=None)
    draft.reasons.create(title="理由", text="説明")
    before = snapshot(draft)
    url = reverse("admin:products_policyterm_delete", args=[draft.pk])
    shown = Page(office.post(url, {"post": "yes"}, secure=True, follow=True))
    assert not PolicyTerm.objects.filter(pk=draft.pk).exists()
    undo(office, shown)
    assert snapshot(draft) == before


def test_bringing_back_is_one_revision_and_one_step_of_the_record(office):
    shown = delete(office, *all_entries()[:3])
    revisions = Revision.objects.count()
    undo(office, shown)
    assert Revision.objects.count() == revisions + 1
    assert Revision.objects.latest("pk").version_set.count() == 3
    added = RecordedChange.objects.filter(kind=ChangeKind.ADDED)
    assert added.count() == 3
    assert len({entry.step for entry in added}) == 1
    assert {entry.says for entry in added} == {"削除したものを元に戻しました。"}


def test_where_one_does_not_fit_any_more_nothing_comes_back(office):
    rows = [
        Document.objects.create(
            code=code, title=f"資料{code}", kind="other", url="https://example.jp/"
        )
        for code in ("a", "b")
    ]
    shown = delete(office, *rows)
    Document.objects.create(code="b", title="新しい", kind="other", url="https://example.jp/")
    undone = undo(office, shown)
    messages = "".join(undone.texts(".messagelist"))
    assert "元に戻せませんでした。何も変わっていません。" in messages
    assert "資料資料b:" in messages
    assert not Document.objects.filter(code="a").exists()


def test_what_came_back_meanwhile_is_left_as_it_is(office):
    entry = all_entries()[0]
    shown = delete(office, entry)
    undo(office, shown)
    FaqEntry.objects.filter(pk=entry.pk).update(answer="直した")
    assert "すでに元に戻されています" in "".join(undo(office, shown).texts(".messagelist"))
    assert FaqEntry.objects.get(pk=entry.pk).answer == "直した"


def test_a_deletion_keeps_what_was_there_although_no_version_held_it(office):
    entry = all_entries()[0]
    with reversion.create_revision():
        reversion.add_to_revision(entry)
    FaqEntry.objects.filter(pk=entry.pk).update(answer="ほかから直した回答")
    undo(office, delete(office, entry))
    assert FaqEntry.objects.get(pk=entry.pk).answer == "ほかから直した回答"
    assert Version.objects.get_deleted(FaqEntry).count() == 0


def test_deleted_things_are_chosen_in_the_record_and_brought_back_together(office):
    first, second, third, *_ = all_entries()
    delete(office, first, second, third)
    record = Page(office.get("/admin/record/?kind=deleted", secure=True))
    ticks = record.attributes(".record-tick input", "value")
    assert set(ticks) == {key_of(first), key_of(second), key_of(third)}
    office.post(BRING_BACK, {"key": [key_of(first), key_of(third)]}, secure=True)
    assert FaqEntry.objects.filter(pk__in=[first.pk, third.pk]).count() == 2
    assert not FaqEntry.objects.filter(pk=second.pk).exists()
    record = Page(office.get("/admin/record/", secure=True))
    assert record.attributes(".record-tick input", "value") == [key_of(second)]


def test_deleted_things_are_chosen_in_the_list_of_what_was_deleted(office):
    first, second, *_ = all_entries()
    delete(office, first, second)
    deleted = page(office, "products_faqentry_recoverlist")
    keys = deleted.attributes("input[name=key]", "value")
    office.post(deleted.one("#content form").get("action"), {"key": keys}, secure=True)
    assert FaqEntry.objects.filter(pk__in=[first.pk, second.pk]).count() == 2


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"key": ["products.faqentry x"]},
        {"key": ["products.faqentry 999999"]},
        {"key": ["products.faqentry 99999999999999999999"]},
        {"step": "x"},
        {"step": "00000000-0000-0000-0000-000000000001"},
    ],
)
def test_nonsense_is_answered_with_a_message(office, data):
    shown = Page(office.post(BRING_BACK, data, secure=True, follow=True))
    assert "元に戻すものが見つかりません" in "".join(shown.texts(".messagelist"))


@pytest.mark.parametrize("key", ["auth.user 1", "nothing.nowhere 1", "editing.recordedchange 1"])
def test_only_content_comes_back(office, key):
    assert office.post(BRING_BACK, {"key": key}, secure=True).status_code == 403


def test_who_may_delete_and_not_add_gets_no_button(client):
    user = hire("臨時")
    names = ("view_faqentry", "change_faqentry", "delete_faqentry", "see_record")
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    entry = all_entries()[0]
    shown = delete(client, entry)
    assert "を削除しました" in shown.texts(".messagelist")[0]
    assert not shown.all("form.undo")
    assert client.post(BRING_BACK, {"key": key_of(entry)}, secure=True).status_code == 403
    record = Page(client.get("/admin/record/?kind=deleted", secure=True))
    assert not record.all(".record-tick")


def test_many_deleted_entries_on_a_page_take_no_further_queries(office):
    delete(office, *all_entries()[:1])
    with CaptureQueriesContext(connection) as few:
        office.get("/admin/record/?kind=deleted", secure=True)
    delete(office, *all_entries())
    with CaptureQueriesContext(connection) as many:
        office.get("/admin/record/?kind=deleted", secure=True)
    assert len(few) == len(many)


def test_a_save_names_the_rows_that_it_deleted_and_where_they_come_back(office):
    draft = make_term("2030", "2030-04-01T16:00", "2031-04-01T16:00", public_from=None)
    draft.reasons.create(title="一つ目", text="説明", order=1)
    draft.reasons.create(title="二つ目", text="説明", order=2)
    url = form_url_of(draft)
    office.post(url, form_data(office, url), secure=True)
    shown = Page(office.get("/admin/", secure=True))
    assert "削除" not in "".join(shown.texts(".messagelist"))
    data = form_data(office, url, **{"reasons-1-DELETE": "on"})
    shown = Page(office.post(url, data, secure=True, follow=True))
    message = shown.one(".messagelist .warning")
    assert "「選ばれる理由 二つ目」を削除しました" in message.text_content()
    history = page(office, "products_policyterm_history", draft.pk)
    assert message.cssselect("a")[0].get("href") == history.response.request["PATH_INFO"]


@pytest.fixture
def linked_draft(office, term) -> PolicyTerm:
    """Return a prepared term, whose first support function an incident case of the support desk names."""
    office.post("/admin/products/policyterm/next/", {"latest": "2025"}, secure=True)
    draft = PolicyTerm.objects.exclude(pk=term.pk).get()
    assert save_desk(office, **{"cases-0-functions": [draft.support_functions.first().pk]}) == 302
    return draft


def save_desk(office: Client, **changes) -> int:
    url = form_url_of(SupportDesk.objects.get())
    return office.post(url, form_data(office, url, **changes), secure=True).status_code


def delete_term(office: Client, term: PolicyTerm) -> Page:
    url = f"/admin/products/policyterm/{term.pk}/delete/"
    return Page(office.post(url, {"post": "yes"}, secure=True, follow=True))


def links(code: str) -> int:
    return IncidentCase.functions.through.objects.filter(supportfunction__term__code=code).count()


def test_links_of_others_come_back_with_what_they_led_to(office, linked_draft):
    shown = delete_term(office, linked_draft)
    assert links(linked_draft.code) == 0
    undo(office, shown)
    assert links(linked_draft.code) == 1


def test_links_that_somebody_has_saved_without_since_stay_out(office, linked_draft):
    shown = delete_term(office, linked_draft)
    assert save_desk(office, **{"cases-0-signs": "新しい例"}) == 302
    undo(office, shown)
    assert PolicyTerm.objects.filter(code=linked_draft.code).exists()
    assert links(linked_draft.code) == 0
