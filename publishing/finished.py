"""A finished answer: the bytes that are sent, until when they are good, and how they are told apart."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass, field
from hashlib import sha256
from math import inf

import brotli

IDENTITY, GZIP, BROTLI = "", "gzip", "br"
# The next higher quality takes twenty times as long for a twentieth less. The window holds any page; a
# larger one makes quality 9 as slow.
BROTLI_QUALITY, BROTLI_WINDOW = 9, 16
WORTH_COMPRESSING = 200  # bytes
TEXT = re.compile(r"text/|application/[\w.+-]*(json|xml|javascript)|image/svg")
REFUSED = r"\s*;\s*q=0(\.0*)?\s*(,|$)"
TAKES = {
    encoding: re.compile(rf"(?<![\w-]){encoding}\b(?!{REFUSED})", re.IGNORECASE)
    for encoding in (BROTLI, GZIP)
}

# How long others may keep an answer at most, in seconds: browsers, caches in front of us, and either
# of them beyond that while they ask again, or while we do not answer.
LIFE, SHARED_LIFE, WHILE_ASKING, WHILE_AWAY = 60, 5, 30, 24 * 60 * 60

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, eq=False)
class Finished:
    """An answer as it is sent. `made_for` and `expires_at` are seconds since 1970: it is good from
    the one until just before the other."""

    status: int
    headers: tuple[tuple[str, str], ...]  # but those of `head`
    bodies: dict[str, bytes]  # by encoding
    made_for: float
    expires_at: float = inf
    revision: str = ""  # of the content it was made from; "": of none
    cache_control: str = ""  # where it does not follow from `expires_at`
    _heads: dict[str, tuple[int, Headers]] = field(default_factory=dict, init=False, repr=False)

    def is_good_at(self, now: float) -> bool:
        return self.made_for <= now < self.expires_at

    def encoding_for(self, accepted: str) -> str:
        """The best of our encodings that an Accept-Encoding header takes."""
        for encoding, takes in TAKES.items():
            if encoding in self.bodies and takes.search(accepted):
                return encoding
        return IDENTITY

    def etag(self, encoding: str) -> bytes:
        return b'"%b"' % sha256(self.bodies[encoding]).hexdigest()[:12].encode()

    def head(self, encoding: str, now: float) -> Headers:
        """All headers of the answer in this encoding. Those to the same second are the same list."""
        second, headers = self._heads.get(encoding, (None, []))
        if second != int(now):
            headers = self._make_head(encoding, now)
            self._heads[encoding] = (int(now), headers)
        return headers

    def _make_head(self, encoding: str, now: float) -> Headers:
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
        """For the disk: with a checksum in front."""
        about = {
            "status": self.status,
            "headers": self.headers,
            "made_for": self.made_for,
            "expires_at": None if self.expires_at == inf else self.expires_at,
            "revision": self.revision,
            "cache_control": self.cache_control,
            "lengths": {encoding: len(body) for encoding, body in self.bodies.items()},
        }
        rest = b"\n".join([json.dumps(about).encode(), b"".join(self.bodies.values())])
        return b"\n".join([sha256(rest).hexdigest().encode(), rest])

    @classmethod
    def from_bytes(cls, data: bytes) -> Finished:
        """Raises ValueError for anything but what `to_bytes` of this edition of the code wrote."""
        checksum, _, rest = data.partition(b"\n")
        if checksum != sha256(rest).hexdigest().encode():
            raise ValueError("the checksum is another")
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
            raise ValueError(f"it is of another form: {error}") from error


def life(seconds_left: float) -> str:
    """What Cache-Control says of an answer that reads differently after so many seconds (inf: never):
    nobody may use it beyond them, not even for want of a better one. A second less, for caches count
    in whole ones, and the answer is under way meanwhile."""
    left = max(0, int(min(seconds_left, WHILE_AWAY + LIFE + 1)) - 1)
    lives = {
        "max-age": min(LIFE, left),
        "s-maxage": min(SHARED_LIFE, left),
        "stale-while-revalidate": min(WHILE_ASKING, max(0, left - LIFE)),
        "stale-if-error": min(WHILE_AWAY, max(0, left - LIFE)),
    }
    return ", ".join(["public", *(f"{name}={seconds}" for name, seconds in lives.items())])


def compressed(body: bytes, content_type: str) -> dict[str, bytes]:
    """The body in each encoding that makes it smaller. Only for what is public: it holds no secret
    that the length of a compressed answer could give away."""
    bodies = {IDENTITY: body}
    if len(body) >= WORTH_COMPRESSING and TEXT.match(content_type):
        bodies[GZIP] = gzip.compress(body, mtime=0)
        bodies[BROTLI] = brotli.compress(body, quality=BROTLI_QUALITY, lgwin=BROTLI_WINDOW)
    return bodies
