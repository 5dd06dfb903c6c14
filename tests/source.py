"""The source text, the only origin of facts, line by line from 1."""

from pathlib import Path

SOURCE = (Path(__file__).parent / "data" / "source.txt").read_text(encoding="utf-8")
LINES = dict(enumerate(SOURCE.splitlines(), start=1))
