"""An installation of the site in a folder, and how it is asked."""

import shutil
import subprocess
import sys
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from tests.deploy.processes import Server
from tests.deploy.shipped import HOME, HOST, command_of, own_environment
from tests.serving import free_port


class Instance(Server):
    """An installation of the site in a folder of its own, with its own var/."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        super().__init__(
            self.placed(command_of("jnxcyber.service")),
            folder / "log",
            lambda: answers(self.port),
            cwd=folder,
            env=own_environment(),
        )

    @classmethod
    def in_folder(cls, checkout: Path, database_url: str = "") -> "Instance":
        """Return an instance with the settings of a server, on SQLite unless told otherwise."""
        instance = cls(checkout)
        (instance.folder / ".env").write_text(
            "SECRET_KEY=a-key-for-the-tests-alone\n"
            f"SITE_URL=https://{HOST}\n"
            f"DATABASE_URL={database_url}\n"
            "TRUSTED_PROXIES=1\n"
            "SECOND_FACTOR=off\n"
        )
        instance.manage("prepare")
        return instance

    def copy(self, folder: Path) -> "Instance":
        """Another instance on the same database."""
        return Instance(Path(shutil.copytree(self.folder, folder)))

    def placed(self, words: list[str]) -> list[str]:
        """A command of a unit file with the places of this installation."""
        places = {
            f"{HOME}/.venv": sys.prefix,
            HOME: str(self.folder),
            "127.0.0.1:8000": f"127.0.0.1:{self.port}",
        }
        for shipped, here in places.items():
            words = [word.replace(shipped, here) for word in words]
        return words

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=self.folder, env=own_environment(), capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def ask(
    port: int, path: str, method: str = "GET", body: bytes | None = None,
    source: str = "127.0.0.1", **headers: str,
) -> tuple[HTTPResponse, bytes]:  # fmt: skip
    """Ask as a visitor of the site does, or, at the port of an instance, as nginx does."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20, source_address=(source, 0))
    headers = {"Host": HOST, "X-Forwarded-Proto": "https"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    try:
        connection.request(method, path, body=body, headers=headers)
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def answers(port: int) -> bool:
    try:
        ask(port, "/unavailable/")
    except OSError:
        return False
    return True
