"""CachedResponse answers: how long they live, in which encoding they are sent, and how they survive a disk."""

import gzip
from math import inf

import brotli
import pytest

from publishing.cached_response import CachedResponse, compressed, life
from publishing.front import reply
from tests.moments import tokyo

LONG_TEXT = "保険料の目安".encode() * 100
NOW = tokyo("2025-10-03T10:00").timestamp()


def cached(expires_at: float = inf, **values) -> CachedResponse:
    return CachedResponse(
        **{
            "status": 200,
            "headers": (("Content-Type", "text/html; charset=utf-8"),),
            "bodies": compressed(LONG_TEXT, "text/html; charset=utf-8"),
            "rendered_for": NOW,
            "expires_at": expires_at,
        }
        | values
    )


def asked(page: CachedResponse, method: str = "GET", now: float = NOW, **headers: str):
    given = {name.replace("_", "-").encode(): value.encode() for name, value in headers.items()}
    status, head, body = reply(page, method, given, now)
    return status, {name.decode(): value.decode() for name, value in head}, body


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("br;q=1.0", "br"),
        ("gzip, br;q=0", "gzip"),
        ("gzip, br; q=0.0", "gzip"),
        ("br;Q=0, gzip", "gzip"),
        ("gzip;q=0", None),
        ("x-br", None),
        ("brown", None),
        ("", None),
    ],
)
def test_a_page_is_sent_in_the_best_encoding_that_is_taken(accepted, encoding):
    status, headers, body = asked(cached(), accept_encoding=accepted)
    unpack = {"gzip": gzip.decompress, "br": brotli.decompress, None: bytes}[encoding]
    assert status == 200
    assert headers.get("Content-Encoding") == encoding
    assert unpack(body) == LONG_TEXT
    assert headers["Content-Length"] == str(len(body))
    assert headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("body", "content_type", "encodings"),
    [
        (LONG_TEXT, "text/html; charset=utf-8", {"", "gzip", "br"}),
        (LONG_TEXT, "application/atom+xml; charset=utf-8", {"", "gzip", "br"}),
        (LONG_TEXT, "application/manifest+json", {"", "gzip", "br"}),
        (LONG_TEXT, "text/calendar; charset=utf-8", {"", "gzip", "br"}),
        (LONG_TEXT, "image/svg+xml", {"", "gzip", "br"}),
        (LONG_TEXT, "application/pdf", {""}),
        (LONG_TEXT, "image/png", {""}),
        (b"User-agent: *\n", "text/plain", {""}),  # nothing to be gained
    ],
)
def test_what_gets_smaller_is_compressed(body, content_type, encodings):
    assert compressed(body, content_type).keys() == encodings


def test_each_encoding_has_its_own_strong_entity_tag():
    page = cached()
    tags = {asked(page, accept_encoding=encoding)[1]["ETag"] for encoding in ("", "gzip", "br")}
    assert len(tags) == 3
    assert all(tag.startswith('"') for tag in tags)
    assert {asked(cached(), accept_encoding=each)[1]["ETag"] for each in ("", "gzip", "br")} == tags


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
@pytest.mark.parametrize("condition", ["{}", "W/{}", '"another", {}', "*"])
def test_who_has_the_page_is_told_so(method, encoding, condition):
    page = cached()
    _, headers, _ = asked(page, accept_encoding=encoding)
    status, again, body = asked(
        page, method, accept_encoding=encoding, if_none_match=condition.format(headers["ETag"])
    )
    assert (status, body) == (304, b"")
    assert again == {name: headers[name] for name in ("ETag", "Cache-Control", "Vary")}


@pytest.mark.parametrize("condition", ['"another"', "", "nonsense"])
def test_who_has_another_page_gets_this_one(condition):
    assert asked(cached(), if_none_match=condition)[0] == 200


def test_the_tag_of_one_encoding_is_not_that_of_another():
    page = cached()
    tag = asked(page, accept_encoding="gzip")[1]["ETag"]
    assert asked(page, accept_encoding="br", if_none_match=tag)[0] == 200


def test_a_missing_page_is_never_not_modified():
    page = cached(status=404)
    assert asked(page, if_none_match=asked(page)[1]["ETag"])[0] == 404


def test_head_has_the_headers_of_get_and_no_body():
    page = cached()
    _, headers, body = asked(page, accept_encoding="br")
    assert asked(page, "HEAD", accept_encoding="br") == (200, headers, b"")
    assert body


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (inf, (60, 5, 30, 86_400)),
        (86_460 + 61, (60, 5, 30, 86_400)),
        (3_601, (60, 5, 30, 3_540)),
        (91, (60, 5, 30, 30)),
        (62, (60, 5, 1, 1)),
        (30, (29, 5, 0, 0)),
        (3.5, (2, 2, 0, 0)),
        (1.9, (0, 0, 0, 0)),
        (0, (0, 0, 0, 0)),
        (-5, (0, 0, 0, 0)),
    ],
)
def test_nobody_may_use_a_page_beyond_the_instant_that_changes_it(left, expected):
    names = ("max-age", "s-maxage", "stale-while-revalidate", "stale-if-error")
    assert life(left) == ", ".join(
        ["public", *(f"{name}={seconds}" for name, seconds in zip(names, expected, strict=True))]
    )
    longest = max(expected[0], expected[1]) + max(expected[2:])
    assert longest == 0 or longest < left


def test_the_life_on_a_cached_page_shrinks_towards_the_instant():
    page = cached(expires_at=NOW + 120)
    lives = [asked(page, now=NOW + second)[1]["Cache-Control"] for second in (0, 0.9, 90, 119)]
    assert lives == [life(120), life(120), life(30), life(1)]


def test_a_page_survives_the_disk():
    page = cached(expires_at=NOW + 60, revision="3-abc", cache_control="no-store")
    again = CachedResponse.from_bytes(page.to_bytes())
    for encoding in ("", "gzip", "br"):
        assert asked(again, accept_encoding=encoding) == asked(page, accept_encoding=encoding)
    assert (again.rendered_for, again.expires_at, again.revision) == (NOW, NOW + 60, "3-abc")
    assert CachedResponse.from_bytes(cached().to_bytes()).expires_at == inf


@pytest.mark.parametrize("position", [0, 10, 70, 200, -1])
def test_a_single_wrong_byte_on_the_disk_is_noticed(position):
    data = bytearray(cached().to_bytes())
    data[position] ^= 1
    with pytest.raises(ValueError, match="checksum"):
        CachedResponse.from_bytes(bytes(data))


@pytest.mark.parametrize("data", [b"", b"\n", b"garbage", b"0" * 64 + b"\n{}\n"])
def test_what_is_no_page_is_noticed(data):
    with pytest.raises(ValueError, match="checksum"):
        CachedResponse.from_bytes(data)
