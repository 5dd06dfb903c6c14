"""Tests of the record of changes and of going back to a version."""

import json
from io import StringIO

import pytest
import reversion
from django.contrib.auth.models import Permission, User
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from reversion.models import Version

from contacts.models import Desk, DeskRole
from editing.content_files import models_in_files
from editing.history import history
from products.models import Document, FaqEntry, Notice, PolicyTerm, SupportDesk
from products.rollover import prepare_next
from tests.admin_forms import form_data, form_url_of, save
from tests.factories import pdf
from tests.html import Page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _first_versions():
    call_command("createinitialrevisions", verbosity=0)


@pytest.fixture
def agency() -> Desk:
    return Desk.objects.get(role=DeskRole.AGENCY)


def page(client, name: str, *arguments) -> Page:
    return Page(client.get(reverse(f"admin:{name}", args=arguments), secure=True))


def test_a_save_is_told_with_who_when_and_old_and_new_side_by_side(admin_client, agency, set_clock):
    set_clock("2025-10-03T10:00")
    save(admin_client, form_url_of(agency), telephone="03-1111-2222")
    told = page(admin_client, "contacts_desk_history", agency.pk)
    assert "2025年10月3日10:00(日本時間)adminさん" in told.texts(".history-entry h2")[0]
    assert told.texts(".history-entry:first-child tbody tr") == [
        "窓口取扱代理店(株式会社自動車部品会館)電話番号03-5422-635103-1111-2222"
    ]


def test_rows_within_a_form_are_told_too(admin_client):
    term = PolicyTerm.objects.get()
    save(
        admin_client,
        form_url_of(term),
        **{"premium_rows-0-annual_low": "15万円", "reasons-2-DELETE": "on"},
    )
    (newest, first) = history(term)
    assert [(each.row, each.field, each.old) for each in newest.differences] == [
        ("選ばれる理由 事故発生時の幅広い補償を提供", "", newest.differences[0].old),
        ("保険料の例 No.1 売上高10億円", "年間保険料・下限(円)", "140,230円"),
    ]
    assert "事故発生時にかかる費用を包括的に補償します。" in newest.differences[0].old
    assert newest.differences[1].new == "150,000円"
    assert "訂正の理由:誤字のため" in newest.comment
    assert first.differences == []


def test_going_back_brings_back_the_object_with_its_rows(admin_client, visit):
    term = PolicyTerm.objects.get()
    save(
        admin_client,
        form_url_of(term),
        **{"premium_rows-0-annual_low": "1", "reasons-2-DELETE": "on", "coverage_note": "違う"},
    )
    version = history(term)[1].version
    url = reverse("admin:products_policyterm_revision", args=[term.pk, version.pk]) + "?correct=1"
    shown = Page(admin_client.get(url, secure=True))
    assert "まだ戻していません" in shown.text
    assert "140,230円" in shown.text
    assert term.premium_rows.get(number=1).annual_low == 1  # looking changes nothing
    data = form_data(admin_client, url)
    assert admin_client.post(url, data, secure=True).status_code == 302
    assert term.premium_rows.get(number=1).annual_low == 140_230
    assert term.reasons.count() == 3
    assert "140,230円" in visit("/insurance/").text
    newest, *before = history(term)
    assert len(before) == 2
    assert newest.comment.startswith("訂正の理由:誤字のため(20")
    assert newest.comment.endswith("分に保存した内容に戻しました。)")


def test_something_deleted_is_brought_back(admin_client, visit):
    url = reverse("admin:products_notice_add")
    admin_client.post(
        url,
        {"title": "お知らせの件名", "text": "本文", "public_from_0": "2025-10-01"},
        secure=True,
    )
    notice = Notice.objects.get()
    public = notice.get_absolute_url()
    admin_client.post(
        reverse("admin:products_notice_delete", args=[notice.pk]), {"post": "yes"}, secure=True
    )
    visit(public, status=404)
    deleted = page(admin_client, "products_notice_recoverlist")
    recover = deleted.attributes("tbody a", "href")[0]
    data = form_data(admin_client, recover)
    assert admin_client.post(recover, data, secure=True).status_code == 302
    assert "お知らせの件名" in visit(public).text


def test_a_version_without_a_field_that_is_needed_is_shown_but_not_brought_back(admin_client):
    entry = FaqEntry.objects.first()
    version = Version.objects.get_for_object(entry).first()
    (row,) = json.loads(version.serialized_data)
    row["fields"]["heading"] = row["fields"].pop("question")
    version.serialized_data = json.dumps([row])
    version.save()
    save(admin_client, form_url_of(entry), answer="別の回答")
    told = page(admin_client, "products_faqentry_history", entry.pk)
    assert "この版には、後から加わった項目「質問」がありません。" in told.text
    assert "この版には、いまはない項目「heading」の内容があります。" in told.text
    refused = page(admin_client, "products_faqentry_revision", entry.pk, version.pk)
    assert "後から加わった「質問」がありません。" in refused.text
    entry.delete()
    deleted = page(admin_client, "products_faqentry_recover", version.pk)
    assert "後から加わった「質問」がありません。" in deleted.text


def test_a_version_without_a_field_that_is_part_of_its_name_can_be_read(admin_client):
    term = PolicyTerm.objects.get()
    version = Version.objects.get_for_object(term).first()
    (row,) = json.loads(version.serialized_data)
    del row["fields"]["starts_at"]
    version.serialized_data = json.dumps([row])
    version.save()
    save(admin_client, form_url_of(term), coverage_note="別の注記")
    told = page(admin_client, "products_policyterm_history", term.pk)
    assert "この版には、後から加わった項目「保険期間の開始」がありません。" in told.text


def test_a_version_of_another_model_is_no_url_here(admin_client, agency):
    version = Version.objects.get_for_object(agency).first()
    for name, arguments in (
        ("products_notice_recover", [version.pk]),
        ("products_faqentry_revision", [FaqEntry.objects.first().pk, version.pk]),
    ):
        url = reverse(f"admin:{name}", args=arguments)
        assert admin_client.get(url, secure=True).status_code == 404


def test_a_version_is_brought_back_in_its_own_object_alone(admin_client, agency):
    version = Version.objects.get_for_object(agency).first()
    other = Desk.objects.exclude(pk=agency.pk).first()
    url = reverse("admin:contacts_desk_revision", args=[other.pk, version.pk])
    assert admin_client.get(url, secure=True).status_code == 404


def test_what_is_not_deleted_is_not_recovered(admin_client):
    version = Version.objects.get_for_object(FaqEntry.objects.first()).first()
    url = reverse("admin:products_faqentry_recover", args=[version.pk])
    assert admin_client.get(url, secure=True).status_code == 404


def test_who_may_only_read_brings_nothing_back(client):
    entry = FaqEntry.objects.first()
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename="view_faqentry"))
    client.force_login(reader)
    version = Version.objects.get_for_object(entry).first()
    assert "変更の記録" in page(client, "products_faqentry_history", entry.pk).text
    revision = reverse("admin:products_faqentry_revision", args=[entry.pk, version.pk])
    assert client.get(revision, secure=True).status_code == 403
    assert client.post(revision, {}, secure=True).status_code == 403
    entry.delete()
    recover = reverse("admin:products_faqentry_recover", args=[version.pk])
    assert client.get(recover, secure=True).status_code == 403
    assert client.post(recover, {}, secure=True).status_code == 403


def test_an_old_version_with_a_fault_stays_on_the_screen_and_changes_nothing(admin_client, agency):
    version = Version.objects.get_for_object(agency).first()
    save(admin_client, form_url_of(agency), telephone="03-1111-2222")
    url = reverse("admin:contacts_desk_revision", args=[agency.pk, version.pk])
    data = form_data(admin_client, url) | {"telephone": "電話", "department": "別の課"}
    refused = Page(admin_client.post(url, data, secure=True))
    assert refused.texts(".field-telephone .errorlist")
    assert refused.attributes("#id_department", "value") == ["別の課"]
    agency.refresh_from_db()
    assert agency.telephone == "03-1111-2222"
    assert "いまの内容と同じです" not in refused.text
    data |= dict(refused.one("#content-main form").form_values()) | {"telephone": "03-5422-6351"}
    assert admin_client.post(url, data, secure=True).status_code == 302
    agency.refresh_from_db()
    assert (agency.telephone, agency.department) == ("03-5422-6351", "別の課")


def test_a_file_of_an_old_version_outlasts_a_conflict(admin_client):
    document = Document(code="pamphlet", title="資料", kind="pamphlet")
    for name in ("old.pdf", "new.pdf"):
        document.file.save(name, ContentFile(pdf()))
        with reversion.create_revision():
            reversion.add_to_revision(document)
    old = history(document)[1].version
    url = reverse("admin:products_document_revision", args=[document.pk, old.pk])
    data = form_data(admin_client, url)
    del data["file"]
    Document.objects.update(title="別の資料名")
    assert "まだ保存していません" in Page(admin_client.post(url, data, secure=True)).text
    assert document.file.storage.exists(old.field_dict["file"].name)


def test_what_an_editor_may_no_longer_change_does_not_come_back(admin_client, set_clock):
    set_clock("2025-10-03T10:00")
    term = PolicyTerm.objects.get()
    old = Version.objects.get_for_object(term).first()
    old.serialized_data = old.serialized_data.replace('"code": "2025"', '"code": "draft"')
    old.save()
    save(admin_client, form_url_of(term), coverage_note="違う")
    url = reverse("admin:products_policyterm_revision", args=[term.pk, old.pk]) + "?correct=1"
    assert admin_client.post(url, form_data(admin_client, url), secure=True).status_code == 302
    term.refresh_from_db()
    assert term.code == "2025"  # which URLs and calendars hold
    assert term.coverage_note != "違う"


def changed(instance, **values) -> None:
    """Let the first version of an object hold other values."""
    version = Version.objects.get_for_object(instance).first()
    (row,) = json.loads(version.serialized_data)
    fields = row["fields"] | {name: value for name, value in values.items() if name != "model"}
    row |= {"model": values.get("model", row["model"]), "fields": fields}
    version.serialized_data = json.dumps([row])
    version.save()


@pytest.mark.parametrize(
    ("find", "edit", "values"),
    [
        (SupportDesk.objects.get, {"text": "別の文"}, {"functions": 5}),
        (Document.objects.last, {"title": "別の名"}, {"term": "昔は文でした"}),
        (Document.objects.last, {"title": "別の名"}, {"public_from": "春ごろ"}),
        (PolicyTerm.objects.get, {"coverage_note": "別の注記"}, {"model": "products.gone"}),
    ],
    ids=["many relations", "one relation", "moment", "model"],
)
def test_a_version_from_before_a_field_had_its_type_can_be_read(admin_client, find, edit, values):
    document = Document.objects.create(
        code="pamphlet", title="資料", kind="pamphlet", order=99, url="https://example.jp/"
    )
    with reversion.create_revision():
        reversion.add_to_revision(document)
    whole = find()
    part = {"functions": lambda: whole.cases.first(), "model": lambda: whole.reasons.first()}
    changed(part.get(next(iter(values)), lambda: whole)(), **values)
    save(admin_client, form_url_of(whole), **edit)
    told = page(admin_client, f"products_{whole._meta.model_name}_history", whole.pk)
    assert len(told.all(".history-entry")) == 2


def test_several_that_are_deleted_at_once_can_each_be_recovered(admin_client):
    entries = FaqEntry.objects.all()[:2]
    data = {"action": "delete_selected", "_selected_action": [e.pk for e in entries], "post": "yes"}
    url = reverse("admin:products_faqentry_changelist")
    names = {str(entry) for entry in entries}
    assert admin_client.post(url, data, secure=True).status_code == 302
    deleted = page(admin_client, "products_faqentry_recoverlist").text
    assert len(names) == 2
    assert all(name in deleted for name in names)


def test_a_form_of_something_deleted_meanwhile_leads_to_the_list(admin_client):
    entry = FaqEntry.objects.first()
    url = form_url_of(entry)
    data = form_data(admin_client, url)
    entry.delete()
    response = admin_client.post(url, data, secure=True, follow=True)
    assert "見つかりません。削除された可能性があります。" in Page(response).text


def test_a_part_that_is_deleted_by_itself_is_in_the_history_of_its_whole(admin_client, set_clock):
    set_clock("2025-10-03T10:00")
    draft = prepare_next(PolicyTerm.objects.get())
    category = draft.coverage_categories.first()
    url = reverse("admin:products_coveragecategory_delete", args=[category.pk])
    assert admin_client.post(url, {"post": "yes"}, secure=True).status_code == 302
    (entry,) = history(draft)
    assert entry.comment == f"補償「{category}」を削除しました。"


def test_an_edit_of_one_coverage_is_in_the_history_of_its_term(admin_client):
    term = PolicyTerm.objects.get()
    category = term.coverage_categories.first()
    save(admin_client, form_url_of(category), title="別の見出し")
    assert [each.new for each in history(term)[0].differences] == ["別の見出し"]
    response = admin_client.get(
        reverse("admin:products_coveragecategory_history", args=[category.pk]), secure=True
    )
    assert response.url == reverse("admin:products_policyterm_history", args=[term.pk])


def test_every_content_model_keeps_versions():
    assert set(models_in_files()) <= set(reversion.get_registered_models())


def test_what_was_loaded_is_the_first_version(empty_database):
    Version.objects.all().delete()
    call_command("load_content", verbosity=0, stdout=StringIO())
    (entry,) = history(Desk.objects.get(role=DeskRole.AGENCY))
    assert entry.comment == "記録の始まり"


@pytest.fixture
def saved_often(agency) -> Desk:
    """Return a desk with 300 versions."""
    Version.objects.all().delete()
    for number in range(300):
        agency.department = f"{number}課"
        agency.save()
        with reversion.create_revision():
            reversion.add_to_revision(agency)
    return agency


def test_a_long_history_is_read_page_by_page(
    admin_client, saved_often, django_assert_max_num_queries
):
    url = reverse("admin:contacts_desk_history", args=[saved_often.pk])
    with django_assert_max_num_queries(40):  # some for each entry, none for other versions
        newest = Page(admin_client.get(url, secure=True))
    assert len(newest.all(".history-entry")) == 20
    assert newest.texts(".history-entry:first-child tbody tr")[0].endswith("298課299課")
    assert newest.texts(".history-pages") == ["300件のうち1〜20件目前の記録"]
    oldest = Page(admin_client.get(f"{url}?p=15", secure=True))
    assert oldest.texts(".history-pages") == ["新しい記録300件のうち281〜300件目"]
    assert "記録の始まり" in oldest.texts(".history-entry")[-1]
    middle = Page(admin_client.get(f"{url}?p=2", secure=True))
    assert middle.texts(".history-entry tbody tr")[-1].endswith("259課260課")


@pytest.mark.parametrize("number", ["0", "99", "x"])
def test_a_page_of_the_history_that_does_not_exist_is_the_nearest_one(admin_client, agency, number):
    url = reverse("admin:contacts_desk_history", args=[agency.pk])
    assert admin_client.get(f"{url}?p={number}", secure=True).status_code == 200
