"""Static export: the whole public site as files, for a mirror that serves them where no Django answers."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings

from core.moment import Moment
from publishing.cached_response import GZIP, IDENTITY
from publishing.rendering import NOT_FOUND, CacheKey, at_one_revision, render


class NotAMirrorError(Exception):
    """The target exists and is no mirror that `write_mirror` wrote."""


def write_mirror(target: Path, paths: Callable[[Moment], Iterable[str]]) -> list[str]:
    """Write what is public now at `paths`, and the static files; return the paths that have no page.

    `target` becomes a symbolic link to a folder beside it, so that a new mirror replaces the old one whole
    and at once: a folder cannot replace one that holds files. Raises NotAMirrorError, CannotRenderError.
    """
    target = target.absolute()
    prefix = f".{target.name}.mirror-"
    target.parent.mkdir(parents=True, exist_ok=True)
    if os.path.lexists(target) and not _folder_behind(target).startswith(prefix):
        raise NotAMirrorError(f"{target} exists and is no mirror that was written by this command.")
    with _alone_in(target.parent):
        try:
            _, (folder, left_out) = at_one_revision(lambda: _write(target, prefix, paths))
            os.sync()  # or a power cut could leave the link and lose the files
            link = target.parent / f".{target.name}.link"
            link.unlink(missing_ok=True)
            link.symlink_to(folder.name)
            link.replace(target)
        finally:
            for path in target.parent.iterdir():
                if path.name.startswith(prefix) and path.name != _folder_behind(target):
                    shutil.rmtree(path)
    return left_out


def _folder_behind(target: Path) -> str:
    """Return the name of the folder that the link leads to; "" where there is no link."""
    return str(target.readlink()) if target.is_symlink() else ""


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Lock the folder: another process that writes a mirror in it would remove ours."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _write(
    target: Path, prefix: str, paths: Callable[[Moment], Iterable[str]]
) -> tuple[Path, list[str]]:
    """Write a new folder beside the target; return it, and the paths that have no page."""
    folder = Path(mkdtemp(prefix=prefix, dir=target.parent))
    moment = replace(Moment.now(), mirror=True)
    static = settings.STATIC_URL.strip("/")
    shutil.copytree(settings.STATIC_ROOT, folder / static)
    left_out = []
    for path in paths(replace(moment)):
        page = render(CacheKey(path), replace(moment))
        if page.status != 200 and path != NOT_FOUND.path:
            left_out.append(path)
            continue
        file = folder / file_name(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(page.bodies[IDENTITY])
        if GZIP in page.bodies:
            file.with_name(f"{file.name}.gz").write_bytes(page.bodies[GZIP])
    # The server of the mirror runs as its own user, whom umask or the collected files may keep out.
    for each in (folder, *folder.rglob("*")):
        each.chmod(0o755 if each.is_dir() else 0o644)
    return folder, left_out


def file_name(path: str) -> str:
    """Return the file name under which servers of files look for this path."""
    if path == NOT_FOUND.path:
        return "404.html"
    return path.removeprefix("/") + ("index.html" if path.endswith("/") else "")
