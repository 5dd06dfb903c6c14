"""Files that an editor chose in a form that comes back: kept on the server for a day.

A kept file lies in the storage that all instances share, in a folder of the person to which no URL leads. The form
carries its name, signed for the person and the field. Nothing of it is in the database, from which a
form that comes back takes everything back. It stays after the save, until it is too old: the button may be pressed twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.contrib.auth.models import User
from django.core import signing
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import models

from core.clock import real_now

FOLDER = "kept"
LIFE = timedelta(hours=24)
MOST_OF_A_PERSON = 3


@dataclass(frozen=True)
class KeptFile:
    """A file that was chosen and is not saved yet. `token` stands for it in the form."""

    token: str
    path: str  # in the storage
    name: str  # as it was chosen

    def open(self) -> UploadedFile:
        """Return the file as if it had been sent with the form."""
        file = default_storage.open(self.path)
        return UploadedFile(file, self.name, size=file.size)

    def discard(self) -> None:
        """Delete the file, if it is still there."""
        default_storage.delete(self.path)


def keep(user: User, field: models.FileField, file: UploadedFile) -> KeptFile:
    """Store the file for the person and the field; delete those that are too old or too many. Raises OSError."""
    clean_up()
    for path in [*_newest_first(str(user.pk))][MOST_OF_A_PERSON - 1 :]:
        default_storage.delete(path)
    file.seek(0)
    path = default_storage.save(f"{FOLDER}/{user.pk}/{uuid4().hex}", file)
    file.seek(0)
    name = str(file.name)
    return KeptFile(signing.dumps([path, name], salt=_salt(user, field)), path, name)


def find(user: User, field: models.FileField, token: str) -> KeptFile | None:
    """Return the file that the token stands for; None where it is not this person's, or gone."""
    try:
        path, name = signing.loads(token, salt=_salt(user, field), max_age=LIFE)
    except signing.BadSignature:
        return None
    return KeptFile(token, path, name) if default_storage.exists(path) else None


def clean_up() -> None:
    """Delete the files of everybody that are too old."""
    with suppress(FileNotFoundError):  # nothing was ever kept
        for person in default_storage.listdir(FOLDER)[0]:
            for path in _newest_first(person):
                if real_now() - default_storage.get_modified_time(path) > LIFE:
                    default_storage.delete(path)


def _newest_first(person: str) -> Iterator[str]:
    folder = f"{FOLDER}/{person}"
    dated = []
    with suppress(FileNotFoundError):
        for name in default_storage.listdir(folder)[1]:
            with suppress(FileNotFoundError):  # deleted meanwhile
                path = f"{folder}/{name}"
                dated.append((default_storage.get_modified_time(path), path))
    yield from (path for _, path in sorted(dated, reverse=True))


def _salt(user: User, field: models.FileField) -> str:
    return f"kept file {user.pk} {field}"
