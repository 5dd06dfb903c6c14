"""システム管理 manages users, and cannot rise above itself."""

from urllib.parse import quote

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import lockout
from accounts.models import FirstPassword
from accounts.roles import EDITORS, USER_ADMINISTRATORS, VIEWERS
from editing.models import RecordedChange
from tests.accounts.conftest import PASSWORD, Browser, set_up
from tests.html import squeezed

USERS = "/admin/auth/user/"


@pytest.fixture
def manager(person) -> User:
    return person("kanri", USER_ADMINISTRATORS)


@pytest.fixture
def office(computer, manager) -> Browser:
    """The browser of somebody of システム管理, signed in."""
    computer.sign_in_with_app(manager)
    return computer


@pytest.fixture
def chief(person) -> User:
    chief = person("chief", is_superuser=True)
    TOTPDevice.objects.create(user=chief, name="app")
    return chief


def role(name: str) -> int:
    return Group.objects.get(name=name).pk


def fields(user: User, **changes) -> dict:
    """The form of a user as a browser would send it."""
    names = ("username", "last_name", "first_name", "email")
    return {name: getattr(user, name) for name in names} | {"is_active": "on"} | changes


def test_a_colleague_is_added_with_a_role_and_gets_in(office):
    page = office.see(
        f"{USERS}add/",
        {
            "username": "taro", "last_name": "山田", "first_name": "太郎", "email": "t@example.jp",
            "password1": PASSWORD, "password2": PASSWORD, "groups": [role(VIEWERS)],
        },
    )  # fmt: skip
    assert "追加しました" in page.text
    taro = User.objects.get(username="taro")
    assert taro.is_staff
    assert not taro.is_superuser
    assert Browser().sign_in(taro).all(".secret")
    assert "山田太郎" in office.see(USERS).text


def test_a_colleague_without_a_role_is_refused_at_the_field(office):
    data = {"username": "taro", "password1": PASSWORD, "password2": PASSWORD}
    page = office.see(f"{USERS}add/", data)
    (says,) = page.texts(".field-groups .errorlist")
    assert says == "役割を1つ以上選んでください。役割がないユーザーはログインできません。"
    assert not User.objects.filter(username="taro").exists()


ALLOWED = "使えるのは、文字(漢字、かな、英字など)、数字と、@ . + - _ です。空白は使えません。"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("次郎", "次郎"), ("じろう", "じろう"), ("ﾀﾛｳ", "タロウ"), ("ＴＡＲＯ１", "TARO1"), ("a@b.c+d-e_f", "a@b.c+d-e_f"),
        ("次郎 三郎", ""), ("次郎\u3000三郎", ""), ("次郎・三郎", ""), ("a/b", ""), ("(a)", ""),
    ],
)  # fmt: skip
def test_a_user_name_is_taken_as_the_form_says(office, typed, stored):
    data = {"password1": PASSWORD, "password2": PASSWORD, "groups": [role(VIEWERS)]}
    page = office.see(f"{USERS}add/", data | {"username": typed})
    assert User.objects.filter(username=stored).exists() == bool(stored)
    if not stored:
        (said,) = page.texts(".field-username .errorlist")
        assert said == squeezed(f"ユーザー名に使えない文字があります。{ALLOWED}")
        assert squeezed(ALLOWED) in page.texts(".field-username .help")[0]


def test_a_user_who_is_locked_out_is_let_in_by_an_administrator(office, hanako):
    form = f"{USERS}{hanako.pk}/change/"
    assert "止めていません。" in office.see(form).text
    hers = Browser(REMOTE_ADDR="192.0.2.7")
    for _ in range(5):
        hers.post("/admin/login/", {"username": "hanako", "password": "typed wrong"})
    hers.sign_in(hanako, status=429)
    url = f"{USERS}{hanako.pk}/lockout/"
    assert url in [link.get("href") for link in office.see(form).all(".field-lockout_link a")]
    assert "hanakoさんのログインを止めています" in office.see(url).text
    hers.sign_in(hanako, status=429)
    page = office.see(url, {})
    assert "ログインの停止を解除しました" in page.text
    assert "止めていません。" in page.text
    assert RecordedChange.objects.get().says == "ログインの停止を解除しました。"
    assert LogEntry.objects.get(object_id=str(hanako.pk)).change_message.startswith("ログインの")
    assert hers.sign_in(hanako).all(".secret")


def test_a_lock_out_that_is_over_needs_no_administrator(office, hanako, set_clock):
    set_clock("2026-11-23T14:53:40")
    for _ in range(5):
        assert not lockout.is_locked_out(hanako)
        Browser().post("/admin/login/", {"username": "hanako", "password": "typed wrong"})
    set_clock("2026-11-23T15:23:39")
    assert lockout.is_locked_out(hanako)
    set_clock("2026-11-23T15:23:40")
    assert not lockout.is_locked_out(hanako)


def test_whoever_loses_the_last_role_is_out_at_once(office, hanako):
    hers = Browser()
    set_up(hers, hers.sign_in(hanako))
    assert office.post(f"{USERS}{hanako.pk}/change/", fields(hanako)).status_code == 302
    assert not hers.is_inside()
    data = fields(hanako, groups=[role(EDITORS)])
    assert office.post(f"{USERS}{hanako.pk}/change/", data).status_code == 302
    assert hers.is_inside()


@pytest.mark.parametrize("rights", [{"is_superuser": "on"}, {"user_permissions": ["1", "2"]}])
def test_nobody_is_given_more_than_roles(office, hanako, manager, rights):
    for user in (hanako, manager):
        data = fields(user, groups=[role(EDITORS)], is_staff="on", **rights)
        assert office.post(f"{USERS}{user.pk}/change/", data).status_code == 302
        user = User.objects.get(pk=user.pk)
        assert not user.is_superuser
        assert not user.user_permissions.exists()
    assert "is_superuser" not in office.see(f"{USERS}{hanako.pk}/change/").html


def test_nobody_changes_their_own_roles_or_shuts_themselves_out(office, manager):
    data = fields(manager, groups=[role(EDITORS), role(USER_ADMINISTRATORS)])
    del data["is_active"]
    assert office.post(f"{USERS}{manager.pk}/change/", data).status_code == 302
    manager = User.objects.get(pk=manager.pk)
    assert manager.is_active
    assert [group.name for group in manager.groups.all()] == [USER_ADMINISTRATORS]
    assert office.post(f"{USERS}{manager.pk}/delete/", {"post": "yes"}).status_code == 403
    data = {"action": "delete_selected", "_selected_action": [manager.pk], "post": "yes"}
    office.post(USERS, data)
    assert User.objects.filter(pk=manager.pk).exists()


@pytest.mark.parametrize(
    "page", ["change", "delete", "history", "password", "second-factor", "lockout"]
)
def test_superusers_do_not_exist_for_others(office, chief, page):
    before = User.objects.filter(pk=chief.pk).values().get()
    data = {
        "post": "yes", "username": "x", "password1": PASSWORD + "x", "password2": PASSWORD + "x",
        "set-password": "1", "usable_password": "true",
    }  # fmt: skip
    for response in (
        office.get(f"{USERS}{chief.pk}/{page}/"),
        office.post(f"{USERS}{chief.pk}/{page}/", data),
    ):
        # Django's admin sends to its index whoever asks for a row that it does not find.
        assert response.status_code == 404 or response.headers.get("Location") == "/admin/"
    assert User.objects.filter(pk=chief.pk).values().get() == before
    assert TOTPDevice.objects.filter(user=chief).exists()


def test_superusers_are_in_no_list_of_others(office, chief):
    assert "chief" not in office.see(USERS).text
    data = {"action": "delete_selected", "_selected_action": [chief.pk], "post": "yes"}
    office.post(USERS, data)
    assert User.objects.filter(pk=chief.pk).exists()


def test_a_superuser_sees_all(chief, person):
    computer = Browser()
    TOTPDevice.objects.all().delete()
    set_up(computer, computer.sign_in(chief))
    person("second", is_superuser=True)
    assert "second" in computer.see(USERS).text


def test_who_has_lost_the_telephone_sets_it_up_again_after_a_reset(office, hanako):
    hers = Browser()
    key, _ = set_up(hers, hers.sign_in(hanako))
    url = f"{USERS}{hanako.pk}/second-factor/"
    form = office.see(f"{USERS}{hanako.pk}/change/")
    assert url in form.text
    assert "hanakoさんの2段階認証を解除します" in office.see(url).text
    assert hers.is_inside()
    page = office.see(url, {})
    assert "2段階認証を解除しました" in page.text
    assert "まだ設定されていません" in page.text
    assert not StaticDevice.objects.filter(user=hanako).exists()
    assert LogEntry.objects.get(object_id=str(hanako.pk)).change_message.startswith("2段階認証")
    assert hers.get("/admin/").headers["Location"].startswith("/admin/login/")
    assert set_up(hers, hers.sign_in(hanako))[0] != key


def spellings(key: int) -> set[str]:
    """Return what a URL can name a row by: the database, int() and the admin's own quoting read many."""
    text = str(key)
    wide = quote(text.translate({ord("0") + n: ord("０") + n for n in range(10)}))
    return {
        text, f"0{text}", f"000{text}", f"+{text}", f"%2B{text}", f"%20{text}", f"{text}%20", f"{text}%0A",
        f"%E3%80%80{text}", f"{text}.0", f"{text}e0", f"-{text}", f"0x{text}", f"{text}_", f"0_{text}", wide, quote(wide),
        "".join(f"%{ord(digit):02x}" for digit in text), "".join(f"_{ord(digit):02X}" for digit in text),
        "".join(f"%25{ord(digit):02x}" for digit in text), f"{text};", f"{text}%00",
    }  # fmt: skip


def test_the_own_second_factor_password_rights_and_lock_out_want_proof(office, manager):
    """Whatever spelling of the own key the URL has."""
    before = User.objects.filter(pk=manager.pk).values().get()
    data = {
        "post": "yes", "username": "kanri", "groups": [role(EDITORS), role(USER_ADMINISTRATORS)],
        "password1": PASSWORD + "x", "password2": PASSWORD + "x", "set-password": "1", "usable_password": "true",
    }  # fmt: skip
    for key in spellings(manager.pk):
        for page in ("second-factor", "lockout", "password", "delete", "change"):
            response = office.post(f"{USERS}{key}/{page}/", data)
            assert response.status_code < 500, (key, page)
        url = f"{USERS}{key}/change/?_to_field=id"
        assert office.post(url, data | {"_to_field": "id"}).status_code < 500
    assert User.objects.filter(pk=manager.pk).values().get() == before
    assert [group.name for group in manager.groups.all()] == [USER_ADMINISTRATORS]
    assert TOTPDevice.objects.filter(user=manager).exists()
    for page, leads_to in (
        ("second-factor", "account"),
        ("lockout", "account"),
        ("password", "password_change"),
    ):
        response = office.post(f"{USERS}{manager.pk}/{page}/")
        assert response.headers["Location"] == f"/admin/{leads_to}/"


def test_a_password_is_recorded_whatever_spelling_its_url_has(office, hanako):
    new = "another phrase of hers alone"
    data = {"password1": new, "password2": new, "set-password": "1", "usable_password": "true"}
    office.see(f"{USERS}0{hanako.pk}/password/", data)
    assert RecordedChange.objects.get().says == "パスワードを変更しました。"
    assert FirstPassword.objects.filter(user=hanako).exists()


@pytest.mark.parametrize("who", [EDITORS, VIEWERS])
def test_others_can_neither_reset_a_second_factor_nor_lift_a_lock_out(
    computer, person, hanako, who
):
    TOTPDevice.objects.create(user=hanako, name="app")
    set_up(computer, computer.sign_in(person("taro", who)))
    for page in ("second-factor", "lockout"):
        assert computer.post(f"{USERS}{hanako.pk}/{page}/").status_code == 403
    assert TOTPDevice.objects.filter(user=hanako).exists()


@pytest.mark.parametrize("path", ["", "add/", "{pk}/change/", "{pk}/delete/", "{pk}/password/"])
def test_the_pages_about_users_show_no_word_of_the_libraries(office, hanako, path):
    TOTPDevice.objects.create(user=hanako, name="app")
    StaticDevice.objects.create(user=hanako, name="codes").token_set.create(token="abcdefgh")
    text = office.see(USERS + path.format(pk=hanako.pk)).text
    for word in ("device", "token", "totp", "static", "permission"):
        assert word not in text.lower().replace("second-factor", ""), word


def test_the_list_asks_the_database_no_more_for_more_users(
    office, person, django_assert_max_num_queries
):
    for number in range(20):
        person(f"user{number}", EDITORS)
    with django_assert_max_num_queries(13):
        office.see(USERS)
