"""Every path that a document names exists: relative links, and `code` that looks like a path of the repository."""

import re
import sys
from pathlib import Path

from console import ROOT

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
CODE = re.compile(r"`((?:server|web|tools|docs|requirements|\.ci)/[A-Za-z0-9_./-]+)`")
SKIPPED = {"node_modules", ".venv", ".data", "dist", "static"}
BUILT = "server/guanxi/app/static"
"""Where the screens are built to; not there on a fresh clone."""


def main() -> int:
    """Print every path that is not there; 1 when there is one."""
    problems = [
        f"{document.relative_to(ROOT)} names {name}, which does not exist"
        for document in sorted(ROOT.rglob("*.md"))
        if not SKIPPED & set(document.relative_to(ROOT).parts)
        for name in _missing(document)
    ]
    print("\n".join(problems), file=sys.stderr)
    return int(bool(problems))


def _missing(document: Path) -> list[str]:
    text = document.read_text(encoding="utf-8")
    links = [name for name in LINK.findall(text) if not (document.parent / name).exists()]
    return links + [name for name in CODE.findall(text) if name != BUILT and not (ROOT / name).exists()]


if __name__ == "__main__":
    raise SystemExit(main())
