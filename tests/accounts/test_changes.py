"""Every change of an account, its roles and rights is recorded, with who did it."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.forms import modelform_factory

from accounts.changes import tell_of_form
from accounts.roles import EDITORS, USER_ADMINISTRATORS, VIEWERS
from editing.models import ChangeKind, RecordedChange
from products.models import FaqEntry
from tests.accounts.conftest import PASSWORD, Browser, set_up, token
from tests.accounts.test_users import USERS, fields, role

NEW = "an other phrase nobody would use"


@pytest.fixture
def office(computer, person, settings) -> Browser:
    settings.SECOND_FACTOR = False
    computer.sign_in(person("kanri", USER_ADMINISTRATORS, last_name="管理", first_name="一郎"))
    return computer


def change(office: Browser, user: User, **changes) -> None:
    roles = [each.pk for each in user.groups.all()]
    data = fields(user, **{"groups": roles} | changes)
    data = {name: value for name, value in data.items() if value is not None}
    assert office.post(f"{USERS}{user.pk}/change/", data).status_code == 302


def add(office: Browser, user: User) -> None:
    data = {
        "username": "taro", "last_name": "山田", "first_name": "太郎", "email": "t@example.jp",
        "password1": PASSWORD, "password2": PASSWORD, "groups": [role(VIEWERS)],
    }  # fmt: skip
    office.see(f"{USERS}add/", data)


def set_password(office: Browser, user: User) -> None:
    data = {"password1": NEW, "password2": NEW, "set-password": "1", "usable_password": "true"}
    office.see(f"{USERS}{user.pk}/password/", data)


def delete_selected(office: Browser, user: User) -> None:
    data = {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"}
    office.post(USERS, data)


CASES = {
    "adding": (add, "追加", "山田 太郎(taro)", ("役割", "", VIEWERS)),
    "a role": (
        lambda office, user: change(office, user, groups=[role(VIEWERS)]),
        "役割や権限の変更", "hanako", ("役割", EDITORS, VIEWERS),
    ),
    "no role": (
        lambda office, user: change(office, user, groups=[]),
        "役割や権限の変更", "hanako", ("役割", EDITORS, ""),
    ),
    "disabling": (
        lambda office, user: change(office, user, is_active=None),
        "役割や権限の変更", "hanako", ("有効", "はい", "いいえ"),
    ),
    "a name": (
        lambda office, user: change(office, user, last_name="鈴木"),
        "変更", "鈴木(hanako)", ("姓", "", "鈴木"),
    ),
    "a password": (set_password, "変更", "hanako", "パスワードを変更しました。"),
    "the second factor": (
        lambda office, user: office.post(f"{USERS}{user.pk}/second-factor/"),
        "変更", "hanako", "2段階認証を解除しました。",
    ),
    "deleting": (
        lambda office, user: office.post(f"{USERS}{user.pk}/delete/", {"post": "yes"}),
        "削除", "hanako", "",
    ),
    "deleting several": (delete_selected, "削除", "hanako", ""),
}  # fmt: skip


@pytest.mark.parametrize(("do", "kind", "name", "told"), CASES.values(), ids=CASES)
def test_what_is_done_to_an_account_is_recorded(office, hanako, do, kind, name, told):
    do(office, hanako)
    entry = RecordedChange.objects.get()
    assert (entry.by, str(entry)) == ("管理 一郎", f"{kind} ユーザー「{name}」")
    if isinstance(told, tuple):
        assert told in {(each["field"], each["old"], each["new"]) for each in entry.differences}
    else:
        assert (entry.says, entry.differences) == (told, [])
    for secret in (PASSWORD, NEW, "argon2", "md5$"):
        assert secret not in entry.words


def test_a_form_saved_without_a_change_is_not_recorded(office, hanako):
    change(office, hanako)
    assert not RecordedChange.objects.exists()


def test_what_one_does_to_the_own_account_is_recorded(computer, hanako):
    key, _ = set_up(computer, computer.sign_in(hanako))
    computer.post("/admin/account/", {"token": token(key, later=1), "new_codes": "1"})
    data = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    computer.post("/admin/password_change/", data)
    said = list(RecordedChange.objects.filter(by="hanako").values_list("says", flat=True))
    assert said == [
        "パスワードを変更しました。",
        "回復用コードを新しくしました。",
        "2段階認証を設定しました。",
    ]


def test_the_first_administrator_is_recorded_as_made_by_a_command(db):
    call_command("first_administrator", stdout=StringIO())
    entry = RecordedChange.objects.get()
    assert (entry.by, entry.account, entry.kind) == ("", None, ChangeKind.ADDED)


def test_what_commands_do_to_accounts_is_recorded(db, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a phrase nobody else would use")
    call_command(
        "createsuperuser", username="admin", email="", interactive=False, stdout=StringIO()
    )
    monkeypatch.setattr("getpass.getpass", lambda **_: "a phrase of a different kind")
    call_command("changepassword", "admin", stdout=StringIO())
    changed, added = RecordedChange.objects.all()
    assert (added.by, added.kind, added.name) == ("", ChangeKind.ADDED, "admin")
    assert (changed.by, changed.kind, changed.name) == ("", ChangeKind.CHANGED, "admin")
    assert added.says == "コマンドで管理者を追加しました。"
    assert changed.says == "コマンドでパスワードを変更しました。"


@pytest.mark.parametrize("about_itself", [True, False])
def test_an_account_that_has_changed_something_is_disabled_and_not_deleted(
    office, hanako, about_itself
):
    row = hanako if about_itself else FaqEntry.objects.first()
    RecordedChange.write(hanako, ChangeKind.CHANGED, row)
    form = office.see(f"{USERS}{hanako.pk}/change/")
    assert bool(form.all(".deletelink")) is about_itself
    office.post(f"{USERS}{hanako.pk}/delete/", {"post": "yes"})
    delete_selected(office, hanako)
    assert User.objects.filter(pk=hanako.pk).exists() is not about_itself
    assert Group.objects.exists()


def test_no_password_is_told_even_where_a_form_has_it(hanako):
    form_class = modelform_factory(User, fields=["password"])
    form = form_class({"password": "md5$secret"}, instance=hanako)
    form.save()
    tell_of_form(hanako, form, change=True)
    assert not RecordedChange.objects.exists()


def test_changes_of_superusers_are_told_to_superusers_only(office, person):
    chief, other = person("chief", is_superuser=True), person("other")
    for user in (chief, other):
        RecordedChange.write(None, ChangeKind.CHANGED, user)
    kanri = User.objects.get(username="kanri")
    assert [each.name for each in RecordedChange.objects.visible_to(kanri)] == ["other"]
    assert [each.name for each in RecordedChange.objects.visible_to(chief)] == ["other", "chief"]
