"""Cached responses: the bytes that are sent, until when they are good, and their headers."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass, field
from hashlib import sha256
from math import inf

import brotli

IDENTITY, GZIP, BROTLI = "", "gzip", "br"
# The best quality takes 10 ms for a twentieth less. The window holds any page; a larger one makes the quick
# quality as slow.
BEST, QUICK, BROTLI_WINDOW = 11, 9, 16
WORTH_COMPRESSING = 200  # bytes
TEXT = re.compile(r"text/|application/[\w.+-]*(json|xml|javascript)|image/svg")
NOT_TAKEN = r"\s*;\s*q=0(\.0*)?\s*(,|$)"
TAKES = {
    encoding: re.compile(rf"(?<![\w-]){encoding}\b(?!{NOT_TAKEN})", re.IGNORECASE)
    for encoding in (BROTLI, GZIP)
}

# The longest that others may use a response, in seconds: browsers; caches in front of us; and either of
# them after that, while they revalidate it and while we do not answer.
LIFE, SHARED_LIFE, WHILE_ASKING, WHILE_AWAY = 60, 5, 30, 24 * 60 * 60

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, eq=False)
class CachedResponse:
    """A response as it is sent: good from `rendered_for` until just before `expires_at`, in seconds since 1970."""

    status: int
    headers: tuple[tuple[str, str], ...]  # except those of `head`
    bodies: dict[str, bytes]  # by encoding
    rendered_for: float
    expires_at: float = inf
    revision: str = ""  # build id and content revision; "" for a static file
    cache_control: str = ""  # set where it does not follow from `expires_at`
    _heads: dict[str, tuple[int, Headers]] = field(default_factory=dict, init=False, repr=False)

    def is_good_at(self, now: float) -> bool:
        return self.rendered_for <= now < self.expires_at

    def encoding_for(self, accepted: str) -> str:
        """Return the best of our encodings that an Accept-Encoding header takes."""
        for encoding, takes in TAKES.items():
            if encoding in self.bodies and takes.search(accepted):
                return encoding
        return IDENTITY

    def etag(self, encoding: str) -> bytes:
        return b'"%b"' % sha256(self.bodies[encoding]).hexdigest()[:12].encode()

    def head(self, encoding: str, now: float) -> Headers:
        """Return all headers of the response in this encoding. Within a second it is the same list."""
        second, headers = self._heads.get(encoding, (None, []))
        if second != int(now):
            headers = self._render_head(encoding, now)
            self._heads[encoding] = (int(now), headers)
        return headers

    def _render_head(self, encoding: str, now: float) -> Headers:
        headers = [(name.encode(), value.encode("latin-1")) for name, value in self.headers]
        headers += [
            (b"Content-Length", str(len(self.bodies[encoding])).encode()),
            (b"Cache-Control", (self.cache_control or life(self.expires_at - now)).encode()),
            (b"ETag", self.etag(encoding)),
            (b"Vary", b"Accept-Encoding"),
        ]
        if encoding:
            headers.append((b"Content-Encoding", encoding.encode()))
        return headers

    def to_bytes(self) -> bytes:
        """Return the response for the disk, with a checksum in front."""
        about = {
            "status": self.status,
            "headers": self.headers,
            "rendered_for": self.rendered_for,
            "expires_at": None if self.expires_at == inf else self.expires_at,
            "revision": self.revision,
            "cache_control": self.cache_control,
            "lengths": {encoding: len(body) for encoding, body in self.bodies.items()},
        }
        rest = b"\n".join([json.dumps(about).encode(), b"".join(self.bodies.values())])
        return b"\n".join([sha256(rest).hexdigest().encode(), rest])

    @classmethod
    def from_bytes(cls, data: bytes) -> CachedResponse:
        """Return the response that `to_bytes` wrote. Raises ValueError for any other data."""
        checksum, _, rest = data.partition(b"\n")
        if checksum != sha256(rest).hexdigest().encode():
            raise ValueError("the checksum differs")
        line, _, joined = rest.partition(b"\n")
        try:
            about = json.loads(line)
            bodies, start = {}, 0
            for encoding, length in about.pop("lengths").items():
                bodies[encoding] = joined[start : start + length]
                start += length
            about["headers"] = tuple((name, value) for name, value in about["headers"])
            about["expires_at"] = inf if about["expires_at"] is None else about["expires_at"]
            return cls(bodies=bodies, **about)
        except (AttributeError, KeyError, TypeError) as error:
            raise ValueError(f"its form differs: {error}") from error


def life(seconds_left: float) -> str:
    """Return the Cache-Control of a response that reads differently after so many seconds (inf: never).

    Nobody may use it beyond them, not even while we do not answer. One second is taken off: caches count
    in whole ones, and the response is under way meanwhile.
    """
    left = max(0, int(min(seconds_left, WHILE_AWAY + LIFE + 1)) - 1)
    lives = {
        "max-age": min(LIFE, left),
        "s-maxage": min(SHARED_LIFE, left),
        "stale-while-revalidate": min(WHILE_ASKING, max(0, left - LIFE)),
        "stale-if-error": min(WHILE_AWAY, max(0, left - LIFE)),
    }
    return ", ".join(["public", *(f"{name}={seconds}" for name, seconds in lives.items())])


def compressed(body: bytes, content_type: str, quality: int = BEST) -> dict[str, bytes]:
    """Return the body in each encoding, by Brotli in this quality. Only for public text: the length of a compressed secret gives it away."""
    bodies = {IDENTITY: body}
    if len(body) >= WORTH_COMPRESSING and TEXT.match(content_type):
        bodies[GZIP] = gzip.compress(body, mtime=0)
        bodies[BROTLI] = brotli.compress(body, quality=quality, lgwin=BROTLI_WINDOW)
    return bodies
