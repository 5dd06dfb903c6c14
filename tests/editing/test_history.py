"""Tests of the record of changes: what it tells, of what, and how it is read."""

from io import StringIO

import pytest
import reversion
from django.core.management import call_command
from django.urls import reverse
from reversion.models import Version

from contacts.models import Desk, DeskRole
from editing.content_files import models_in_files
from editing.history import history
from products.models import PolicyTerm
from products.rollover import prepare_next
from tests.admin_forms import form_url_of, save, save_confirmed
from tests.editing.admin_pages import page
from tests.html import Page

pytestmark = pytest.mark.django_db


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
    save_confirmed(
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
