"""Time limits that hold on a quiet machine, stretched where the machine is busy.

A test that measures a promise must not fail because something else needs the cores.
"""

import os


def limit(seconds: float) -> float:
    """Return the limit for now: the seconds, times one plus the load of each core in the last minute."""
    return seconds * (1 + os.getloadavg()[0] / (os.cpu_count() or 1))
