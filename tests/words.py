"""Holds the words of the project: `make check` runs it, and it fails on a word that stands for a standard term.

CONTRIBUTING.md lists the standard terms.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEARCHED_FILES = (
    "*.py",
    "*.html",
    "*.xml",
    "*.css",
    "*.md",
    "*.conf",
    "*.service",
    "*.timer",
    "*.lua",
    "Makefile",
)
# Generated, or about the words themselves.
LEFT_OUT = ("*/migrations/*", "tests/words.py", "CHANGELOG.md", "docs/ja/*")

# What to say, and what not: matched as whole words, also within names_with_underscores.
WORDS = {
    "cached response, page cache": r"shelf|shelves|finished pages?|page store|PageStore|kept pages?",
    "cache key, URL or path": r"address(?:es)?",
    "render, prewarm": r"KeepAhead|(?:made|make|makes|making|kept|keep) (?:pages )?ahead|made afresh",
    "poller, poll": r"watch(?:es|er)?|look(?:s|ing)? at the (?:revision|database)",
    "build id": r"editions?",
    "upcoming event": r"coming events?|what_comes",
    "page context, fragment": r"frame_of|desk_part|Frame\.at",
    "a different one": r"is another (?:one )?(?:than|whenever)",
}
# Postal addresses, and names that others gave.
ALLOWED = re.compile(
    r"</?address\b|(?:desk|insurer|organisation|contacts)\.address\b|[\"']address[\"']|address = WordsField"
    r"|IPv6Address|ip_address|network_address|source_address|listen_addresses|postal address|\baddress(?=: | \{|\))"
)


def tracked_files() -> list[Path]:
    arguments = [*SEARCHED_FILES, *(f":!{pattern}" for pattern in LEFT_OUT)]
    names = subprocess.run(
        ["git", "ls-files", "--", *arguments],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return [ROOT / name for name in names.splitlines()]


def faults_of(path: Path) -> list[str]:
    faults = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        text = ALLOWED.sub("", line)
        for say, pattern in WORDS.items():
            found = re.search(rf"(?<![a-zA-Z])(?:{pattern})(?![a-zA-Z])", text, re.IGNORECASE)
            if found:
                faults.append(f"{path.relative_to(ROOT)}:{number}: {found[0]}: say {say}")
    return faults


def main() -> int:
    faults = [fault for path in tracked_files() for fault in faults_of(path)]
    sys.stdout.write("".join(f"{fault}\n" for fault in faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
