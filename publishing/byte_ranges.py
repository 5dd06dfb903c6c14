"""Byte ranges (RFC 9110, section 14): readers of PDFs ask for large documents in parts."""

import re

from publishing.cached_response import Headers

ACCEPTS = (b"Accept-Ranges", b"bytes")  # in the head of a response that may be asked for in parts
RANGE = re.compile(rb"bytes=(?:([0-9]{1,15})-([0-9]{0,15})|-([0-9]{1,15}))")


def part_of(
    head: Headers, body: bytes, asked: dict[bytes, bytes]
) -> tuple[int, Headers, bytes] | None:
    """Return status, headers and body of the part that these headers of a request ask for.

    Returns None where the whole is to be sent: none, several or no valid ranges, or a range of a body that
    has changed (If-Range).
    """
    found = RANGE.fullmatch(asked.get(b"range", b"").strip())
    condition = asked.get(b"if-range")
    if not found or ACCEPTS not in head or condition not in (None, dict(head)[b"ETag"]):
        return None
    size = len(body)
    first, last, suffix = (int(each) if each else None for each in found.groups())
    start = size - min(suffix, size) if suffix is not None else first or 0
    end = size if last is None else min(last + 1, size)
    if last is not None and last < start:
        return None
    if start >= size:
        return 416, _with(head, 0, b"bytes */%d" % size), b""
    content_range = b"bytes %d-%d/%d" % (start, end - 1, size)
    return 206, _with(head, end - start, content_range), body[start:end]


def _with(head: Headers, length: int, content_range: bytes) -> Headers:
    others = [(name, value) for name, value in head if name != b"Content-Length"]
    return [
        *others,
        (b"Content-Length", str(length).encode()),
        (b"Content-Range", content_range),
    ]
