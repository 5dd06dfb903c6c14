"""The lock files, from which a fresh clone installs."""

import re

import pytest
from django.conf import settings

FILES = ("requirements.txt", "requirements-dev.txt")
OF_OTHERS = {"coverage[toml]"}  # as pytest-cov requires it


def names_in(file: str, pattern: str) -> set[str]:
    return {*re.findall(pattern, (settings.BASE_DIR / file).read_text("utf-8"), re.MULTILINE)}


@pytest.mark.parametrize("file", FILES)
def test_a_requirement_with_an_extra_is_pinned_with_it(file):
    """Without it pip looks for the newest version, and refuses the lock once there is one."""
    required = names_in("pyproject.toml", r'^    "([\w-]+\[\w+\])[>=]')
    pinned = names_in(file, r"^([\w-]+\[\w+\])==")
    assert required
    assert required | (OF_OTHERS if "dev" in file else set()) <= pinned
