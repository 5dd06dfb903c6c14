"""Reading an uploaded PDF in a process of its own: a file can keep the parser busy for minutes, or fill the memory.

Run as a script it reads the PDF on its standard input and writes traits, one a line: first what is said of the whole
file, then START, then what lies in its objects, then END. A process that reached a limit ends before END.
It imports nothing of this project.
"""

from __future__ import annotations

import contextlib
import logging
import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PasswordType, PdfReader
from pypdf.constants import UserAccessPermissions
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

CPU_SECONDS = 5
MEMORY = 384 * 2**20  # bytes, virtual
LOCKED, BROKEN, EMPTY = "locked", "broken", "empty"  # traits of files that are refused
START, END = "objects", "end"
RIGHTS = {
    "print": UserAccessPermissions.PRINT,
    "copy": UserAccessPermissions.EXTRACT,
    "change": UserAccessPermissions.MODIFY,
    "annotate": UserAccessPermissions.ADD_OR_MODIFY,
}
SCRIPT, LAUNCH, ATTACHMENT = "script", "launch", "attachment"
OBJECTS_IN_MEMORY = 1000


def limit_this_process() -> None:
    """Limit time and memory. Where the system does not let us, the caller's own limit of time is left."""
    limits = ((resource.RLIMIT_CPU, CPU_SECONDS), (resource.RLIMIT_AS, MEMORY))
    for kind, most in (*limits, (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, most))


def traits_of_file(reader: PdfReader) -> list[str]:
    """Return why the file is refused, or "no-…" for each right that it denies."""
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        return [LOCKED]
    if len(reader.pages) == 0:
        return [EMPTY]
    # Of an encrypted file, pypdf counts the pages without looking for one.
    reader.pages[0].get_object()
    rights = reader.user_access_permissions if reader.is_encrypted else None
    if rights is None:
        return []
    return [f"no-{name}" for name, right in RIGHTS.items() if not rights & right]


def traits_of_objects(reader: PdfReader) -> Iterator[str]:
    """Yield what can do something, in each object that is reachable, again and again. Raises MemoryError."""
    seen: set[int] = set()
    waiting: list[Any] = [reader.trailer]
    while waiting:
        each = waiting.pop()
        if isinstance(each, IndirectObject):
            if each.idnum in seen:
                continue
            seen.add(each.idnum)
            if len(seen) % OBJECTS_IN_MEMORY == 0:
                reader.resolved_objects.clear()
            each = resolved(each)
        if isinstance(each, DictionaryObject):
            yield from traits_of_object(each)
            waiting += each.values()
        elif isinstance(each, ArrayObject):
            waiting += each


def traits_of_object(each: DictionaryObject) -> Iterator[str]:
    """Yield what the dictionary itself can do."""
    action = resolved(each.get("/S"))
    if action == "/JavaScript" or "/JS" in each:
        yield SCRIPT
    if action == "/Launch":
        yield LAUNCH
    if "/EF" in each or "/EmbeddedFiles" in each:
        yield ATTACHMENT


def resolved(each: Any) -> Any:
    """Return the object that is referred to; None for a damaged one, which hides no other."""
    try:
        return each.get_object() if isinstance(each, IndirectObject) else each
    except MemoryError:
        raise
    except Exception:
        return None


def tell(trait: str) -> None:
    """Write the trait at once: this process may be ended at any time."""
    sys.stdout.write(f"{trait}\n")
    sys.stdout.flush()


def main() -> None:
    """Write the traits of the PDF on the standard input."""
    limit_this_process()
    logging.disable()  # pypdf writes a line for each fault
    try:
        reader = PdfReader(BytesIO(sys.stdin.buffer.read()))
        traits = traits_of_file(reader)
    except MemoryError:  # END is not written
        raise
    except Exception:  # whatever a broken or hostile file makes of the parser
        traits = [BROKEN]
    for trait in traits:
        tell(trait)
    if not {LOCKED, BROKEN, EMPTY} & {*traits}:
        tell(START)
        told: set[str] = set()
        for trait in traits_of_objects(reader):
            if trait not in told:
                told.add(trait)
                tell(trait)
    tell(END)


if __name__ == "__main__":
    main()
