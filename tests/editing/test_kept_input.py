"""A session that ends while somebody types loses nothing."""

from urllib.parse import urlencode

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from accounts.roles import EDITORS
from contacts.models import Desk, DeskRole
from products.pasting.table import parse_premium_table
from tests.admin_forms import form_data, form_url_of
from tests.html import Page
from tests.people import hire

pytestmark = pytest.mark.django_db
ORIGIN = "https://testserver"


def full(execute, sql, *rest):
    if sql.startswith("UPDATE"):
        raise OperationalError("database or disk is full")
    return execute(sql, *rest)


@pytest.fixture
def desk() -> Desk:
    return Desk.objects.get(role=DeskRole.AGENCY)


@pytest.fixture
def strict(admin_user) -> Client:
    """A browser whose forms carry the token, as real ones do."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    return client


def sent_again(page: Page) -> dict:
    return dict(page.one("#content-main form").form_values())


def send(client, desk, data: dict, origin: str = ORIGIN) -> Page:
    response = client.post(form_url_of(desk), data, secure=True, headers={"origin": origin})
    if response.status_code == 302:
        return response
    page = Page(response)
    page.status = response.status_code
    return page


def typed(client, desk) -> dict:
    data = form_data(client, form_url_of(desk), telephone="03-1111-2222")
    token = Page(client.get(form_url_of(desk), secure=True)).attributes(
        "[name=csrfmiddlewaretoken]", "value"
    )[0]
    return data | {"csrfmiddlewaretoken": token}


def test_a_form_sent_after_the_session_is_kept_until_signed_in_again(strict, admin_user, desk):
    data = typed(strict, desk)
    strict.session.flush()
    kept = send(strict, desk, data)
    assert kept.status == 403
    assert "入力した内容はこのページに残っています" in kept.text
    desk.refresh_from_db()
    assert desk.telephone != "03-1111-2222"

    strict.force_login(admin_user)  # in another tab
    assert send(strict, desk, sent_again(kept)).status_code == 302
    desk.refresh_from_db()
    assert desk.telephone == "03-1111-2222"


def test_the_new_token_of_signing_in_again_costs_one_more_press(strict, desk):
    data = typed(strict, desk) | {"csrfmiddlewaretoken": "x" * 64}
    kept = send(strict, desk, data)
    assert kept.status == 403
    assert "もう一度、次のボタンを押してください" in kept.text
    assert send(strict, desk, sent_again(kept)).status_code == 302
    desk.refresh_from_db()
    assert desk.telephone == "03-1111-2222"


def test_who_is_signed_in_now_is_named_before_anything_is_saved_under_that_name(strict, desk):
    data = typed(strict, desk) | {"csrfmiddlewaretoken": "x" * 64}  # as signing in replaces it
    strict.force_login(hire("taro", EDITORS))  # in another tab
    kept = send(strict, desk, data)
    assert "いまログインしているのは、事務taroさんです。" in kept.text
    assert "このまま保存すると、事務taroさんの変更として記録されます。" in kept.text


@pytest.mark.parametrize("origin", ["https://elsewhere.example", ""])
def test_what_another_site_filled_in_is_not_shown(strict, desk, origin):
    data = typed(strict, desk) | {"csrfmiddlewaretoken": "x" * 64}
    page = send(strict, desk, data, origin)
    assert page.status == 403
    assert "03-1111-2222" not in page.html
    assert "何も変わっていません" in page.text


@pytest.mark.parametrize(
    "name", ["admin:login", "admin:password_change", "admin:auth_user_add", "admin:account"]
)
def test_passwords_are_not_kept(client, name):
    data = {"username": "hanako", "password": "a secret phrase", "old_password": "a secret phrase"}
    response = client.post(reverse(name), data, secure=True)
    assert b"a secret phrase" not in response.content
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(reverse(name), data, secure=True, headers={"origin": ORIGIN})
    assert answer.status_code == 403
    assert "a secret phrase" not in answer.content.decode()


def test_these_pages_run_no_script_but_that_of_the_admin(strict, desk):
    strict.session.flush()
    response = strict.post(form_url_of(desk), {}, secure=True)
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["replace", "undo-change"])
def test_what_is_typed_on_pages_of_its_own_is_kept_too(client, name):
    url = reverse(f"admin:{name}", args=[1] if name == "undo-change" else [])
    page = Page(client.post(url, {"_reason": "間違えたため"}, secure=True))
    assert sent_again(page)["_reason"] == "間違えたため"


def test_the_reason_for_leaving_a_finding_is_kept_too(client):
    data = {"key": "k", "fingerprint": "f", "note": "資料のとおり"}
    page = Page(client.post(reverse("admin:accept-finding"), data, secure=True))
    assert sent_again(page)["note"] == "資料のとおり"


def test_what_cannot_be_stored_is_kept_to_be_sent_again(strict, desk):
    data = typed(strict, desk)
    strict.raise_request_exception = False

    with connection.execute_wrapper(full):
        kept = send(strict, desk, data)
    assert kept.status == 503
    assert "保存を終えられませんでした" in kept.text
    assert send(strict, desk, sent_again(kept)).status_code == 302
    desk.refresh_from_db()
    assert desk.telephone == "03-1111-2222"


def test_a_session_that_cannot_be_stored_is_said_too(strict):
    with connection.execute_wrapper(full):
        page = Page(strict.get("/admin/", secure=True))
    assert page.response.status_code == 503
    assert "ただいま編集できません" in page.text


def test_a_password_is_not_kept_where_nothing_can_be_stored(client):
    client.raise_request_exception = False

    def away(*arguments):
        raise OperationalError("away")

    with connection.execute_wrapper(away):
        response = client.post(
            "/admin/login/", {"username": "editor", "password": "secret"}, secure=True
        )
    assert response.status_code == 503
    assert "secret" not in response.content.decode()


def send_too_much(client, url: str, data: dict, origin: str = ORIGIN) -> Page:
    many = data | {f"more-{number}": "" for number in range(3_000)}
    form = {"content_type": "application/x-www-form-urlencoded", "secure": True}
    return Page(client.post(url, urlencode(many), headers={"origin": origin}, **form))


def test_a_form_with_too_many_fields_shows_what_was_typed_and_why(strict, desk):
    page = send_too_much(strict, form_url_of(desk), typed(strict, desk))
    assert page.response.status_code == 400
    assert page.texts("h1") == ["入力が多すぎて受け付けられません"]
    assert "入力欄2,300個まで" in page.text
    assert "「戻る」" in page.text
    assert "03-1111-2222" in page.one("textarea").text.splitlines()
    assert "csrfmiddlewaretoken" not in page.html
    desk.refresh_from_db()
    assert desk.telephone != "03-1111-2222"


def test_the_rows_of_a_form_with_too_many_fields_can_be_pasted_again(admin_client, term):
    url = form_url_of(term)
    page = send_too_much(admin_client, url, form_data(admin_client, url))
    rows = [line for line in page.one("textarea").text.splitlines() if line.count("\t") == 9]
    pasted = parse_premium_table("\n".join(rows))
    assert [row.annual_low for row in pasted] == [row.annual_low for row in term.premium_rows.all()]


@pytest.mark.parametrize("origin", ["https://elsewhere.example", ""])
def test_what_another_site_sent_too_much_of_is_not_shown(strict, desk, origin):
    page = send_too_much(strict, form_url_of(desk), typed(strict, desk), origin)
    assert page.response.status_code == 400
    assert not page.all("textarea")


def test_a_password_among_too_many_fields_is_not_shown(client):
    page = send_too_much(client, "/admin/login/", {"password": "a secret phrase"})
    assert page.response.status_code == 400
    assert "a secret phrase" not in page.html


def test_a_form_with_too_long_a_text_is_answered_with_why(strict, desk, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    page = send_too_much(strict, form_url_of(desk), {})
    assert page.response.status_code == 400
    assert "2.5MBまで" in page.text
