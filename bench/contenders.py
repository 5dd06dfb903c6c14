"""The contenders and what each is compared with, on the content of one year."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.machine import uvloop_is_installed
from bench.measure import Contender, in_rounds
from bench.processes import PREWARM_TIMEOUT, wait_until_idle
from bench.servers import (
    ASYNCIO,
    GTHREAD,
    Answer,
    Command,
    Server,
    ask,
    nginx_cache,
    nginx_file,
    running,
    stock,
    the_site,
)
from bench.workspace import Workspace

BY_THE_SERVER = {"server", "date", "connection", "keep-alive"}  # headers that no application sends


@dataclass
class Measured:
    """The results. `site`, `alone` and `static` are those of the site itself, by event loop."""

    bare: Contender
    bare_asgi: Contender
    site: dict[str, Contender]
    file: Contender
    cache: Contender
    bare_alone: Contender  # with one connection: how long an answer takes
    alone: dict[str, Contender]
    whitenoise: Contender
    static: dict[str, Contender]
    page_bytes: int
    probed: list[dict[str, Any]] = field(default_factory=list)

    @property
    def throughput(self) -> list[Contender]:
        return [self.bare, self.bare_asgi, *self.site.values(), self.file, self.cache]

    @property
    def latency(self) -> list[Contender]:
        return [self.bare_alone, *self.alone.values()]

    @property
    def static_files(self) -> list[Contender]:
        return [self.whitenoise, *self.static.values()]


def measure(
    folder: Path, rounds: int, seconds: float, passes: int, say: Callable[[str], None]
) -> Measured:
    """Start all contenders, measure them in rounds, stop them. In each round the rendered pages
    are measured too."""
    with ExitStack() as servers:
        workspace = Workspace.make(folder / "site", years=1)
        measured = _start(folder, workspace, servers)

        def probe() -> None:
            measured.probed.append(workspace.probe(passes)["pages"])
            say(f"round {len(measured.probed)} of {rounds}")

        say(f"{rounds} rounds")
        in_rounds(
            [
                *((contender, seconds) for contender in measured.throughput),
                *((contender, min(seconds, 2)) for contender in measured.latency),
                *((contender, min(seconds, 2)) for contender in measured.static_files),
            ],
            rounds,
            probe,
        )
        return measured


def _start(folder: Path, workspace: Workspace, servers: ExitStack) -> Measured:
    modules = [str(workspace.folder), workspace.environment.get("PYTHONPATH", "")]
    environment = workspace.environment | {
        "PYTHONPATH": os.pathsep.join(filter(None, modules)),
        "BENCH_ANSWER": str(folder / "answer"),
    }

    def start(name: str, command: Command) -> Server:
        own = folder / name
        own.mkdir(exist_ok=True)
        return servers.enter_context(running(command, own, environment))

    sites = {}
    for loop in ("asyncio", *(["uvloop"] if uvloop_is_installed() else [])):
        sites[loop] = start("site", the_site(loop))
        wait_until_idle(sites[loop].session, PREWARM_TIMEOUT)
    answer = ask(sites["asyncio"].port, "/")
    if dict(answer.headers).get("Content-Encoding") != "br":
        raise RuntimeError(f"the home page did not come in Brotli: {answer.headers}")
    body = _write(answer, folder / "answer")
    # None of these in the checkout: gunicorn would read its gunicorn.conf.py.
    bare = start("bare", stock(GTHREAD, "bench.bare"))
    bare_asgi = start("bare-asgi", stock(ASYNCIO, "bench.bare:asgi"))
    whitenoise = start("whitenoise", stock(GTHREAD, "bench.django_wsgi"))
    file = start("file", nginx_file(answer, body, folder / "file"))
    cache = start("cache", nginx_cache(sites["asyncio"], folder / "cache"))

    for server in (*sites.values(), bare, bare_asgi, file, cache):
        _expect_the_same(answer, ask(server.port, "/"))
    style_sheet = workspace.style_sheet
    for server in sites.values():
        if ask(server.port, style_sheet).body != ask(whitenoise.port, style_sheet).body:
            raise RuntimeError("the style sheet is not the same from all servers")

    def of_the_site(**how: Any) -> dict[str, Contender]:
        return {
            loop: Contender(f"this site ({loop})", server, **how) for loop, server in sites.items()
        }

    return Measured(
        bare=Contender("bare function (gthread)", bare),
        bare_asgi=Contender("bare function (asyncio)", bare_asgi),
        site=of_the_site(),
        file=Contender("nginx (file)", file),
        cache=Contender("nginx (cache of this site)", cache),
        bare_alone=Contender("bare function (gthread)", bare, connections=1),
        alone=of_the_site(connections=1),
        whitenoise=Contender("WhiteNoise (Django, gthread)", whitenoise, style_sheet),
        static=of_the_site(path=style_sheet),
        page_bytes=len(answer.body),
    )


def _write(answer: Answer, folder: Path) -> Path:
    """Write the answer for bench.bare and for nginx; return the file with its body."""
    folder.mkdir()
    headers = [pair for pair in answer.headers if pair[0].lower() not in BY_THE_SERVER]
    (folder / "headers.json").write_text(json.dumps(headers))
    body = folder / "body"
    body.write_bytes(answer.body)
    return body


def _expect_the_same(one: Answer, other: Answer) -> None:
    """Raise where bytes or headers differ: one contender would have less to do.

    The remaining life of a response, and how a server names its version, may differ.
    """
    varying = BY_THE_SERVER | {"cache-control", "etag", "last-modified", "accept-ranges"}

    def comparable(answer: Answer) -> dict[str, str]:
        named = {name.lower(): value for name, value in answer.headers}
        return {name: value for name, value in named.items() if name not in varying}

    if (one.status, one.body) != (other.status, other.body):
        raise RuntimeError("the contenders do not answer with the same bytes")
    if comparable(one) != comparable(other):
        raise RuntimeError(
            f"the contenders do not send the same headers:\n{one.headers}\n{other.headers}"
        )
