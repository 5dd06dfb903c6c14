"""The servers that are measured: started on loopback, in a folder of their own, and stopped again."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

START = 30.0  # seconds until a server has to answer
STOP = 8.0  # seconds until it is killed

GUNICORN = (sys.executable, "-m", "gunicorn")
STOCK = (*GUNICORN, "--no-control-socket", "--workers", "2")
# As a Django site is commonly run: threads, which keep connections alive; the sync worker would not.
GTHREAD = ("--worker-class", "gthread", "--threads", "4")
ASYNCIO = ("--worker-class", "asgi", "--asgi-loop", "asyncio")


Command = Callable[[int], tuple[str, ...]]  # what starts a server on the port


@dataclass(frozen=True)
class Server:
    port: int
    session: int  # the id of its first process, which is that of its session too

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def ask(port: int, path: str) -> Answer:
    """Return the response as a browser gets it, in Brotli."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": "br"})
        response = connection.getresponse()
        return Answer(response.status, tuple(response.getheaders()), response.read())
    finally:
        connection.close()


@contextmanager
def running(command: Command, folder: Path, environment: dict[str, str]) -> Iterator[Server]:
    """Run a server on a port of its own, in `folder`, where its output goes too."""
    port = free_port()
    log = folder / f"server-{port}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command(port),
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_until_it_answers(process, port, log)
        yield Server(port, process.pid)
    finally:
        _stop(process)


def the_site(loop: str, *more: str) -> Command:
    """Return the command of the site; to be run in a checkout, where gunicorn.conf.py is."""
    return lambda port: (*GUNICORN, "--bind", f"127.0.0.1:{port}", "--asgi-loop", loop, *more)


def stock(worker: tuple[str, ...], application: str) -> Command:
    """Return the command of stock gunicorn; to be run where no gunicorn.conf.py is."""
    return lambda port: (*STOCK, *worker, "--bind", f"127.0.0.1:{port}", application)


def nginx_file(answer: Answer, file: Path, folder: Path) -> Command:
    """Return the command of an nginx that sends the file with the headers of the response.

    The file holds the body of the response; `folder` is for what nginx writes.
    """
    own = {"content-type", "content-length", "etag", "date", "server", "connection"}
    headers = "".join(
        f'    add_header {name} "{value}";\n'
        for name, value in answer.headers
        if name.lower() not in own
    )
    return lambda port: _nginx(
        folder,
        f"  server {{\n    listen 127.0.0.1:{port};\n    types {{ }}\n"
        f'    default_type "{dict(answer.headers)["Content-Type"]}";\n{headers}'
        f"    location / {{ root {file.parent}; try_files /{file.name} =404; }}\n  }}",
    )


def nginx_cache(site: Server, folder: Path) -> Command:
    """Return the command of an nginx that caches the site's responses as their Cache-Control says."""
    return lambda port: _nginx(
        folder,
        f"  proxy_cache_path {folder}/cache keys_zone=pages:1m use_temp_path=off;\n"
        f"  upstream site {{ server 127.0.0.1:{site.port}; keepalive 4; }}\n"
        f"  server {{\n    listen 127.0.0.1:{port};\n    location / {{\n"
        "      proxy_pass http://site;\n      proxy_http_version 1.1;\n"
        '      proxy_set_header Connection "";\n      proxy_set_header Host $http_host;\n'
        "      proxy_cache pages;\n      proxy_cache_lock on;\n"
        "      proxy_cache_use_stale error timeout updating;\n"
        "      proxy_cache_background_update on;\n    }\n  }",
    )


def _nginx(folder: Path, http: str) -> tuple[str, ...]:
    """Return the command of nginx with these lines in its http block.

    It is one process: a second one would only compete with wrk for the CPU.
    """
    user = ""
    if os.getuid() == 0:  # else its worker would become a user who may not read our folder
        account = pwd.getpwuid(0)
        user = f"user {account.pw_name} {grp.getgrgid(account.pw_gid).gr_name};\n"
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"  {kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    configuration = folder / "nginx.conf"
    configuration.write_text(
        f"{user}daemon off;\nworker_processes 1;\npid {folder}/nginx.pid;\n"
        f"error_log {folder}/error.log;\nevents {{ worker_connections 1024; }}\n"
        # gunicorn ends no connection after so many requests, and wrk would count the new ones.
        f"http {{\n  access_log off;\n  sendfile on;\n  keepalive_requests 100000000;\n"
        f"{temporary}{http}\n}}\n"
    )
    binary = shutil.which("nginx") or "/usr/sbin/nginx"  # not in the path of every user
    return (binary, "-e", f"{folder}/error.log", "-p", str(folder), "-c", str(configuration))


def _wait_until_it_answers(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            ask(port, "/")
        except (OSError, HTTPException):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"a server did not start:\n{log.read_text(errors='replace')[-2000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop the server, politely first, with its workers, which are in its process group."""
    process.send_signal(signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(STOP)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
