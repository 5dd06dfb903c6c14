"""Start what deploy/ ships for real: PostgreSQL, two instances of the site, nginx in front of them.

Only places and ports are put in; all else is as it is shipped.
"""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.postgres import Postgres, cluster
from tests.serving import free_port

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


def wait_for(condition: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} seconds"
        time.sleep(0.05)


class Server:
    """A server in a process of its own, which writes its log into a file."""

    def __init__(
        self, command: list[str], log: Path, ready: Callable[[], object], **options: Any
    ) -> None:
        self._command, self._log, self._ready, self._options = command, log, ready, options
        self.process: subprocess.Popen | None = None

    def begin(self) -> None:
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command, stdout=log, stderr=log, start_new_session=True, **self._options
            )

    def wait_until_ready(self) -> None:
        wait_for(lambda: self.process.poll() is not None or self._ready())
        assert self.process.poll() is None, self._log.read_text()


def start(*servers: Server) -> None:
    for server in servers:
        server.begin()
    for server in servers:
        server.wait_until_ready()


def stop(*servers: Server) -> None:
    running = [server.process for server in servers if server.process]
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    for server in servers:
        server.process = None


@contextmanager
def serving(*servers: Server) -> Iterator[None]:
    try:
        start(*servers)
        yield
    finally:
        stop(*servers)


@dataclass
class Database:
    postgres: Postgres
    name: str = "jnxcyber"

    @property
    def url(self) -> str:
        return f"{self.postgres.url.removesuffix('postgres')}{self.name}"

    def execute(self, statement: str, *parameters: object) -> list[tuple]:
        with psycopg.connect(self.url, connect_timeout=2, autocommit=True) as connection:
            cursor = connection.execute(statement, parameters or None)
            return cursor.fetchall() if cursor.description else []

    def beside(self, name: str) -> "Database":
        """Another one, empty."""
        self.execute(f"CREATE DATABASE {name}")
        return Database(self.postgres, name)


@pytest.fixture(scope="session")
def database() -> Iterator[Database]:
    """An empty database of a PostgreSQL with the settings that deploy/postgresql ships."""
    with cluster() as postgres:
        shipped = (DEPLOY / "postgresql" / "jnxcyber.conf").read_text()
        (postgres.folder / "conf.d").mkdir(mode=0o755)
        (postgres.folder / "conf.d" / "jnxcyber.conf").write_text(shipped)
        with (postgres.folder / "postgresql.conf").open("a") as file:
            file.write("include_dir = 'conf.d'\n")
        postgres.stop()
        postgres.start()
        yield Database(postgres, "postgres").beside("jnxcyber")


def command_of(unit: str) -> list[str]:
    """The command that the unit file starts."""
    (line,) = re.findall(r"^ExecStart=(.*)$", (DEPLOY / "systemd" / unit).read_text(), re.MULTILINE)
    return shlex.split(line)


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


class Nginx(Server):
    """nginx with the site file that is shipped."""

    def __init__(self, folder: Path, instances: list[Instance]) -> None:
        self.folder = folder
        self.port, self.plain_port = free_port(), free_port()
        self.mirror = folder / "mirror"
        self.log = folder / "jnxcyber.log"
        shutil.copytree(DEPLOY / "nginx", folder / "nginx")
        self.site = self._put_in(folder / "nginx" / "jnxcyber.conf", instances)
        self._put_in(folder / "nginx" / "jnxcyber" / "mirror.conf", instances)
        listen = folder / "nginx" / "jnxcyber" / "listen.conf"
        listen.write_text(f"listen 127.0.0.1:{self.port};\n")
        self.main = folder / "nginx.conf"
        temporary = "\n".join(
            f"{module}_temp_path {folder}/{module};"
            for module in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        self.main.write_text(
            f"{'user root;' if os.geteuid() == 0 else ''} pid {folder}/pid; worker_processes 2;\n"
            f"error_log {folder}/error.log; events {{}}\n"
            # As Debian's own nginx.conf has it.
            f"http {{ {temporary} gzip on; access_log {folder}/access.log;\n"
            f"include /etc/nginx/mime.types; default_type application/octet-stream;\n"
            f"include {self.site}; }}\n"
        )
        super().__init__(
            [*self.command(), "-g", "daemon off;"], folder / "output", lambda: answers(self.port)
        )

    def _put_in(self, file: Path, instances: list[Instance]) -> Path:
        text = file.read_text()
        (server,) = re.findall(r"^ +server 127\.0\.0\.1:8000.*;$", text, re.MULTILINE) or [""]
        places = {
            "/etc/nginx/jnxcyber": f"{self.folder}/nginx/jnxcyber",
            "/var/cache/jnxcyber": f"{self.folder}/cache",
            "/var/log/nginx": str(self.folder),
            "/var/lib/jnxcyber/mirror": str(self.mirror),
            "listen 80 ": f"listen 127.0.0.1:{self.plain_port} ",
            "    listen [::]:80 default_server;\n": "",
        }
        if server:
            places[server] = "\n".join(
                server.replace("8000", str(instance.port)) for instance in instances
            )
        for shipped, here in places.items():
            text = text.replace(shipped, here)
        file.write_text(text)
        return file

    def command(self) -> list[str]:
        return [needed("nginx", "nginx-light", "/usr/sbin"), "-c", str(self.main)]

    def forget(self) -> None:
        """Empty the cache, as time does."""
        for path in (self.folder / "cache").rglob("*"):
            if path.is_file():
                path.unlink()

    def logged(self) -> list[dict]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def get(self, path: str, **options) -> tuple[HTTPResponse, bytes]:
        return ask(self.port, path, **options)

    def entry(self, path: str, **options) -> dict:
        """Return the log's line about a visit."""
        before = len(self.logged())
        self.get(path, **options)
        wait_for(lambda: len(self.logged()) > before)
        return self.logged()[-1]

    def cache_status(self, path: str, **options) -> str:
        return self.entry(path, **options)["cache"]

    def wait_until_kept(self, path: str, **options) -> None:
        """An answer is sent before it is kept: the next visitor may come too early."""
        wait_for(lambda: self.cache_status(path, **options) == "HIT", seconds=4)


@dataclass
class Stack:
    """The whole: two instances on one database, behind nginx, with a mirror."""

    nginx: Nginx
    instances: list[Instance]
    database: Database

    def start_those_that_stand_still(self) -> None:
        still = [instance for instance in self.instances if not instance.process]
        start(*still)
        for instance in still:  # nginx passes over an instance that failed, for two seconds
            url = f"127.0.0.1:{instance.port}"
            wait_for(lambda a=url: self.nginx.entry("/admin/login/")["instance"] == a)


@pytest.fixture(scope="session")
def running_stack(database, tmp_path_factory, copy_prepared) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp("stack")
    first = Instance.in_folder(copy_prepared(folder / "first"), database.url)
    instances = [first, first.copy(folder / "second")]
    nginx = Nginx(folder, instances)
    mirror = first.placed(command_of("jnxcyber-mirror.service"))
    subprocess.run(
        [word.replace("/var/lib/jnxcyber/mirror", str(nginx.mirror)) for word in mirror],
        cwd=first.folder, env=own_environment(), check=True, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    with serving(*instances), serving(nginx):
        yield Stack(nginx, instances, database)


@pytest.fixture
def stack(running_stack) -> Iterator[Stack]:
    """Nothing kept, and both instances running again in the end."""
    running_stack.nginx.forget()
    yield running_stack
    running_stack.start_those_that_stand_still()
