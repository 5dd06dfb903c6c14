"""Nobody gets into the admin with a password alone."""

from urllib.parse import quote

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import second_factor
from tests.accounts.conftest import PASSWORD, Browser, key_on, set_up, token

ASKS = "/admin/second-factor/"


@pytest.fixture
def app(computer, hanako) -> bytes:
    """The key of Hanako's app, set up; she is signed in."""
    return computer.sign_in_with_app(hanako)


@pytest.fixture
def another(hanako, app) -> Browser:
    """Another browser of Hanako, in which she has only given the password."""
    computer = Browser()
    computer.give_password(hanako)
    return computer


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/account/",
        "/admin/products/policyterm/",
        "/admin/contacts/desk/1/change/",
        "/admin/auth/user/",
        "/admin/password_change/",
        "/admin/jsi18n/",
        "/admin/autocomplete/",
        "/admin/nothing-here/",
    ],
)
@pytest.mark.parametrize("has_app", [False, True])
def test_each_page_leads_to_the_second_factor_and_from_there_to_the_page(
    computer, hanako, path, has_app
):
    if has_app:
        TOTPDevice.objects.create(user=hanako, name="app")
    computer.sign_in(hanako)
    for response in (computer.get(path), computer.post(path)):
        assert response.status_code == 302
        assert response.headers["Location"] == f"{ASKS}?next={path}"
    assert computer.see(path).one('[name="next"]').get("value") == path


def test_half_signed_in_one_has_no_permission_and_no_tools(computer, hanako):
    page = computer.sign_in(hanako)
    assert not admin.site.has_permission(page.response.wsgi_request)
    assert page.all("#user-tools, #nav-sidebar") == []
    set_up(computer, page)
    page = computer.see("/admin/")
    assert admin.site.has_permission(page.response.wsgi_request)
    assert len(page.all("#user-tools, #nav-sidebar")) >= 1


def test_somebody_signed_out_is_sent_to_the_login_page(computer):
    assert computer.get(ASKS).headers["Location"] == "/admin/login/?next=/admin/"


def test_an_app_is_set_up_at_the_first_sign_in_and_codes_are_shown_once(computer, hanako):
    page = computer.sign_in(hanako)
    picture = page.one("img.qr-code")
    assert picture.get("src").startswith("data:image/svg+xml")
    assert "QRコード" in picture.get("alt")
    key, codes = set_up(computer, page)
    assert len(set(codes)) == 10
    assert computer.is_inside()
    assert TOTPDevice.objects.get(user=hanako, confirmed=True).bin_key == key
    for path in (ASKS, "/admin/account/"):
        page = computer.see(path)
        assert not any(code in page.html for code in codes)
        assert page.all(".secret") == []


@pytest.mark.parametrize(
    "written",
    [
        lambda digits: digits,
        lambda digits: f" {digits[:3]} {digits[3:]} ",
        lambda digits: digits.translate(
            {ord("0") + n: "０１２３４５６７８９"[n] for n in range(10)}
        ),
        lambda digits: f"{digits[:3]}\u3000{digits[3:]}",
    ],
)
def test_the_digits_are_taken_however_they_are_typed(another, app, written):
    another.see(ASKS, {"token": written(token(app, later=1))})
    assert another.is_inside()


@pytest.mark.parametrize("wrong", ["000000", "12345", "abcdefgh", "", "１", "x" * 500])
def test_a_wrong_token_sets_nothing_up(computer, hanako, wrong):
    key = key_on(computer.sign_in(hanako))
    wrong = "000001" if wrong == token(key) else wrong
    page = computer.see(ASKS, {"token": wrong})
    (error,) = page.all("#id_token_error")
    assert error.text_content().strip()
    assert page.one("#id_token").get("aria-describedby") == "id_token_error"
    assert page.one("#id_token").get("aria-invalid") == "true"
    assert not TOTPDevice.objects.exists()
    assert not computer.is_inside()


@pytest.mark.parametrize("wrong", ["000000", "12345", "abcdefgh", "", "x" * 500])
def test_a_wrong_token_lets_nobody_in(another, app, wrong):
    page = another.see(ASKS, {"token": "000001" if wrong == token(app, later=1) else wrong})
    assert page.one("#id_token_error").text_content().strip()
    assert not another.is_inside()


def test_a_token_is_taken_once(another, app):
    again = token(app)  # with which the app was set up
    assert "すでに使われています" in another.see(ASKS, {"token": again}).text
    assert not another.is_inside()


def test_after_wrong_tokens_one_has_to_wait(another, app):
    for _ in range(3):
        another.see(ASKS, {"token": "000000"})
        TOTPDevice.objects.update(throttling_failure_timestamp=None)
    another.see(ASKS, {"token": "000000"})
    page = another.see(ASKS, {"token": token(app, later=1)})
    assert "8秒たってから、もう一度入力してください" in page.text
    assert not another.is_inside()


def test_a_recovery_code_lets_in_once(computer, another, hanako):
    code = StaticToken.objects.filter(device__user=hanako).first().token
    page = another.see(ASKS, {"token": f"{code[:4].upper()} {code[4:]}"})
    assert "残りは9個です" in page.text
    assert another.is_inside()
    third = Browser()
    third.sign_in(hanako)
    third.see(ASKS, {"token": code})
    assert not third.is_inside()


def test_the_token_of_another_user_is_wrong(another, person, computer):
    taro_s = Browser()
    key, codes = set_up(taro_s, taro_s.sign_in(person("taro")))
    another.see(ASKS, {"token": token(key, later=1)})
    another.see(ASKS, {"token": codes[0]})
    assert not another.is_inside()


def test_a_half_finished_set_up_shows_its_key_to_its_own_session_alone(computer, hanako):
    key = key_on(computer.sign_in(hanako))
    assert key_on(computer.see(ASKS)) == key
    stranger = Browser()
    their_key = key_on(stranger.sign_in(hanako))
    assert their_key != key
    set_up(computer, computer.see(ASKS))
    # From now on the stranger, who knows the password, is asked for Hanako's app.
    page = stranger.see(ASKS, {"token": token(their_key)})
    assert page.all(".secret") == []
    assert not stranger.is_inside()
    assert TOTPDevice.objects.get().bin_key == key


def test_of_two_sets_up_at_once_one_wins(computer, hanako, rf, app):
    """The other had been shown its page before, and its token is right."""
    request = rf.get(ASKS)
    request.user, request.session = hanako, {}
    late = second_factor.app_being_set_up(request)
    assert not second_factor.confirm(request, late, token(late.bin_key))
    assert TOTPDevice.objects.get().bin_key == app


@pytest.mark.parametrize("data", [{"new_codes": "1"}, {"new_app": "1"}, {"end_sessions": "1"}])
def test_a_password_alone_changes_nothing_of_the_account(another, app, data):
    before = list(TOTPDevice.objects.values()), list(StaticToken.objects.values())
    for path in ("/admin/account/", ASKS):
        another.see(path, data | {"token": token(app)})
    assert list(StaticToken.objects.values()) == before[1]
    assert TOTPDevice.objects.get().key == before[0][0]["key"]


def test_new_recovery_codes_take_the_place_of_the_old(computer, app):
    old = set(StaticToken.objects.values_list("token", flat=True))
    computer.see("/admin/account/", {"new_codes": "1", "token": "000000"})
    assert set(StaticToken.objects.values_list("token", flat=True)) == old
    TOTPDevice.objects.update(throttling_failure_timestamp=None)
    page = computer.see("/admin/account/", {"new_codes": "1", "token": token(app, later=1)})
    shown = {code.text.replace(" ", "") for code in page.all(".recovery-codes code")}
    assert len(shown) == 10
    assert shown == set(StaticToken.objects.values_list("token", flat=True))
    assert not shown & old


def test_a_new_telephone_is_set_up_with_the_old_one_or_a_recovery_code(computer, app, another):
    code = StaticToken.objects.first().token
    page = computer.see("/admin/account/", {"new_app": "1", "token": code})
    assert key_on(page) != app
    assert not computer.is_inside()
    assert not StaticDevice.objects.exists()
    set_up(computer, page)
    assert computer.is_inside()


def test_signing_in_again_in_the_same_browser_asks_again(computer, app, hanako):
    assert computer.is_inside()
    computer.sign_in(hanako)
    assert not computer.is_inside()


def test_the_session_gets_another_key_with_the_second_factor(another, app):
    before = another.cookies["sessionid"].value
    another.see(ASKS, {"token": token(app, later=1)})
    assert another.cookies["sessionid"].value != before


def test_one_can_stop_before_the_second_factor(another):
    another.post(ASKS, {"leave": "1"})
    assert another.get(ASKS).headers["Location"].startswith("/admin/login/")


@pytest.mark.parametrize(
    ("following", "leads_to"),
    [
        ("/admin/contacts/desk/", "/admin/contacts/desk/"),
        ("https://evil.example/", "/admin/"),
        ("//evil.example/", "/admin/"),
        ("javascript:alert(1)", "/admin/"),
        ("", "/admin/"),
    ],
)
def test_the_second_factor_leads_to_no_other_site(another, app, following, leads_to):
    data = {"token": token(app, later=1)}
    response = another.post(f"{ASKS}?next={quote(following)}", data)
    assert response.headers["Location"] == leads_to


def test_a_setting_lets_the_password_suffice(computer, hanako, settings):
    settings.SECOND_FACTOR = False
    page = computer.sign_in(hanako)
    assert computer.is_inside()
    assert "パスワードだけでログインできます" in page.text
    assert computer.get(ASKS).headers["Location"] == "/admin/"


def test_the_pages_obey_the_policy_of_the_admin_and_are_not_kept(computer, hanako):
    pages = [computer.see("/admin/login/"), computer.sign_in(hanako)]
    pages.append(computer.see(ASKS, {"token": token(key_on(pages[1]))}))
    pages.append(computer.see("/admin/account/"))
    computer.post("/admin/account/", {"end_sessions": "1"})
    pages.append(computer.sign_in(hanako))
    for page in pages:
        headers = page.response.headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "img-src 'self' data:" in headers["Content-Security-Policy"]
        assert "no-store" in headers["Cache-Control"]
        assert page.all("[style], style, script:not([src])") == []
    assert [page.one("title").text.split("|")[0].strip() for page in pages] == [
        "ログイン", "2段階認証の設定", "回復用コード", "アカウント", "2段階認証",
    ]  # fmt: skip


def test_no_cookie_reaches_a_public_page(computer, app):
    response = computer.get("/")
    assert "Set-Cookie" not in response.headers
    assert "Cookie" not in response.headers.get("Vary", "")


def test_a_user_without_a_role_is_told_nothing_but_that_it_is_wrong(computer, db):
    User.objects.create_user("visitor", password=PASSWORD)
    page = computer.sign_in(User.objects.get(username="visitor"))
    assert "ユーザー名かパスワードが正しくありません" in page.text
