"""The content as files: filling an empty database from them, and writing them from the database.

Every app in settings.CONTENT_APPS has a module `content_files`: FILES lists the models of each file, rows that
others refer to first, and `missing()` yields required content that is absent. The files of an app are loaded
after those of the apps before it.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

from django.conf import settings
from django.db import models, transaction

from core.models import OnlyOne
from editing.fixtures import ContentError, Group, load_file, write_file


def content_files() -> dict[str, Group]:
    """Return the models of each file by its name without ending, in the order of loading."""
    return {name: group for app in _declarations() for name, group in app.FILES.items()}


def models_in_files() -> list[type[models.Model]]:
    """Return the models of all files, in the order of loading."""
    return [model for group in content_files().values() for model in group]


def content_exists() -> bool:
    """Return whether the database holds a row of any content model."""
    return any(model._default_manager.exists() for model in models_in_files())


@transaction.atomic
def load_content(folder: Path) -> int:
    """Fill the empty database from the folder's files; return the number of rows.

    Every row is validated as the admin would. Raises ContentError, and then nothing is loaded.
    """
    if content_exists():
        raise ContentError("the database already has content, which is not overwritten.")
    unknown = {path.stem for path in folder.glob("*.yaml")} - content_files().keys()
    if unknown:
        raise ContentError(f"{folder}: no such subject: {', '.join(sorted(unknown))}")
    rows = sum(load_file(folder / f"{name}.yaml", group) for name, group in content_files().items())
    for missing in _missing():
        raise ContentError(f"{folder}: {missing}")
    return rows


def export_content(folder: Path) -> None:
    """Write the whole content into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, group in content_files().items():
        write_file(folder / f"{name}.yaml", group)


def _missing() -> Iterator[str]:
    for model in models_in_files():
        if issubclass(model, OnlyOne) and not model._default_manager.exists():
            yield f"{model._meta.label_lower}: a row of it is needed"
    for app in _declarations():
        yield from app.missing()


def _declarations() -> list[ModuleType]:
    return [import_module(f"{app}.content_files") for app in settings.CONTENT_APPS]
