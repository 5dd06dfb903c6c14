"""Tests of what requests leave in the log: lines that are found by the request, nothing about persons."""

import asyncio
import json
import logging
import re
import sqlite3
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User

from core.moment import Moment
from tests.application import Application
from tests.serving import free_port, get, stop, wait_until_served

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings) -> Application:
    return Application(settings.PAGE_CACHE_DIR)


@pytest.mark.parametrize(
    ("given", "is_taken"),
    [
        ("abcdefgh", True),
        ("1B4e28ba-2fa1-11d2-883f-0016d3cca427", True),
        ("a" * 64, True),
        ("a" * 65, False),
        ("abcdefg", False),
        ("abcdefgh!", False),
        ("abcd efgh", False),
        ("abcdefgh\n", False),
        ("äbcdefghi", False),
        ("", False),
        (None, False),
    ],
)
def test_a_request_bears_the_name_the_proxy_gave_it_or_a_new_one(site, log, given, is_taken):
    headers = {} if given is None else {"X_Request_ID": given}
    answer = site.ask("/", "POST", **headers)
    name = answer.headers["X-Request-ID"]
    if is_taken:
        assert name == given
    else:
        assert re.fullmatch("[0-9a-f]{32}", name)
        assert name != site.ask("/", "POST", **headers).headers["X-Request-ID"]
    assert answer.status == 405
    mine = [line for line in log() if line["request_id"] == name]
    assert [line["logger"] for line in mine] == ["django.request", "jnxcyber.access"]


def test_the_name_of_a_request_ends_with_it(site, log):
    async def a_request_and_something_else():
        await site.answer("/", "POST", "")
        logging.getLogger("jnxcyber").error("Something else")

    asyncio.run(a_request_and_something_else())
    assert log()[-1]["message"] == "Something else"
    assert "request_id" not in log()[-1]


@pytest.mark.parametrize(
    ("method", "path", "query", "shown", "status"),
    [
        ("GET", "/admin/", "q=hanako", "/admin/", 302),
        ("GET", "/insurance", "own=1", "/insurance", 301),
        ("DELETE", "/", "", "/", 405),
        ("POST", "/preview/eyJhdCI6:1tq:Yx_-k/news/", "", "/preview/.../news/", 405),
        ("POST", "/admin/" + "x" * 300, "", "/admin/" + "x" * 193, 403),
    ],
)
def test_a_request_to_django_is_one_line_of_access(site, log, method, path, query, shown, status):
    answer = site.ask(path, method, query)
    (line,) = (line for line in log() if line["logger"] == "jnxcyber.access")
    assert 0 <= line.pop("duration_ms") < 10_000
    del line["time"]
    assert line == {
        "level": "INFO",
        "logger": "jnxcyber.access",
        "message": "Answered",
        "request_id": answer.headers["X-Request-ID"],
        "method": method,
        "path": shown,
        "status": status,
    }
    assert answer.status == status


def test_a_cached_page_has_no_name_and_leaves_no_line(site, log):
    site.poller.poll()
    site.cache_page("/", Moment.now())
    answer = site.ask("/", X_Request_ID="abcdefgh")
    assert answer.status == 200
    assert "X-Request-ID" not in answer.headers
    assert log() == []


@pytest.mark.parametrize(
    ("method", "path", "host", "status", "message"),
    [
        ("GET", "/", "evil.example", 400, "Invalid HTTP_HOST header: 'evil.example'."),
        ("POST", "/admin/login/", "cyber.jnx.test", 403, "Forbidden (Referer checking failed"),
        ("POST", "/", "cyber.jnx.test", 405, "Method Not Allowed (POST): /"),
    ],
)
def test_a_refused_request_is_one_line_without_a_traceback(
    site, log, method, path, host, status, message
):
    answer = site.ask(path, method, Host=host)
    assert answer.status == status
    refusal, access = log()
    assert refusal["message"].startswith(message)
    assert refusal["request_id"] == access["request_id"]
    assert "exception" not in refusal


def test_a_refused_permission_is_one_line_without_a_traceback(client, log):
    client.force_login(User.objects.create_user("hanako", is_staff=True))
    assert client.get("/admin/preview/", secure=True).status_code == 403
    (line,) = log()
    assert line["message"] == "Forbidden (Permission denied): /admin/preview/"
    assert "exception" not in line


def test_a_foreign_form_is_told_without_what_was_asked_elsewhere(client, log):
    client.handler.enforce_csrf_checks = True
    client.get("/admin/login/", secure=True)
    referer = "https://elsewhere.example/?name=hanako"
    assert (
        client.post("/admin/login/", secure=True, headers={"referer": referer}).status_code == 403
    )
    (line,) = log()
    assert "Referer checking failed - https://elsewhere.example/?..." in line["message"]


def test_a_page_that_is_not_there_leaves_no_line(client, log):
    assert client.get("/nowhere/", secure=True).status_code == 404
    assert log() == []


@pytest.mark.server
def test_a_fault_in_the_running_site_is_found_by_its_request_and_tells_nothing_of_the_person(
    make, checkout
):
    port = free_port()
    process = make("run", f"PORT={port}", "TRUSTED_PROXIES=1", "SECOND_FACTOR=off")
    wait_until_served(process, port)
    person = {
        "Cookie": "sessionid=biscuitofhanako; csrftoken=",
        "User-Agent": "browserofhanako/1.0",
        "X-Forwarded-For": "203.0.113.77",
        "Referer": f"http://127.0.0.1:{port}/?from=hanako",
    }
    form = {"username": "hanako", "password": "passwordofhanako"}
    path = "/admin/login/?next=/admin/%3Fq%3Dhanako"

    def sign_in(name: str) -> int:
        token = "t" * 32
        headers = person | {
            "Cookie": f"sessionid=biscuitofhanako; csrftoken={token}",
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Request-ID": name,
        }
        body = urlencode(form | {"csrfmiddlewaretoken": token})
        response, _ = get(port, path, "POST", body, **headers)
        assert response.headers["X-Request-ID"] == name
        return response.status

    assert sign_in("sign-in-that-fails") == 200
    database = sqlite3.connect(checkout / "var" / "db.sqlite3")
    database.execute(  # what PostgreSQL says of a constraint
        "CREATE TRIGGER refuse BEFORE UPDATE ON axes_accessattempt BEGIN"
        " SELECT RAISE(ABORT, 'unique\nDETAIL:  Key (username)=(hanako) already exists.'); END"
    )
    assert sign_in("sign-in-that-breaks") == 500
    database.execute("DROP TRIGGER refuse")
    database.close()
    assert get(port, "/?q=hanako", **person)[0].status == 200

    output = stop(process)
    assert not re.search(r"hanako|203\.0\.113", output)
    log = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    assert any(line["message"].startswith("Listening at: http") for line in log)
    assert "[INFO]" not in output  # gunicorn's own form

    failed = [line for line in log if line.get("request_id") == "sign-in-that-fails"]
    assert "AXES: New login failure by somebody." in failed[0]["message"]
    assert failed[-1]["status"] == 200
    fault, access = (line for line in log if line.get("request_id") == "sign-in-that-breaks")
    assert fault["message"] == "Internal Server Error: /admin/login/"
    assert fault["exception"]["type"] == "django.db.utils.IntegrityError"
    assert fault["exception"]["message"] == "unique"
    assert fault["exception"]["frames"]
    assert (access["method"], access["path"], access["status"]) == ("POST", "/admin/login/", 500)
    assert sum(line["logger"] == "jnxcyber.access" for line in log) == 2
