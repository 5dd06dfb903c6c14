"""Tests of the front: which requests get a cached page, which reach Django, and how."""

import asyncio

import pytest

from core.clock import parse_site_clock
from pages.models import Redirect
from publishing.rendering import CacheKey
from publishing.revision import content_revision
from tests.application import Application
from tests.moments import IN_THE_TERM, moment

pytestmark = pytest.mark.django_db

KINDS_OF_VISITORS = [
    {},
    {"Cookie": "sessionid=a-session-of-somebody; csrftoken=broken; messages=x"},
    {"Authorization": "Basic YTpi"},
    {"User-Agent": "a telephone", "Accept-Language": "en", "Referer": "https://elsewhere.example/"},
    {"X-Forwarded-Host": "elsewhere.example", "X-Forwarded-For": "192.0.2.1"},
    {"X-Request-ID": "0123456789abcdef"},
    {"Cache-Control": "no-cache", "Pragma": "no-cache", "Range": "bytes=0-9"},
    {"X-HTTP-Method-Override": "DELETE", "X-Original-URL": "/admin/"},
]


@pytest.mark.parametrize("path", ["/", "/contact/", "/nowhere/", "/robots.txt"])
def test_every_visitor_gets_the_same_answer(site, path):
    answers = [site.ask(path, **visitor) for visitor in KINDS_OF_VISITORS]
    assert all(answer == answers[0] for answer in answers)
    assert "Set-Cookie" not in answers[0].headers
    assert "X-Request-ID" not in answers[0].headers
    assert answers[0].headers["Vary"] == "Accept-Encoding"
    assert site.cache.count == (2 if path == "/nowhere/" else 1)  # with the redirects


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_path_of_before_leads_on_without_a_page_of_its_own(site, method):
    for path in ("/csp/sompo", "/csp/sompo/"):
        answer = site.ask(path, method=method, query="utm_source=mail")
        assert (answer.status, answer.headers["Location"]) == (301, "/")
    assert site.cache.count == 1  # the redirects
    assert site.ask("/csp/sompo2").status == 404


def test_a_new_redirect_works_without_a_new_page(site):
    assert site.ask("/old/page").status == 404
    Redirect.objects.create(path="/old/page", target="/faq/?x=保険\r\nSet-Cookie: x=y")
    site.cache.set_revision(content_revision())  # as the poller does within two seconds
    site.cache.render(CacheKey("/redirects.json"), moment(IN_THE_TERM))  # as a thread does
    answer = site.ask("/old/page")
    assert answer.headers["Location"] == "/faq/?x=%E4%BF%9D%E9%99%BA%0D%0ASet-Cookie:%20x=y"
    assert "Set-Cookie" not in answer.headers


def test_whoever_asks_first_leaves_nothing_in_what_is_cached(site):
    first = site.ask(
        "/contact/",
        query="utm_source=secret-campaign",
        **KINDS_OF_VISITORS[1] | KINDS_OF_VISITORS[4],
    )
    assert first == site.ask("/contact/")
    page = site.cache.fresh(CacheKey("/contact/"), moment(IN_THE_TERM).at.timestamp())
    cached = page.to_bytes()
    for secret in (
        b"secret-campaign",
        b"a-session-of-somebody",
        b"elsewhere.example",
        b"192.0.2.1",
    ):
        assert secret not in cached


@pytest.mark.parametrize(
    ("path", "method", "headers", "status"),
    [
        ("/admin/", "GET", {}, 302),
        ("/admin/login/", "GET", {}, 200),
        ("/admin/nowhere/", "GET", {}, 302),
        ("/preview/x/", "GET", {}, 404),
        ("/preview/x/contact/", "GET", {}, 404),
        ("/contact", "GET", {}, 301),
        ("/contact/", "POST", {}, 405),
        ("/contact/", "DELETE", {}, 405),
        ("/contact/", "OPTIONS", {}, 405),
        ("/contact/", "GET", {"Host": "elsewhere.example"}, 400),
        ("/contact/", "GET", {"Host": ""}, 400),
        ("/contact/", "GET", {"X-Forwarded-Proto": "http"}, 301),
    ],
)
def test_what_is_not_public_is_never_cached(settings, site, path, method, headers, status):
    assert site.ask(path, method, **headers).status == status
    assert site.cache.count == 0
    assert not settings.PAGE_CACHE_DIR.exists()


def test_nothing_of_a_pinned_clock_is_cached(settings, site):
    settings.SITE_CLOCK = parse_site_clock("2025-12-10T10:00")
    for _ in range(2):
        answer = site.ask("/contact/")
        assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-store")
        assert "時計を止めて表示しています" in answer.body.decode()
    assert site.cache.count == 0
    assert not settings.PAGE_CACHE_DIR.exists()


def test_head_has_the_headers_of_get(site):
    get, head = site.ask("/contact/"), site.ask("/contact/", "HEAD")
    assert head == (get.status, get.headers, b"")


def test_a_repeated_request_is_told_that_nothing_changed(site):
    tag = site.ask("/contact/", Accept_Encoding="br").headers["ETag"]
    again = site.ask("/contact/", Accept_Encoding="br", If_None_Match=tag)
    assert (again.status, again.body) == (304, b"")


def test_who_sends_a_form_slowly_takes_no_place_from_others(settings):
    site = Application(settings.PAGE_CACHE_DIR, django_requests=1)

    async def slowly_and_quickly():
        never = asyncio.Event()

        async def receive():
            await never.wait()

        async def send(message):
            pytest.fail("nothing was asked yet")

        scope = {
            "type": "http", "method": "POST", "path": "/", "query_string": b"",
            "headers": [(b"host", b"cyber.jnx.test")],
        }  # fmt: skip
        slow = asyncio.create_task(site.front(scope, receive, send))
        await asyncio.sleep(0)
        quick = await asyncio.wait_for(site.answer("/contact/", "POST", ""), timeout=5)
        slow.cancel()
        return quick

    assert asyncio.run(slowly_and_quickly()).status == 405


def test_a_large_form_arrives_whole(settings):
    seen = []

    async def django(scope, receive, send):
        while True:
            message = await receive()
            seen.append(message["body"])
            if not message["more_body"]:
                break
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body"})

    site = Application(settings.PAGE_CACHE_DIR, django_app=django)
    body = bytes(range(256)) * 1_000
    assert site.ask("/admin/login/", "POST", body=body).status == 200
    assert b"".join(seen) == body
    assert len(seen) > 1


@pytest.mark.parametrize(
    ("path", "page", "said"),
    [
        ("/faq/", "/refused/", "リクエストを受け付けられません"),
        ("/admin/products/document/add/", "/upload/refused/", "登録できるファイルは20MBまでです。"),
    ],
)
def test_a_request_that_is_too_large_is_refused(settings, path, page, said):
    site = Application(settings.PAGE_CACHE_DIR, largest_body=3)
    assert site.ask(page).status == 200  # as the prewarmer does
    answer = site.ask(path, "POST", body=b"1234")
    assert answer.status == 413
    assert said in answer.body.decode()
    assert "0120-318-258" in answer.body.decode()
    assert answer.headers["Cache-Control"] == "no-store"


def test_no_other_protocol_is_spoken(site):
    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(site.front({"type": "websocket", "path": "/", "headers": []}, None, send))
    assert sent == [{"type": "websocket.close"}]
