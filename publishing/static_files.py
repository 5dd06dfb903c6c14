"""Collecting static files: compressed, under names that change with their content."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLE_SHEETS = ("css/site.css", "css/sheet.css")
IMPORT = re.compile(r'@import "([^"]+)" layer\((\w+)\);\n')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
INDENTATION = re.compile(r"\s*\n\s*")
# Only at the ends of lines, where no string can be.
NEEDLESS_SPACE = re.compile(r"(?<=[{};,])\n| (?=\{\n)")


def smaller(css: str) -> str:
    """Return the style sheet without comments and indentation."""
    return NEEDLESS_SPACE.sub("", INDENTATION.sub("\n", COMMENT.sub("", css).strip()))


class JoinedStyleSheets(CompressedManifestStaticFilesStorage):
    """Replaces the imports of a style sheet by the imported files, each in its layer.

    A page then needs one request for them all. Where the files are not collected, as under `make dev`,
    the browser follows the imports itself.
    """

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        if not dry_run:
            for name in STYLE_SHEETS:
                joined = smaller(_joined(paths, name))
                self.delete(name)  # and do not write through it: it may be a link to the source
                self.save(name, ContentFile(joined))
            paths = paths | {name: (self, name) for name in STYLE_SHEETS}
        yield from super().post_process(paths, dry_run=dry_run, **options)


def _joined(paths: dict[str, Any], name: str) -> str:
    """Return the style sheet with the files that it imports in place of the imports."""
    return IMPORT.sub(
        lambda found: f"@layer {found[2]} {{\n{_read(paths, f'css/{found[1]}')}}}\n",
        _read(paths, name),
    )


def _read(paths: dict[str, Any], name: str) -> str:
    """Return the file as it was written, not as it was collected."""
    storage, path = paths[name]
    with storage.open(path) as file:
        text: str = file.read().decode()
        return text
