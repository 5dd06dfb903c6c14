"""The record of changes: every way to change something leaves an entry, which stays as it is."""

from collections.abc import Callable
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from editing.history import history
from editing.models import RecordedChange
from editing.saving import Edit
from editing.saving import save as store
from editing.targets import LiveContent
from products.models import CoverageCategory, FaqEntry, PolicyTerm, PremiumRow
from tests.admin_forms import form_data, form_url_of, save
from tests.html import squeezed
from tests.people import hire

pytestmark = pytest.mark.django_db
CELLS = "1\t10億円\t10億円\t1億円\t-\t-\t140,230円\t305,380円\t11,690円\t25,450円"


@pytest.fixture
def hanako() -> User:
    return hire("花子", "事務局")


@pytest.fixture
def office(client: Client, hanako) -> Client:
    client.force_login(hanako)
    return client


def entries() -> list[FaqEntry]:
    return list(FaqEntry.objects.all())


def url(name: str, *arguments: object) -> str:
    return reverse(f"admin:{name}", args=arguments)


def add(office: Client) -> None:
    save(office, url("products_faqentry_add"), question="新しい質問", answer="新しい回答")


def change(office: Client) -> None:
    save(office, form_url_of(entries()[0]), answer="直した回答")


def delete(office: Client) -> None:
    office.post(url("products_faqentry_delete", entries()[0].pk), {"post": "yes"}, secure=True)


def delete_two(office: Client) -> None:
    keys = [entry.pk for entry in entries()[:2]]
    data = {"action": "delete_selected", "_selected_action": keys, "post": "yes"}
    office.post(url("products_faqentry_changelist"), data, secure=True)


def move(office: Client) -> None:
    data = {f"move-{entries()[1].pk}-up": "1"}
    office.post(url("products_faqentry_changelist"), data, secure=True)


def change_part(office: Client) -> None:
    save(office, form_url_of(CoverageCategory.objects.get(kind="liability")), short_name="短い名")


def delete_row(office: Client) -> None:
    save(office, form_url_of(PolicyTerm.objects.get()), **{"reasons-2-DELETE": "on"})


def paste(office: Client) -> None:
    page = url("products_policyterm_paste", PolicyTerm.objects.get().pk)
    table = CELLS.replace("140,230", "150,000").replace("11,690", "12,500")
    data = {"table": table, "_reason": "誤字のため"}
    seen = office.post(page, data | {"_preview_differences": "1"}, secure=True).context_data["seen"]
    office.post(page, data | {"seen": seen, "_save": "1"}, secure=True)


def roll_over(office: Client) -> None:
    office.post(url("products_policyterm_next"), {"latest": "2025"}, secure=True)


def go_back(office: Client) -> None:
    entry = entries()[0]
    change(office)
    page = url("products_faqentry_revision", entry.pk, history(entry)[1].version.pk)
    office.post(page, form_data(office, page), secure=True)


CASES: dict[str, tuple[Callable[[Client], None], str, str, str, str]] = {
    "a form that adds": (add, "追加", "よくあるご質問「新しい質問」", "(なし)", "新しい回答"),
    "a form": (change, "変更", "よくあるご質問「{first}」", "", "直した回答"),
    "a deletion": (delete, "削除", "よくあるご質問「{first}」", "回答", "(なし)"),
    "a bulk deletion": (delete_two, "削除", "よくあるご質問「{second}」", "回答", "(なし)"),
    "moving a row": (move, "変更", "よくあるご質問「{second}」", "2", "1"),
    "the form of a part": (change_part, "変更", "補償「{liability}」", "", "短い名"),
    "a row deleted in a form": (delete_row, "変更", "保険期間「{term}」", "", "(なし)"),
    "a pasted table": (paste, "変更", "保険期間「{term}」", "140,230円", "150,000円"),
    "the roll-over": (roll_over, "追加", "保険期間「2026年4月1日〜2027年4月1日」", "(なし)", "2026年4月1日"),
    "going back": (go_back, "変更", "よくあるご質問「{first}」", "直した回答", ""),
}  # fmt: skip


@pytest.mark.parametrize(("do", "kind", "where", "old", "new"), CASES.values(), ids=CASES)
def test_every_way_to_change_content_is_recorded_in_words(office, do, kind, where, old, new):
    names = {
        "first": entries()[0], "second": entries()[1], "term": PolicyTerm.objects.get(),
        "liability": CoverageCategory.objects.get(kind="liability"),
    }  # fmt: skip
    do(office)
    entry = RecordedChange.objects.first()
    assert str(entry) == f"{kind} {where.format(**names)}"
    assert entry.by == "事務 花子"
    assert any(old in each["old"] and new in each["new"] for each in entry.differences)


def test_what_changed_with_the_edited_object_is_told_in_its_entry(office):
    first, second = entries()[:2]
    FaqEntry.objects.filter(pk=first.pk).update(question="例の質問")
    move(office)
    entry = RecordedChange.objects.get()
    told = {(each["row"], each["field"]): (each["old"], each["new"]) for each in entry.differences}
    assert told[f"よくあるご質問 {second}", "表示順"] == ("2", "1")
    assert told["よくあるご質問 例の質問", "表示順"] == ("1", "2")


def test_one_step_is_one_entry_for_each_object(office):
    delete_two(office)
    first, second = RecordedChange.objects.all()
    assert first.step == second.step
    change(office)
    assert RecordedChange.objects.count() == 3
    assert RecordedChange.objects.first().step != first.step


def test_an_entry_of_a_part_names_the_whole_and_a_correction_its_reason(office):
    term = PolicyTerm.objects.get()
    change_part(office)
    entry = RecordedChange.objects.get()
    assert (entry.whole_key, entry.whole_name) == (
        f"products.policyterm {term.pk}",
        f"保険期間 {term}",
    )
    assert entry.reason == "誤字のため"
    assert list(RecordedChange.objects.about(entry.whole_key)) == [entry]


def test_what_is_not_stored_is_not_recorded(office):
    save(office, form_url_of(entries()[0]), answer="")
    data = form_data(office, form_url_of(entries()[0]), answer="見るだけ", _preview="1")
    office.post(form_url_of(entries()[0]), data, secure=True)
    assert not RecordedChange.objects.exists()


def test_the_name_of_who_changed_something_survives_the_account(office, hanako):
    change(office)
    hanako.delete()
    assert not LogEntry.objects.exists()
    entry = RecordedChange.objects.get()
    assert (entry.by, entry.account) == ("事務 花子", hanako.pk or entry.account)


def by_sql(statement: str) -> Callable[[], object]:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return run


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: RecordedChange.objects.update(by="だれか"),
        lambda: RecordedChange.objects.all().delete(),
        lambda: RecordedChange.objects.get().delete(),
        lambda: RecordedChange.objects.get().save(),
        by_sql("UPDATE editing_recordedchange SET says = ''"),
        by_sql("DELETE FROM editing_recordedchange"),
    ],
)
def test_nobody_changes_or_deletes_an_entry(office, attempt):
    change(office)
    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
        attempt()
    assert RecordedChange.objects.count() == 1


def test_the_record_is_in_no_list_of_the_admin_and_no_role_may_change_it():
    assert RecordedChange._meta.default_permissions == ()


def test_an_empty_record_does_not_keep_the_database_from_being_emptied():
    RecordedChange.objects.all().delete()
    assert not RecordedChange.objects.exists()


def test_migrating_again_keeps_the_record_and_its_protection(office):
    change(office)
    call_command("migrate", verbosity=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        RecordedChange.objects.all().delete()


def test_many_changed_rows_are_recorded_in_as_many_queries_as_one(admin_user):
    term = PolicyTerm.objects.get()
    queries = []
    for rows in (term.premium_rows.filter(number=1), term.premium_rows.exclude(number=1)):

        def write(rows: QuerySet[PremiumRow] = rows) -> list[PolicyTerm]:
            rows.update(annual_low=1)
            return [term]

        with CaptureQueriesContext(connection) as captured:
            store(Edit(admin_user, term, write, says=lambda: "変えました。"), LiveContent())
        queries.append(len(captured))
    assert queries[0] == queries[1]
    assert len(RecordedChange.objects.first().differences) == term.premium_rows.count() - 1


def test_what_was_logged_before_the_record_is_taken_over(office, hanako):
    change(office)
    delete(office)
    gone = hire("退職", "事務局")
    office.force_login(gone)
    change(office)
    gone.delete()
    before = RecordedChange.objects.count()
    import_module("editing.migrations.0004_record_from_log").fill_record(apps, None)
    taken = list(RecordedChange.objects.all())[: -before or None]
    told = {(entry.by, entry.kind) for entry in taken}
    hers = {("事務 花子", "changed"), ("事務 花子", "deleted")}
    assert told == {*hers, ("削除された利用者", "changed")}
    changed = [squeezed(entry.says) for entry in taken if entry.kind == "changed"]
    assert all("回答を変更しました。" in says for says in changed)  # the log has a blank in it
    assert all(entry.words for entry in taken)
