"""Measures the site and writes the tables of docs/performance.md: `make bench`."""

import argparse
import signal
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import contenders, growth, machine, report

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "performance.md"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="one short round, to stdout: to try the tool itself"
    )
    quick: bool = parser.parse_args().quick
    if missing := machine.missing_packages():
        sys.exit(f"Install what measures: apt install {' '.join(missing)}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the servers are stopped
    began = time.monotonic()

    def say(text: str) -> None:
        print(f"{time.monotonic() - began:4.0f} s  {text}", file=sys.stderr, flush=True)

    if lost := report.without_place(DOCUMENT.read_text()):
        sys.exit(f"docs/{DOCUMENT.name} has no one pair of markers for: {', '.join(lost)}")
    about = machine.described()
    others = machine.OtherWork()
    if not machine.uvloop_is_installed():
        say("without uvloop, which is not installed")
    with TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        measured = contenders.measure(
            folder,
            rounds=1 if quick else 5,
            seconds=1 if quick else 3,
            passes=1 if quick else 3,
            say=say,
        )
        sizes = growth.measure(
            folder,
            sizes=[1, 10] if quick else [1, 10, 100],
            rounds=1 if quick else 3,
            seconds=1 if quick else 2,
            say=say,
        )
    run = report.Run(about, measured, sizes, others.cores())
    if quick:
        for name, block in report.BLOCKS.items():
            print(f"{name}\n\n{block(run)}\n")
    else:
        DOCUMENT.write_text(report.filled(DOCUMENT.read_text(), run))
        say(f"wrote the tables of docs/{DOCUMENT.name}")


if __name__ == "__main__":
    main()
