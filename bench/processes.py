"""CPU time and memory of running processes, as Linux reports them."""

import os
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")

PREWARM_TIMEOUT = 60.0  # seconds until the site has prewarmed all its pages


def of_session(session: int) -> list[int]:
    """Return the processes of the session.

    Each server starts in a session of its own, so that these are it and its workers, restarted ones included.
    """
    return [pid for pid, fields in _all_stats() if int(fields[3]) == session]


def cpu_seconds(session: int) -> float:
    """Return the CPU time of all processes of the session, in user and system mode.

    It comes in ticks of mostly 10 ms: to be read over seconds only.
    """
    ticks = sum(
        int(fields[11]) + int(fields[12]) for _, fields in _all_stats() if int(fields[3]) == session
    )
    return ticks / TICKS


def resident_bytes(pid: int) -> int:
    """Return the bytes that the process has in memory, pages shared with others included."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0


def wait_until_idle(session: int, at_most: float, quiet_for: float = 2.0) -> float:
    """Wait until the session has hardly used the CPU for a while; return the seconds until then.
    Raises TimeoutError."""
    began = quiet_since = time.monotonic()
    used = cpu_seconds(session)
    while time.monotonic() - quiet_since < quiet_for:
        if time.monotonic() - began > at_most:
            raise TimeoutError(f"still busy after {at_most:.0f} seconds")
        time.sleep(0.25)
        now_used = cpu_seconds(session)
        if now_used - used > 0.02:  # polling the content revision alone stays below
            quiet_since = time.monotonic()
        used = now_used
    return quiet_since - began


def _all_stats() -> list[tuple[int, list[str]]]:
    """Return the fields of /proc/PID/stat from the state on: the name before it may hold anything."""
    stats = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            stats.append((int(path.parent.name), path.read_text().rpartition(")")[2].split()))
        except OSError:  # ended meanwhile
            continue
    return stats
