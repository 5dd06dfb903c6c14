"""The page cache: cached responses in memory, and copies on disk for a start without a database."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from threading import Lock

from core.moment import Moment
from publishing.cached_response import IDENTITY, CachedResponse
from publishing.rendering import NOT_FOUND, CacheKey, at_one_revision

logger = logging.getLogger(__name__)

# Bytes of bodies in memory. The content limits the number of pages. Visitors choose parameters and
# paths that lead nowhere, and the responses to these must not evict the pages.
PAGES_SIZE, ANSWERS_SIZE = 64 * 2**20, 16 * 2**20
LARGEST_IN_MEMORY = 2**20  # bytes of a body; a larger one is on disk alone

HALF_WRITTEN_AFTER = 60  # seconds
PREWARM_SECONDS = 24 * 60 * 60.0  # how long before their time pages are prewarmed

Render = Callable[[CacheKey, Moment], CachedResponse]


class MemoryCache:
    """Cached responses by cache key, limited to `size` bytes; the oldest keys are evicted.

    A key has several versions: responses of one content revision that are good at different instants.
    """

    def __init__(self, size: int) -> None:
        self.versions: dict[CacheKey, tuple[CachedResponse, ...]] = {}
        self._free = size
        self._lock = Lock()

    def put(self, key: CacheKey, response: CachedResponse) -> None:
        """Add a version; drop those of other revisions, and those that ended a day before it."""
        with self._lock:
            others = self.versions.pop(key, ())
            versions = (
                response,
                *(
                    other
                    for other in others
                    if other.revision == response.revision
                    and other.rendered_for != response.rendered_for
                    and other.expires_at > response.rendered_for - PREWARM_SECONDS
                ),
            )
            self._free += sum(map(_size, others)) - sum(map(_size, versions))
            self.versions[key] = versions
            while self._free < 0 and len(self.versions) > 1:
                oldest = next(iter(self.versions))
                self._free += sum(map(_size, self.versions.pop(oldest)))

    def drop(self, key: CacheKey) -> None:
        """Remove all versions of the key."""
        with self._lock:
            self._free += sum(map(_size, self.versions.pop(key, ())))

    def drop_other_than(self, revision: str) -> None:
        """Remove the keys that have no version of this revision."""
        for key, versions in [*self.versions.items()]:
            if all(response.revision not in ("", revision) for response in versions):
                self.drop(key)


class PageCache:
    """The cached responses of one process.

    `render` renders a missing one. `build_id` names the code that does: copies on disk that other code
    rendered are never served as fresh. A response is fresh when it was rendered from the present content
    and is good at this instant. `answers_size` and `largest_in_memory` are bytes of bodies.
    """

    def __init__(
        self,
        folder: Path,
        render: Render,
        build_id: str,
        *,
        answers_size: int = ANSWERS_SIZE,
        largest_in_memory: int = LARGEST_IN_MEMORY,
    ) -> None:
        self.revision = ""  # the present one, as far as is known
        self.folder = folder
        self._render = render
        self._build_id = build_id
        self._pages = MemoryCache(PAGES_SIZE)
        self._answers = MemoryCache(answers_size)
        self._largest_in_memory = largest_in_memory

    def fresh(self, key: CacheKey, now: float) -> CachedResponse | None:
        """Return the response that is fresh at this instant (seconds since 1970), from memory alone."""
        for response in self._versions(key):
            if response.revision in ("", self.revision) and response.is_good_at(now):
                return response
        return None

    def last(self, key: CacheKey, now: float) -> CachedResponse | None:
        """Return the newest response that is good at this instant, of whatever content. Reads the disk."""
        if response := self.last_in_memory(key, now):
            return response
        for response in copies(self.folder, key):
            if response.is_good_at(now):
                self._remember(key, response)
                return response
        return None

    def last_in_memory(self, key: CacheKey, now: float) -> CachedResponse | None:
        """Return what `last` does, from memory alone."""
        return next((each for each in self._versions(key) if each.is_good_at(now)), None)

    def render(self, key: CacheKey, moment: Moment) -> CachedResponse:
        """Return the response as of the moment, from its copy on disk or rendered now, and cache it.

        Blocks. Raises CannotRenderError, and django.db.Error where the database does not answer.
        """
        if key.is_static:
            response = self._render(key, replace(moment))
            if response.status == 200:
                self._remember(key, response)
                return response
        if not moment.pinned:
            for response in copies(self.folder, key):
                is_present = response.revision == self.revision
                if is_present and response.is_good_at(moment.at.timestamp()):
                    self._remember(key, response)
                    return response
        revision, response = at_one_revision(lambda: self._render(key, replace(moment)))
        if moment.pinned:
            return response
        response = replace(response, revision=f"{self._build_id}.{revision}")
        is_page = self._is_page(key, response)
        self._remember(key, response)
        if is_page:
            self._write_copy(key, response)
        return response

    def set_revision(self, content_revision: str) -> None:
        """Take this as the present content revision."""
        self.revision = f"{self._build_id}.{content_revision}"

    def evict_outdated(self, now: float) -> None:
        """Remove responses of other content; from the disk also expired and half-written copies.

        To be called when the pages of the present content are cached.
        """
        self._pages.drop_other_than(self.revision)
        for path in self.folder.glob("*.page"):
            response = _read(path)
            if response is None or response.revision != self.revision or response.expires_at <= now:
                path.unlink(missing_ok=True)
        for path in self.folder.glob("*.new"):
            if _written_at(path) < now - HALF_WRITTEN_AFTER:
                path.unlink(missing_ok=True)

    @property
    def count(self) -> int:
        """Return the number of cache keys in memory."""
        return len(self._pages.versions) + len(self._answers.versions)

    def _versions(self, key: CacheKey) -> tuple[CachedResponse, ...]:
        return self._pages.versions.get(key) or self._answers.versions.get(key, ())

    def _remember(self, key: CacheKey, response: CachedResponse) -> None:
        if _size(response) > self._largest_in_memory:
            return
        if self._is_page(key, response):
            self._answers.drop(key)
            self._pages.put(key, response)
        else:
            self._answers.put(key, response)

    def _is_page(self, key: CacheKey, response: CachedResponse) -> bool:
        """Return whether the response is a page, and not the answer to what a visitor chose.

        A page that is gone counts as one: cached elsewhere, its last version would come back.
        """
        if key == NOT_FOUND or (response.status == 200 and not key.query):
            return True
        was_page = key in self._pages.versions or any(copies(self.folder, key))
        return was_page and not key.query

    def _write_copy(self, key: CacheKey, response: CachedResponse) -> None:
        """Write the copy so that a reader meets all of it or nothing. A full disk costs the copy only."""
        version = sha256(f"{response.revision} {response.rendered_for}".encode()).hexdigest()[:16]
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".new", delete=False) as file:
                try:
                    file.write(response.to_bytes())
                    file.close()
                    os.replace(file.name, self.folder / f"{_file_name(key)}.{version}.page")
                except OSError:
                    os.unlink(file.name)
                    raise
        except OSError as error:
            logger.error("No copy of %s was written: %s", key.path, error)


def copies(folder: Path, key: CacheKey) -> Iterator[CachedResponse]:
    """Yield the undamaged copies on disk of the responses to the key, the newest first."""
    if key.query:
        return
    paths = folder.glob(f"{_file_name(key)}.*.page")
    for path in sorted(paths, key=_written_at, reverse=True):
        response = _read(path)
        if response:
            yield response


def body_on_disk(folder: Path, key: CacheKey) -> bytes | None:
    """Return the uncompressed body of the newest copy; None where there is none."""
    newest = next(copies(folder, key), None)
    return newest.bodies[IDENTITY] if newest else None


def _written_at(path: Path) -> float:
    """Return seconds since 1970; 0 for a file that another process has just removed."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0


def _file_name(key: CacheKey) -> str:
    return sha256(key.path.encode()).hexdigest()[:16]


def _read(path: Path) -> CachedResponse | None:
    try:
        return CachedResponse.from_bytes(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        logger.error("A copy on disk is damaged and ignored: %s: %s", path.name, error)
        return None


def _size(response: CachedResponse) -> int:
    return sum(map(len, response.bodies.values()))
