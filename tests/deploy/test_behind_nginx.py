"""The site as visitors meet it on a server: nginx, two instances, one PostgreSQL, and the mirror."""

import re
import socket
import time
from email.utils import parsedate_to_datetime

import pytest

from publishing.cached_response import WHILE_AWAY
from tests.deploy.installation import ask
from tests.deploy.outage import SHORT_NOTICE, headers_of_the_site, says_when_it_was_rendered
from tests.deploy.processes import stop, wait_for
from tests.deploy.shipped import HOST
from tests.pages.page_paths import PAGE_PATHS
from tests.patience import limit

QUESTION = "/insurance/join/?on=2025-12-01"


def test_every_page_is_there_and_is_cached(nginx):
    for path in PAGE_PATHS:
        assert nginx.get(path)[0].status == 200
        nginx.wait_until_cached(path)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=1.0, gzip;q=0.8", "br"),
        ("br;q=0, gzip", "gzip"),
        ("gzip", "gzip"),
        ("x-gzip", None),
        ("identity", None),
        ("", None),
    ],
)
def test_each_visitor_gets_the_encoding_that_the_site_would_send(stack, accepted, encoding):
    own, body = ask(stack.instances[0].port, "/faq/", Accept_Encoding=accepted)
    assert own.headers["Content-Encoding"] == encoding
    for _ in range(2):
        response, received = stack.nginx.get("/faq/", Accept_Encoding=accepted)
        assert response.headers["Content-Encoding"] == encoding
        assert response.headers["Vary"] == "Accept-Encoding"
        assert received == body


def test_what_browsers_write_differently_is_cached_once(nginx):
    nginx.get("/faq/", Accept_Encoding="gzip, deflate, br")
    nginx.wait_until_cached("/faq/", Accept_Encoding="br, gzip;q=0.5")
    nginx.get("/faq/?utm_source=a")
    nginx.wait_until_cached("/faq/?utm_source=b&fbclid=c")


def test_a_question_is_answered_and_its_answer_cached(nginx):
    for path, answer in (
        (QUESTION, "2025年12月1日"),
        ("/insurance/premiums/?turnover=1000000000&own=&profit=no", ""),
        ("/insurance/summary/?no=1&on=2025-12-01", ""),
    ):
        response, body = nginx.get(path)
        assert response.status == 200, path
        assert answer in body.decode()
        nginx.wait_until_cached(path)


@pytest.mark.parametrize(
    "path",
    [
        QUESTION,
        "/insurance/join/?on=",
        "/insurance/join/?on=2025-12-01&on=2025-12-24",
        "/insurance/join/?utm=1&on=2025-12-24",
        "/insurance/join/?on=%E4%BB%8A%E6%97%A5",
        "/insurance/premiums/?turnover=1000000000&own=&profit=no",
        "/insurance/premiums/?turnover=&own=&profit=",
        "/insurance/premiums/?profit=yes&own=12%E5%84%84%E5%86%86",
        "/insurance/summary/?on=2025-12-01&no=1",
        "/news/?page=2",
        "/nowhere/",
    ],
)
def test_an_answer_is_that_of_the_site_itself(stack, path):
    own, body = ask(stack.instances[0].port, path)
    response, received = stack.nginx.get(path)
    assert (response.status, received) == (own.status, body)


@pytest.mark.parametrize(
    ("trick", "path"),
    [
        ("/insurance/join/?%6fn=2020-01-01", "/insurance/join/"),
        ("/insurance/join/?on=2020-01-01&on=2025-12-24", "/insurance/join/?on=2020-01-01"),
        ("/insurance/join/%3Fon=2025-12-01", QUESTION),
        ("/insurance/join/?on=2020-01-01;on=2025-12-01", QUESTION),
    ],
)
def test_nobody_can_put_another_answer_in_the_place_of_one(stack, trick, path):
    own, body = ask(stack.instances[0].port, path)
    stack.nginx.get(trick)
    response, received = stack.nginx.get(path)
    assert (response.status, received) == (own.status, body)


def test_a_strange_host_leaves_nothing_behind(nginx):
    assert nginx.get("/company/", Host="elsewhere.example")[0].status == 400
    assert nginx.get("/company/")[0].status == 200


def test_an_edit_is_seen_through_both_instances_and_through_nginx_as_soon_as_its_short_life_ends(
    stack,
):
    stack.nginx.get("/contact/")
    telephone = stack.change_telephone().encode()
    edited = time.monotonic()
    for instance in stack.instances:
        wait_for(lambda i=instance: telephone in ask(i.port, "/contact/")[1], seconds=2)
    assert time.monotonic() - edited < limit(2)
    wait_for(lambda: telephone in stack.nginx.get("/contact/")[1], seconds=10)
    # 5 seconds, of which nginx counts the last one whole.
    assert time.monotonic() - edited < limit(7)


def test_with_one_instance_gone_nobody_notices(stack):
    stop(stack.instances[0])
    for path in [*PAGE_PATHS, QUESTION, "/admin/login/"]:
        response, body = stack.nginx.get(path)
        assert response.status == 200, path
        assert not says_when_it_was_rendered(body)


class TestWithoutAnyInstance:
    def test_a_cached_page_is_served_within_its_allowance(self, before):
        response, body = before.nginx.get("/contact/")
        assert (response.status, body) == (200, before.contact)
        assert before.nginx.cache_status("/contact/") == "STALE"

    def test_no_page_is_served_beyond_the_instant_at_which_it_changes(self, before):
        """Not even where nothing better is to be had."""
        response, body = before.nginx.get("/")
        assert response.status == 200
        assert SHORT_NOTICE not in body
        assert says_when_it_was_rendered(body)

    def test_every_page_is_there_and_says_when_it_was_rendered(self, before):
        site_map = before.nginx.get("/sitemap.xml")[1].decode()
        urls = re.findall(f"<loc>https://{HOST}(.*?)</loc>", site_map)
        assert {*PAGE_PATHS} <= {*urls}
        for path in urls:
            response, body = before.nginx.get(path)
            assert response.status == 200, path
            assert says_when_it_was_rendered(body) or path == "/contact/", path
            if path != "/contact/":
                assert response.headers["Cache-Control"] == "no-store"

    def test_the_page_looks_as_always(self, before):
        response, _ = before.nginx.get(before.style_sheet, Accept_Encoding="gzip")
        assert response.status == 200
        assert response.headers["Content-Encoding"] == "gzip"
        assert response.headers["Content-Type"].startswith("text/css")

    def test_a_link_from_elsewhere_with_parameters_of_others_leads_to_its_page(self, before):
        assert before.nginx.get("/company/?utm_source=x")[0].status == 200
        assert before.nginx.get("/company")[0].status == 200

    @pytest.mark.parametrize(
        "path",
        [QUESTION, "/insurance/premiums/?profit=no", "/insurance/summary/?no=1", "/news/?page=2",
         "/nowhere/", "/admin/", "/preview/abc/"],
    )  # fmt: skip
    def test_what_the_mirror_cannot_answer_is_not_answered_by_another_page(self, before, path):
        response, body = before.nginx.get(path)
        assert response.status == 503
        assert response.headers["Retry-After"] == "30"
        assert response.headers["Cache-Control"] == "no-store"
        assert "ページを表示できません" in body.decode()
        assert "0120-318-258" in body.decode()
        assert says_when_it_was_rendered(body)

    def test_a_form_with_a_document_is_told_so_too(self, before):
        response, body = before.nginx.get("/admin/", method="POST", body=b"x" * 21 * 2**20)
        assert response.status == 503
        assert "0120-318-258" in body.decode()

    @pytest.mark.parametrize(
        ("request_line", "status"),
        [("GET /" + "x" * 9_000, 414), ("GET /\0", 400), ("GET / /", 400)],
    )
    def test_what_nginx_refuses_by_itself_gets_a_page_with_the_numbers(
        self, before, request_line, status
    ):
        with socket.create_connection(("127.0.0.1", before.nginx.port), timeout=20) as connection:
            connection.sendall(f"{request_line} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
            answer = b"".join(iter(lambda: connection.recv(65_536), b"")).decode()
        assert answer.startswith(f"HTTP/1.1 {status} ")
        assert "リクエストを受け付けられません" in answer
        assert "0120-318-258" in answer

    @pytest.mark.parametrize("path", ["/", "/faq/", "/admin/", "/preview/abc/"])
    def test_a_body_that_is_too_large_gets_that_page_as_well(self, before, path):
        head = f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: {31 * 2**20}\r\n\r\n"
        with socket.create_connection(("127.0.0.1", before.nginx.port), timeout=20) as connection:
            connection.sendall(head.encode())
            connection.shutdown(socket.SHUT_WR)
            answer = b"".join(iter(lambda: connection.recv(65_536), b"")).decode()
        assert answer.startswith("HTTP/1.1 413 ")
        assert "0120-318-258" in answer

    def test_the_mirror_has_the_headers_of_the_site(self, before):
        assert headers_of_the_site(before.nginx.port) == before.headers


def test_head_and_if_none_match_work_through_the_cache(nginx):
    for _ in range(2):
        response, body = nginx.get("/company/", method="HEAD")
        assert (response.status, body) == (200, b"")
        assert int(response.headers["Content-Length"]) > 1000
    etag = nginx.get("/company/")[0].headers["ETag"]
    assert not etag.startswith("W/")
    response, body = nginx.get("/company/", If_None_Match=etag)
    assert (response.status, body) == (304, b"")
    assert nginx.get("/company/", If_None_Match='"another"')[0].status == 200
    zipped = nginx.get("/company/", Accept_Encoding="gzip", If_None_Match=etag)[0]
    assert zipped.status == 200


def test_browsers_are_told_how_long_they_may_keep_a_page_that_nginx_cached(nginx):
    """Check that Date is the time of rendering, and Cache-Control the lifetime from then."""
    first = nginx.get("/company/")[0]
    time.sleep(1.5)
    second = nginx.get("/company/")[0]
    assert first.headers["Date"] == second.headers["Date"]
    assert len(second.headers.get_all("Date")) == 1
    wait_for(lambda: nginx.cache_status("/company/") != "HIT")
    anew = nginx.get("/company/")[0]
    assert anew.headers["Date"] != first.headers["Date"]
    assert anew.headers["ETag"] == first.headers["ETag"]
    dates = [parsedate_to_datetime(each.headers["Date"]) for each in (first, anew)]
    left = [int(each.headers["Cache-Control"].rpartition("=")[2]) for each in (first, anew)]
    # Over a weekend no page changes for longer than anybody may keep it.
    assert WHILE_AWAY in left or abs(left[0] - left[1] - (dates[1] - dates[0]).seconds) <= 1


def test_static_files_are_cached_for_good(nginx):
    (style_sheet,) = re.findall(r'href="(/static/css/.*?)"', nginx.get("/")[1].decode())
    response, _ = nginx.get(style_sheet, Accept_Encoding="br")
    assert response.headers["Content-Encoding"] == "br"
    assert "immutable" in response.headers["Cache-Control"]
    nginx.wait_until_cached(style_sheet, Accept_Encoding="br")


def test_the_admin_is_not_cached_and_keeps_its_cookies(stack):
    nginx = stack.nginx
    said = stack.instances[0].manage("first_administrator")
    name, password = re.search(r"User name: +(\S+)\s+Password: +(\S+)", said).groups()
    response, cookies = nginx.sign_in(name, password)
    assert response.status == 302
    assert all("Secure" in header for header in response.headers.get_all("Set-Cookie"))
    session = f"sessionid={cookies['sessionid'].value}"
    for _ in range(2):
        response, _ = nginx.get(
            "/admin/password_change/", Cookie=session, Accept_Encoding="gzip, br"
        )
        assert response.status == 200
        assert response.headers["Content-Encoding"] is None
        assert any(c.startswith("sessionid=") for c in response.headers.get_all("Set-Cookie"))
        assert "no-store" in response.headers["Cache-Control"]
        assert nginx.get("/admin/")[0].status == 302
    assert nginx.cache_status("/admin/", Cookie=session) == ""
    assert nginx.cache_status("/preview/abc/") == ""


def test_what_a_visitor_claims_of_the_own_ip_is_not_believed(stack):
    response, _ = stack.nginx.sign_in(
        "nobody", "wrong", source="127.0.0.21", X_Forwarded_For="203.0.113.9"
    )
    assert response.status == 200
    attempts = stack.database.execute(
        "SELECT host(ip_address) FROM axes_accessattempt WHERE username = 'nobody'"
    )
    assert attempts == [("127.0.0.21",)]


def test_signing_in_over_and_over_is_slowed_down_and_reading_is_not(nginx):
    from_elsewhere = {"source": "127.0.0.9"}
    statuses = [
        nginx.get("/admin/login/", method="POST", **from_elsewhere)[0].status for _ in range(8)
    ]
    assert 429 not in statuses[:6]
    assert statuses[6:] == [429, 429]
    assert b"0120-318-258" in nginx.get("/admin/login/", method="POST", **from_elsewhere)[1]
    assert nginx.get("/admin/login/", **from_elsewhere)[0].status == 200
    assert nginx.get("/admin/login/", method="POST", source="127.0.0.10")[0].status != 429


def test_a_document_of_20_mb_reaches_the_admin_and_30_mb_are_the_end(nginx):
    headers = {"Content_Type": "multipart/form-data; boundary=x", "source": "127.0.0.11"}
    assert nginx.get("/admin/", method="POST", body=b"x" * 21 * 2**20, **headers)[0].status != 413
    headers["Content_Length"] = str(31 * 2**20)
    response, body = nginx.get("/admin/", method="POST", **headers)
    assert response.status == 413
    assert "登録できるファイルは20MBまでです。" in body.decode()


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_the_state_of_an_instance_is_told_to_this_machine_alone(nginx, path):
    assert nginx.get(path)[0].status == 200
    assert nginx.get(path, source="127.0.0.2")[0].status == 403


def test_plain_http_leads_to_https(nginx):
    response, _ = ask(nginx.plain_port, "/faq/?x=1", Host="elsewhere.example")
    assert response.status == 301
    assert response.headers["Location"] == f"https://{HOST}/faq/?x=1"


def test_the_log_tells_what_happened_and_nothing_of_the_visitor(nginx):
    before = len(nginx.logged())
    nginx.get(
        "/insurance/premiums/?own=123456789&profit=no", source="127.0.0.7", User_Agent="Lynx",
        Referer="https://search.example/?q=secret",
    )  # fmt: skip
    nginx.get("/preview/a-link-that-opens-it/", source="127.0.0.7")
    wait_for(lambda: len(nginx.logged()) == before + 2)
    question, preview = nginx.logged()[-2:]
    assert question["path"] == "/insurance/premiums/"
    assert question["status"] == 200
    assert re.fullmatch("[0-9a-f]{32}", question["request_id"])
    assert preview["path"] == "/preview/"
    text = nginx.log.read_text()
    for personal in ("127.0.0.7", "123456789", "Lynx", "secret", "a-link-that"):
        assert personal not in text
