"""A copy of the checkout to measure in, with a database of its own.

The developer's .env and var/ have no part in it.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parent.parent
NOT_COPIED = shutil.ignore_patterns(".*", "var", "__pycache__", "tests")
KEY = secrets.token_urlsafe(64)
# What would change the way Python or gunicorn run.
NOT_HANDED_DOWN = (
    "DJANGO_SETTINGS_MODULE",
    "GUNICORN_CMD_ARGS",
    "PYTHONDEVMODE",
    "WEB_CONCURRENCY",
)


@dataclass(frozen=True)
class Workspace:
    folder: Path
    environment: dict[str, str]

    @classmethod
    def make(cls, folder: Path, years: int) -> Workspace:
        """Return a copy of the checkout in a new folder, with content of so many years."""
        shutil.copytree(CHECKOUT, folder, ignore=NOT_COPIED)
        workspace = cls(folder, _environment(folder))
        workspace.run("manage.py", "collectstatic", "--noinput", "--verbosity=0")
        workspace.run("manage.py", "prepare")
        workspace.run("-m", "bench.content", str(years))
        return workspace

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            (sys.executable, *arguments),
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=180,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stderr[-2000:]}")
        return done.stdout

    def probe(self, passes: int) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.run("-m", "bench.probe", str(passes)))
        return found

    def paths(self) -> list[str]:
        """Return the paths of all pages that are prewarmed."""
        found: list[str] = json.loads(self.run("-m", "bench.probe", "0"))["paths"]
        return found

    @property
    def style_sheet(self) -> str:
        """Return the path of the hashed style sheet."""
        manifest = json.loads((self.folder / "var/static/staticfiles.json").read_text())
        return f"/static/{manifest['paths']['css/site.css']}"

    @property
    def copies_on_disk(self) -> int:
        return len([*(self.folder / "var/pages").glob("*.page")])


def _environment(folder: Path) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in NOT_HANDED_DOWN}
    return inherited | {
        "SECRET_KEY": KEY,
        "SITE_URL": "http://127.0.0.1:8000",  # nobody follows a link here, so the port is no matter
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
        "SITE_CLOCK": "",
        "DEBUG": "off",
        "APPROVAL_REQUIRED": "off",
        "SECOND_FACTOR": "on",
        "TRUSTED_PROXIES": "0",
    }
