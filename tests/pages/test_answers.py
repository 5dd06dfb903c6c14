"""Tests of the headers of every response, whatever was asked for and how."""

import re

import pytest
from django.test import Client

from products.models import Notice
from tests.headers import assert_has_the_usual_headers
from tests.moments import IN_THE_TERM, tokyo
from tests.pages.page_paths import FILE_PATHS, PAGE_PATHS, TERM_PATH

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
PUBLIC = [*PAGE_PATHS, TERM_PATH, "/news/1/", *FILE_PATHS]

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _notice(content_of_module) -> None:
    Notice.objects.create(pk=1, title="件名", text="本文", public_from=tokyo("2025-10-01T00:00"))


@pytest.fixture
def client(set_clock) -> Client:
    set_clock(IN_THE_TERM)
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_answers_get_and_head_alone(client, path, method):
    response = client.generic(method, path, secure=True)
    assert response.status_code == (200 if method in ("GET", "HEAD") else 405)
    assert_has_the_usual_headers(response)
    if response.status_code == 405:
        assert response.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", ["/nowhere/", "/news/999/", "/insurance/terms/1999/"])
def test_what_is_not_there_is_a_404_with_the_same_headers(client, path, method):
    response = client.generic(method, path, secure=True)
    assert response.status_code == (
        404 if path == "/nowhere/" or method in ("GET", "HEAD") else 405
    )
    assert_has_the_usual_headers(response)


@pytest.mark.parametrize(
    ("path", "secure", "host", "status"),
    [
        ("/insurance", True, "cyber.jnx.test", 301),
        ("/", False, "cyber.jnx.test", 301),
        ("/", True, "elsewhere.example", 400),
    ],
)
def test_redirects_and_refusals_have_the_headers_too(client, path, secure, host, status):
    response = client.get(path, secure=secure, headers={"host": host})
    assert response.status_code == status
    if secure:
        assert_has_the_usual_headers(response)
    assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize(
    "cookies", [{"csrftoken": "x" * 32}, {"csrftoken": "broken"}, {"messages": "x"}]
)
@pytest.mark.parametrize("path", [*PUBLIC, "/nowhere/"])
def test_a_visitor_with_cookies_gets_the_same_bytes(client, path, cookies):
    plain = client.get(path, secure=True)
    for name, value in (cookies | {"sessionid": "a-session-of-somebody"}).items():
        client.cookies[name] = value
    with_cookies = client.get(path, secure=True)
    assert_has_the_usual_headers(with_cookies)
    assert with_cookies.content == plain.content
    assert with_cookies.headers == plain.headers


@pytest.mark.parametrize("path", [*PUBLIC, "/nowhere/"])
def test_head_has_the_headers_of_get_and_no_body(client, path):
    get, head = client.get(path, secure=True), client.head(path, secure=True)
    assert head.content == b""
    assert head.headers == get.headers


def test_a_line_break_of_a_template_is_no_space_in_japanese(client):
    html = client.get("/insurance/", secure=True).content.decode()
    assert "  " not in html.replace("\n ", "")
    assert not re.search("[ぁ-ん一-龥。、]\\n|\\n[ぁ-ん一-龥「]", html)


def test_a_proxy_that_speaks_https_is_believed(client):
    assert client.get("/", headers={"x-forwarded-proto": "https"}).status_code == 200


@pytest.mark.parametrize("path", PUBLIC)
def test_the_query_string_changes_nothing(client, path):
    assert (
        client.get(path, {"utm_source": "x"}, secure=True).content
        == client.get(path, secure=True).content
    )


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/news/feed.atom", "application/atom+xml; charset=utf-8"),
        ("/sitemap.xml", "application/xml"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/.well-known/security.txt", "text/plain; charset=utf-8"),
    ],
)
def test_an_answer_says_what_it_is(client, path, content_type):
    assert client.get(path, secure=True).headers["Content-Type"] == content_type


@pytest.mark.parametrize(
    "path",
    [
        "/news/99999999999999999999999/",
        "/insurance/terms/" + "x" * 1000 + "/",
        "/documents/%00.pdf",
        "/documents/nothing.pdf",
        "/%E4%BF%9D%E9%99%BA/",
        "/..%2f..%2fetc/passwd",
    ],
)
def test_an_odd_path_is_a_404(client, path):
    assert client.get(path, secure=True).status_code == 404
