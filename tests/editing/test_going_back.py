"""Tests of going back to a version, and of recovering what was deleted."""

import re

import pytest
import reversion
from django.contrib.auth.models import Permission, User
from django.core.files.base import ContentFile
from django.urls import reverse
from reversion.models import Version

from contacts.models import Desk
from editing.history import history
from products.models import Document, FaqEntry, Notice, PolicyTerm
from tests.admin_forms import form_data, form_url_of, save
from tests.editing.admin_pages import page
from tests.factories import pdf
from tests.html import Page

pytestmark = pytest.mark.django_db


def test_going_back_brings_back_the_object_with_its_rows(admin_client, visit):
    term = PolicyTerm.objects.get()
    save(
        admin_client,
        form_url_of(term),
        **{
            "premium_rows-0-annual_low": "140,231",
            "reasons-2-DELETE": "on",
            "coverage_note": "違う",
        },
    )
    version = history(term)[1].version
    url = reverse("admin:products_policyterm_revision", args=[term.pk, version.pk]) + "?correct=1"
    shown = Page(admin_client.get(url, secure=True))
    assert "まだ戻していません" in shown.text
    assert "140,230円" in shown.text
    assert not shown.all(".preview-pane")  # nor the button: what it would be is told in words
    assert term.premium_rows.get(number=1).annual_low == 140_231  # looking changes nothing
    data = form_data(admin_client, url)
    assert admin_client.post(url, data, secure=True).status_code == 302
    assert term.premium_rows.get(number=1).annual_low == 140_230
    assert term.reasons.count() == 3
    assert "140,230円" in visit("/insurance/").text
    newest, *before = history(term)
    assert len(before) == 2
    assert newest.comment.startswith("訂正の理由:誤字のため(20")
    assert re.search(r"時(\d+分)?に保存した内容に戻しました。\)$", newest.comment)


def test_something_deleted_is_brought_back(set_clock, admin_client, visit):
    set_clock("2025-10-03T09:50")
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


def test_several_that_are_deleted_at_once_can_each_be_recovered(admin_client):
    entries = FaqEntry.objects.all()[:2]
    data = {"action": "delete_selected", "_selected_action": [e.pk for e in entries], "post": "yes"}
    url = reverse("admin:products_faqentry_changelist")
    names = {str(entry) for entry in entries}
    assert admin_client.post(url, data, secure=True).status_code == 302
    deleted = page(admin_client, "products_faqentry_recoverlist").text
    assert len(names) == 2
    assert all(name in deleted for name in names)
