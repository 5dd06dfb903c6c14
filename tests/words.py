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
    "*.toml",
    "*.yaml",
    ".ci/*",
    ".env.example",
    "Makefile",
    "deploy/*",
)
# Generated, content, or about the words themselves.
LEFT_OUT = ("*/migrations/*", "tests/words.py", "CHANGELOG.md", "docs/ja/*.md", "fixtures/*")

# What to say, and what not: matched as whole words, also within names_with_underscores and names of files.
WORDS = {
    "cached response, page cache": r"shelf|shelves|finished pages?|page store|PageStore"
    r"|kept pages?|pages? kept|(?:pages?|answers?|files?) (?:is|are) kept|until kept",
    "cache key, URL or path": r"address(?:es)?",
    "render, prewarm": r"KeepAhead|ahead|afresh|when it was made",
    "poller, poll": r"watch(?:es|er)?|look(?:s|ing)? at the (?:content )?(?:revision|database)",
    "build id": r"editions?",
    "upcoming event": r"coming|what comes",
    "page context, fragment": r"frame|desk part",
    "a different one": r"is another (?:one )?(?:than|whenever)",
}
# Postal addresses, months and days ahead, frames of exceptions, and names that others gave.
ALLOWED = re.compile(
    r"</?address\b|(?:desk|insurer|organisation|contacts|self)\.address\b|[\"']address[\"']|address = WordsField"
    r"|IPv6Address|ip_address|network_address|source_address|listen_addresses|postal[ _]address|one_address|address=|\baddress(?=: | \{|\))"
    r"|page\.frame_locator|frame\.f_code|for frame, line|frame-ancestors|[Xx]-[Ff]rame-[Oo]ptions|X_FRAME_OPTIONS|months_ahead|DAYS_TO_LOOK_AHEAD"
)

PATTERNS = {
    say: re.compile(rf"(?<![a-zA-Z])(?:{words.replace(' ', '[ _]')})(?![a-zA-Z])", re.IGNORECASE)
    for say, words in WORDS.items()
}


def tracked_files() -> list[Path]:
    arguments = [*SEARCHED_FILES, *(f":!{pattern}" for pattern in LEFT_OUT)]
    names = subprocess.run(
        ["git", "ls-files", "--", *arguments],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return [ROOT / name for name in names.splitlines()]


def faults_of(path: Path) -> list[str]:
    """Return the faults in the name of the file, as of its line 0, and in its lines."""
    name = str(path.relative_to(ROOT))
    faults = []
    for number, line in enumerate([name, *path.read_text(encoding="utf-8").splitlines()]):
        text = ALLOWED.sub("", line)
        for say, pattern in PATTERNS.items():
            if found := pattern.search(text):
                faults.append(f"{name}:{number}: {found[0]}: say {say}")
    return faults


def main() -> int:
    faults = [fault for path in tracked_files() for fault in faults_of(path)]
    sys.stdout.write("".join(f"{fault}\n" for fault in faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
