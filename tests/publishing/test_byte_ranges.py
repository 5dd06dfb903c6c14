"""Documents in parts: what a reader of PDFs asks for, and what it gets."""

import pytest

from publishing.cached_response import CachedResponse
from publishing.front import reply

BODY = bytes(range(100))
DOCUMENT = CachedResponse(
    status=200,
    headers=(("Content-Type", "application/pdf"), ("Accept-Ranges", "bytes")),
    bodies={"": BODY},
    rendered_for=0,
)


def answer(method: str = "GET", **asked: str) -> tuple[int, dict[bytes, bytes], bytes]:
    headers = {name.replace("_", "-").encode(): value.encode() for name, value in asked.items()}
    status, head, body = reply(DOCUMENT, method, headers, now=0)
    return status, dict(head), body


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-9", 0, 9),
        ("bytes=10-", 10, 99),
        ("bytes=-10", 90, 99),
        ("bytes=-1000", 0, 99),
        ("bytes=90-1000", 90, 99),
        ("bytes=99-99", 99, 99),
    ],
)
def test_a_range_is_answered_with_its_part(asked, first, last):
    status, head, body = answer(range=asked)
    assert status == 206
    assert body == BODY[first : last + 1]
    assert head[b"Content-Range"] == b"bytes %d-%d/100" % (first, last)
    assert head[b"Content-Length"] == str(len(body)).encode()
    assert b"ETag" in head


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_range_beyond_the_end_cannot_be_answered(asked):
    status, head, body = answer(range=asked)
    assert (status, body, head[b"Content-Range"]) == (416, b"", b"bytes */100")


@pytest.mark.parametrize(
    "asked", ["bytes=0-9,20-29", "bytes=9-0", "bytes=a-b", "bytes=-", "lines=0-9", "bytes", ""]
)
def test_what_is_no_single_range_is_answered_with_the_whole(asked):
    status, head, body = answer(range=asked)
    assert (status, body) == (200, BODY)
    assert b"Content-Range" not in head


def test_a_range_of_what_has_changed_is_answered_with_the_whole():
    etag = answer()[1][b"ETag"].decode()
    assert answer(range="bytes=0-9", if_range=etag)[0] == 206
    assert answer(range="bytes=0-9", if_range='"of-before"')[0] == 200


def test_head_says_that_ranges_are_answered_and_has_none():
    status, head, body = answer("HEAD", range="bytes=0-9")
    assert (status, body, head[b"Accept-Ranges"]) == (200, b"", b"bytes")


def test_a_page_has_no_ranges():
    page = CachedResponse(200, (("Content-Type", "text/html"),), {"": BODY}, rendered_for=0)
    status, head, body = reply(page, "GET", {b"range": b"bytes=0-9"}, now=0)
    assert (status, body) == (200, BODY)
    assert b"Accept-Ranges" not in dict(head)
