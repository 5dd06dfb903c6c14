"""The files of deploy/ and the means to start them: commands of unit files, programs, environments."""

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
HOST = "cyber.example.jp"
HOME = "/opt/jnxcyber"  # where the unit files and deploy/README.md expect the site


def needed(name: str, package: str, *folders: str) -> str:
    """The path of a program. Where it is missing, its tests are skipped loudly; in CI they fail."""
    path = shutil.which(name, path=os.pathsep.join([os.environ["PATH"], *folders]))
    if path:
        return path
    missing = f"{name} is missing: WHAT deploy/ SHIPS IS NOT TESTED. apt install {package}"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)


def own_environment(**variables: str) -> dict[str, str]:
    """Return the environment without settings of the site, as systemd starts it."""
    kept = ("PATH", "HOME", "LANG", "TMPDIR")
    return {name: os.environ[name] for name in kept if name in os.environ} | variables


def command_of(unit: str) -> list[str]:
    """The command that the unit file starts."""
    (line,) = re.findall(r"^ExecStart=(.*)$", (DEPLOY / "systemd" / unit).read_text(), re.MULTILINE)
    return shlex.split(line)
