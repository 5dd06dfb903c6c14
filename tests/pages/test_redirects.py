"""Paths of before lead on: the redirects are content, and the page cache knows them."""

import pytest
from django.core.exceptions import ValidationError

from pages.models import Redirect
from tests.admin_forms import messages_after
from tests.moments import IN_THE_TERM

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/csp/sompo", "/csp/sompo/"])
def test_the_page_of_before_leads_to_the_home(client, set_clock, path):
    set_clock(IN_THE_TERM)
    response = client.get(path, secure=True)
    assert response.status_code == 301
    assert response.headers["Location"] == "/"


def test_a_path_that_leads_nowhere_stays_nowhere(visit):
    visit("/csp/other", status=404)
    visit("/csp", status=404)


@pytest.mark.parametrize(
    ("path", "target", "field", "message"),
    [
        ("csp", "/", "path", "/ から始まる、半角のアドレスを入力してください。"),
        ("/保険", "/", "path", "/ から始まる、半角のアドレスを入力してください。"),
        ("/csp?x=1", "/", "path", "/ から始まる、半角のアドレスを入力してください。"),
        ("/csp/%E4", "/", "path", "/ から始まる、半角のアドレスを入力してください。"),
        ("/", "/faq/", "path", "このアドレスには、ページがあります。"),
        ("/faq", "/", "path", "このアドレスには、ページがあります。"),
        ("/admin/x", "/", "path", "このアドレスには、ページがあります。"),
        ("/static/x.css", "/", "path", "このアドレスには、ページがあります。"),
        ("/csp/sompo", "/", "path", "すでにあります"),
        ("/old", "/nowhere/", "target", "このアドレスのページは、ありません。"),
        ("/old", "//elsewhere.example/", "target", "/ か https:// で始まるアドレス"),
        ("/old", "javascript:alert(1)", "target", "/ か https:// で始まるアドレス"),
        ("/old", "http://elsewhere.example/", "target", "/ か https:// で始まるアドレス"),
        ("/old", "https://elsewhere.example:x/", "target", "/ か https:// で始まるアドレス"),
        ("/old", "https://elsewhere.example/\u200b", "target", "見えない文字が入っています。"),
        ("/old", "/faq/\u200b", "target", "見えない文字が入っています。"),
        ("/old", "/admin/", "target", "管理画面や、公開前の確認のためのアドレスには"),
        ("/old", "/preview/abc/", "target", "管理画面や、公開前の確認のためのアドレスには"),
        ("/old", "/static/x.css", "target", "このアドレスのページは、ありません。"),
        ("/old", "https://cyber.jnx.test/old", "target", "このアドレスのページは、ありません。"),
    ],
)
def test_what_leads_nowhere_is_refused_at_its_field(path, target, field, message):
    with pytest.raises(ValidationError) as refused:
        Redirect(path=path, target=target).full_clean()
    assert message in refused.value.message_dict[field][0]


@pytest.mark.parametrize("target", ["/insurance/#premiums", "/faq/", "https://www.jnx.ne.jp/"])
def test_a_redirect_is_entered_in_the_admin_and_works(admin_client, client, set_clock, target):
    set_clock(IN_THE_TERM)
    url = "/admin/pages/redirect/add/"
    assert messages_after(admin_client, url, path="/old/page/", target=target) == ""
    response = client.get("/old/page", secure=True)
    assert response.headers["Location"] == target


@pytest.mark.parametrize(
    "target",
    [
        "/news/9999/",
        "/documents/none.pdf",
        "/insurance/terms/1999/",
        "https://cyber.jnx.test/news/9999/#x",
    ],
)
def test_a_page_that_visitors_do_not_find_is_no_target(admin_client, set_clock, target):
    set_clock(IN_THE_TERM)
    told = messages_after(admin_client, "/admin/pages/redirect/add/", path="/old", target=target)
    assert "このアドレスには、公開しているページや資料がありません。" in told
    assert not Redirect.objects.filter(path="/old").exists()


@pytest.mark.parametrize(
    ("typed", "target"),
    [
        ("https://cyber.jnx.test/faq/", "/faq/"),
        ("https://CYBER.JNX.test:443", "/"),
        ("https://cyber.jnx.test./insurance#premiums", "/insurance/#premiums"),
        ("/insurance", "/insurance/"),
        ("/insurance/premiums?turnover=1", "/insurance/premiums/?turnover=1"),
        ("/insurance/premiums.csv", "/insurance/premiums.csv"),
        ("https://cyber.jnx.test:8000/x", "https://cyber.jnx.test:8000/x"),
        ("https://www.jnx.ne.jp/insurance", "https://www.jnx.ne.jp/insurance"),
    ],
)
def test_a_target_on_this_site_is_stored_as_the_path_of_its_page(
    admin_client, set_clock, typed, target
):
    set_clock(IN_THE_TERM)
    url = "/admin/pages/redirect/add/"
    assert messages_after(admin_client, url, path="/old", target=typed) == ""
    assert Redirect.objects.get(path="/old").target == target


def test_a_path_that_leads_on_already_is_told_in_plain_words(admin_client):
    url = "/admin/pages/redirect/add/"
    told = messages_after(admin_client, url, path="/csp/sompo", target="/")
    assert "同じこれまでのアドレスがすでにあります。" in told
