"""Growth: the cost of every page, rendered and cached, and the memory of a worker, with more content."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import Any

from bench.measure import Contender, Series, in_rounds
from bench.probe import family
from bench.processes import PREWARM_TIMEOUT, of_session, resident_bytes, wait_until_idle
from bench.servers import Server, running, the_site
from bench.workspace import Workspace


@dataclass
class Cost:
    """The cost of a page, or of the middle page of a family, in seconds of CPU; `rendered` has all values."""

    rendered: Series
    compressing: float
    queries: int
    cached: float
    cached_queries: float


@dataclass
class Size:
    """The site with the content of so many years, in one worker."""

    years: int
    workspace: Workspace
    contender: Contender
    pages: int  # paths that are prewarmed
    filled_in: float | None  # seconds; None: not in time
    copies: int = (
        0  # on disk: of each page one for each instant of the next day at which it changes
    )
    resident: int = 0  # bytes
    slowest: float = 0.0  # seconds, of the answers to all paths one after the other
    costs: dict[str, Cost] = field(default_factory=dict)
    _probed: list[dict[str, Any]] = field(default_factory=list)

    def probe(self) -> None:
        self._probed.append(self.workspace.probe(passes=1)["pages"])
        self.costs = costs(self._probed)


def costs(probed: list[dict[str, Any]], grouped: bool = True) -> dict[str, Cost]:
    """Return the medians over all rounds; with `grouped`, of all pages of a family together."""
    found: dict[str, list[dict[str, Any]]] = {}
    for pages in probed:
        for path, page in pages.items():
            of = family(path) if grouped else None
            found.setdefault(_name(of.pattern) if of else path, []).append(page)
    return {
        name: Cost(
            rendered=Series([page["rendered"] for page in pages]),
            compressing=median(page["compressing"] for page in pages),
            queries=max(page["queries"] for page in pages),
            cached=median(page["cached"] for page in pages),
            cached_queries=max(page["cached_queries"] for page in pages),
        )
        for name, pages in found.items()
    }


def _name(pattern: str) -> str:
    return pattern.replace(r"\d+", "…").replace("[^/]+", "…")


def measure(
    folder: Path, sizes: list[int], rounds: int, seconds: float, say: Callable[[str], None]
) -> list[Size]:
    with ExitStack() as servers:
        measured = []
        for years in sizes:
            workspace = Workspace.make(folder / f"years-{years}", years)
            paths = workspace.paths()
            command = the_site("asyncio", "--workers", "1")
            server = servers.enter_context(
                running(command, workspace.folder, workspace.environment)
            )
            try:
                filled_in = wait_until_idle(server.session, PREWARM_TIMEOUT)
            except TimeoutError:
                filled_in = None
            say(f"growth: content of {years} years, {len(paths)} pages")
            list_of_paths = folder / f"years-{years}.paths"
            # wrk would count the page of paths that lead nowhere as a fault.
            list_of_paths.write_text("".join(f"{path}\n" for path in paths if path != "/404"))
            contender = Contender(f"{years} years", server, paths=list_of_paths)
            size = Size(years, workspace, contender, len(paths), filled_in)
            size.slowest = slowest(server, paths)
            measured.append(size)

        def probe() -> None:
            for size in measured:
                size.probe()

        in_rounds([(size.contender, seconds) for size in measured], rounds, probe)
        for size in measured:
            size.copies = size.workspace.copies_on_disk
            # The worker; the process above it, which serves nobody, holds less.
            size.resident = max(map(resident_bytes, of_session(size.contender.server.session)))
        return measured


def slowest(server: Server, paths: list[str]) -> float:
    """Return the longest response time of all paths, in seconds. Each of them is cached by it."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    longest = 0.0
    try:
        for path in paths:
            began = time.perf_counter()
            connection.request("GET", path, headers={"Accept-Encoding": "br"})
            connection.getresponse().read()
            longest = max(longest, time.perf_counter() - began)
    finally:
        connection.close()
    return longest
