"""Where finished answers are kept: in memory, and on disk for a start without a database."""

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
from publishing.finished import Finished
from publishing.making import NOT_FOUND, Address, undisturbed

logger = logging.getLogger(__name__)

# Bytes of bodies kept in memory: of pages, whose number the content limits, and of answers to what
# visitors choose (parameters, addresses that lead nowhere), which must not push out the pages.
PAGES, ANSWERS = 64 * 2**20, 16 * 2**20
LARGEST = 2**20  # bytes of a body; what is larger is on disk alone

HALF_WRITTEN_AFTER = 60  # seconds

AHEAD = 24 * 60 * 60.0  # seconds: how far pages are made ahead


class Shelf:
    """Versions of answers by address, in memory. The addresses that came first make room."""

    def __init__(self, size: int) -> None:
        self.versions: dict[Address, tuple[Finished, ...]] = {}
        self._room = size
        self._lock = Lock()

    def put(self, address: Address, page: Finished) -> None:
        """Keep this version beside those for other instants, if they are of the same revision."""
        with self._lock:
            others = self.versions.pop(address, ())
            versions = (
                page,
                *(
                    other
                    for other in others
                    if other.revision == page.revision
                    and other.made_for != page.made_for
                    and other.expires_at > page.made_for - AHEAD
                ),
            )
            self._room += sum(map(_size, others)) - sum(map(_size, versions))
            self.versions[address] = versions
            while self._room < 0 and len(self.versions) > 1:
                first = next(iter(self.versions))
                self._room += sum(map(_size, self.versions.pop(first)))

    def drop(self, address: Address) -> None:
        with self._lock:
            self._room += sum(map(_size, self.versions.pop(address, ())))

    def drop_other_than(self, revision: str) -> None:
        """Drop what has no version of this revision."""
        for address, versions in [*self.versions.items()]:
            if all(page.revision not in ("", revision) for page in versions):
                self.drop(address)


class PageStore:
    """The finished answers of one process. `make` answers afresh; `edition` names the code that does,
    for the copies of another are not this one's answers.

    An answer is fresh when it was made of the present content and is good at this instant.
    """

    def __init__(
        self, folder: Path, make: Callable[[Address, Moment], Finished], edition: str
    ) -> None:
        self.revision = ""  # the present one, as far as is known
        self._folder = folder
        self._make = make
        self._edition = edition
        self._pages = Shelf(PAGES)
        self._answers = Shelf(ANSWERS)

    def fresh(self, address: Address, now: float) -> Finished | None:
        """The kept answer that is good at this instant (seconds since 1970), from memory alone."""
        versions = self._pages.versions.get(address) or self._answers.versions.get(address, ())
        for page in versions:
            if page.revision in ("", self.revision) and page.is_good_at(now):
                return page
        return None

    def last(self, address: Address, now: float) -> Finished | None:
        """The answer of the last content of which one is kept, for want of a fresh one. It is good at
        this instant all the same, as far as the content then known tells. Reads the disk."""
        if page := self.last_in_memory(address, now):
            return page
        for page in copies(self._folder, address):
            if page.is_good_at(now):
                self._remember(address, page)
                return page
        return None

    def last_in_memory(self, address: Address, now: float) -> Finished | None:
        versions = self._pages.versions.get(address) or self._answers.versions.get(address, ())
        return next((page for page in versions if page.is_good_at(now)), None)

    def make(self, address: Address, moment: Moment) -> Finished:
        """The answer as of the moment: the copy on disk, or made afresh, and kept. Blocks.

        Raises CannotBeMadeError, and django.db.Error where the database does not answer.
        """
        if address.is_static:
            page = self._make(address, replace(moment))
            if page.status == 200:
                self._remember(address, page)
                return page
        if not moment.pinned:
            for page in copies(self._folder, address):
                if page.revision == self.revision and page.is_good_at(moment.at.timestamp()):
                    self._remember(address, page)
                    return page
        revision, page = undisturbed(lambda: self._make(address, replace(moment)))
        if moment.pinned:
            return page
        page = replace(page, revision=f"{self._edition}.{revision}")
        is_page = self._is_page(address, page)
        self._remember(address, page)
        if is_page:
            self._write_copy(address, page)
        return page

    def set_revision(self, content: str) -> None:
        """Say what the content is now."""
        self.revision = f"{self._edition}.{content}"

    def forget_what_is_old(self, now: float) -> None:
        """Take from memory what is of other content, and from the disk also what is over, or was left
        half written. To be called when the pages of the present content are kept."""
        self._pages.drop_other_than(self.revision)
        for path in self._folder.glob("*.page"):
            page = _read(path)
            if page is None or page.revision != self.revision or page.expires_at <= now:
                path.unlink(missing_ok=True)
        for path in self._folder.glob("*.new"):
            if _written_at(path) < now - HALF_WRITTEN_AFTER:
                path.unlink(missing_ok=True)

    @property
    def kept(self) -> int:
        """How many answers are in memory."""
        return len(self._pages.versions) + len(self._answers.versions)

    def _remember(self, address: Address, page: Finished) -> None:
        if _size(page) > LARGEST:
            return
        if self._is_page(address, page):
            self._answers.drop(address)
            self._pages.put(address, page)
        else:
            self._answers.put(address, page)

    def _is_page(self, address: Address, page: Finished) -> bool:
        """Whether it is no answer to what a visitor chose. That a page is gone has to be kept where
        the page was, or it would come back."""
        if address == NOT_FOUND or (page.status == 200 and not address.query):
            return True
        was_page = address in self._pages.versions or any(copies(self._folder, address))
        return was_page and not address.query

    def _write_copy(self, address: Address, page: Finished) -> None:
        """Write it so that whoever reads meets all of it or nothing. A full disk costs the copy only."""
        version = sha256(f"{page.revision} {page.made_for}".encode()).hexdigest()[:16]
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._folder, suffix=".new", delete=False) as file:
                try:
                    file.write(page.to_bytes())
                    file.close()
                    os.replace(file.name, self._folder / f"{_name(address)}.{version}.page")
                except OSError:
                    os.unlink(file.name)
                    raise
        except OSError as error:
            logger.error("No copy of %s was written: %s", address.path, error)


def copies(folder: Path, address: Address) -> Iterator[Finished]:
    """The copies on disk of the answer at the address, the newest first. A damaged one is none."""
    if address.query:
        return
    paths = folder.glob(f"{_name(address)}.*.page")
    for path in sorted(paths, key=_written_at, reverse=True):
        page = _read(path)
        if page:
            yield page


def _written_at(path: Path) -> float:
    """Seconds since 1970; 0 for what another process has just cleared away."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0


def _name(address: Address) -> str:
    return sha256(address.path.encode()).hexdigest()[:16]


def _read(path: Path) -> Finished | None:
    try:
        return Finished.from_bytes(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        logger.error("A copy on disk is damaged and counts for nothing: %s: %s", path.name, error)
        return None


def _size(page: Finished) -> int:
    return sum(map(len, page.bodies.values()))
