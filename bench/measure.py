"""Measuring in rounds: each contender runs for a few seconds in each round.

Whatever else happens on the machine then happens to all, and compared values lie seconds apart.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.processes import cpu_seconds
from bench.servers import Server

HERE = Path(__file__).parent
CONNECTIONS = 16
WARM_UP = 1.0  # seconds


@dataclass
class Series:
    """The values of one measure, one of each round."""

    values: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return median(self.values)

    def to(self, other: Series) -> Series:
        """Return the ratios round by round: what disturbs a whole round cancels out."""
        return Series([mine / its for mine, its in zip(self.values, other.values, strict=True)])


@dataclass
class Contender:
    """A server that is asked for a path, or for the paths in a file one after the other."""

    name: str
    server: Server
    path: str = "/"
    paths: Path | None = None
    connections: int = CONNECTIONS
    rate: Series = field(default_factory=Series)  # requests a second
    cpu: Series = field(default_factory=Series)  # of the server, microseconds for each request
    busy: Series = field(default_factory=Series)  # how many cores the server used
    median: Series = field(default_factory=Series)  # microseconds until the answer
    p99: Series = field(default_factory=Series)
    errors: int = 0

    def measure(self, seconds: float) -> None:
        cpu_before = cpu_seconds(self.server.session)
        found = self._wrk(seconds)
        cpu = cpu_seconds(self.server.session) - cpu_before
        if not found["requests"]:
            raise RuntimeError(f"{self.name}: no request was answered")
        elapsed = found["duration"] / 1e6
        self.rate.values.append(found["requests"] / elapsed)
        self.cpu.values.append(cpu * 1e6 / found["requests"])
        self.busy.values.append(cpu / elapsed)
        self.median.values.append(found["median"])
        self.p99.values.append(found["p99"])
        self.errors += int(found["errors"])

    def warm_up(self) -> None:
        self._wrk(WARM_UP)

    def _wrk(self, seconds: float) -> dict[str, float]:
        """Return what one thread of wrk measured. It takes whole seconds, one at least."""
        script = HERE / ("every_page.lua" if self.paths else "report.lua")
        command = [
            shutil.which("wrk") or "wrk",
            "--threads=1",
            f"--connections={self.connections}",
            f"--duration={max(1, round(seconds))}s",
            "--timeout=10s",
            "--header=Accept-Encoding: br",
            f"--script={script}",
            self.server.url + self.path,
            *(["--", str(self.paths)] if self.paths else []),
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 30)
        if done.returncode:
            raise RuntimeError(f"wrk failed: {done.stdout}{done.stderr}")
        found: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
        return found


def in_rounds(
    contenders: Sequence[tuple[Contender, float]],
    rounds: int,
    after_each: Callable[[], None] = lambda: None,
) -> None:
    """Measure each contender for so many seconds in each round, in alternating order."""
    for contender, _ in contenders:
        contender.warm_up()
    for number in range(rounds):
        order: Iterable[tuple[Contender, float]] = contenders
        if number % 2:
            order = reversed(contenders)
        for contender, seconds in order:
            contender.measure(seconds)
        after_each()
