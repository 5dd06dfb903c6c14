"""Servers in processes of their own: begun, waited for, stopped."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


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
