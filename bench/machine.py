"""The machine and the versions: a figure means nothing without them."""

import os
import platform
import re
import shutil
import sqlite3
import subprocess
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from core.clock import real_now

# By tool: the Debian package that holds it.
TOOLS = {"wrk": "wrk", "nginx": "nginx-light"}


def missing_packages() -> list[str]:
    return [package for tool, package in TOOLS.items() if not _path(tool)]


def uvloop_is_installed() -> bool:
    return package_version("uvloop") != ""


def package_version(name: str) -> str:
    """Return the version of a package; "" where it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def described() -> dict[str, str]:
    load, *_ = os.getloadavg()
    return {
        "Date": f"{real_now():%Y-%m-%d %H:%M} UTC",
        "CPU": f"{_cpu()}, {os.cpu_count()} cores",
        "Kernel": f"{platform.system()} {platform.release()}",
        "Load before the run": f"{load:.2f}",
        "Python": platform.python_version(),
        **{
            name: package_version(name.lower()) or "not installed"
            for name in ("Django", "gunicorn", "uvloop", "WhiteNoise", "Brotli")
        },
        "SQLite": sqlite3.sqlite_version,
        "nginx": _tool_version("nginx", "-v"),
        "wrk": _tool_version("wrk", "-v"),
    }


class OtherWork:
    """The other work of the machine since this was made."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._before = self._cpu_seconds()

    def cores(self) -> float:
        """Return how many cores the other work used, including what a hypervisor gave to others.

        To be called when everything that was started has ended: until then its CPU time counts as other work.
        """
        return (self._cpu_seconds() - self._before) / (time.monotonic() - self._began)

    @staticmethod
    def _cpu_seconds() -> float:
        """Return the CPU time without interrupts, which are mostly our own requests."""
        ticks = [int(field) for field in Path("/proc/stat").read_text().split(maxsplit=9)[1:9]]
        user, nice, system, _idle, _waiting, _interrupts, _soft_interrupts, stolen = ticks
        own = sum(os.times()[:4])  # that of ended children included
        return (user + nice + system + stolen) / os.sysconf("SC_CLK_TCK") - own


def _cpu() -> str:
    found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found[1] if found else platform.machine()  # ARM names no model


def _path(tool: str) -> str | None:
    return shutil.which(tool) or shutil.which(tool, path="/usr/sbin")


def _tool_version(tool: str, option: str) -> str:
    """Return the version that a tool prints. wrk exits with an error after it has printed it."""
    done = subprocess.run([_path(tool) or tool, option], capture_output=True, text=True)
    found = re.search(r"\d+\.\d+(\.\d+)?", done.stdout + done.stderr)
    return found[0] if found else "unknown"
