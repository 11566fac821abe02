"""Applies the rules of tools/lint/rules.py to the server's code; the number of findings is the exit code."""

import sys
from pathlib import Path

from rules import findings

SERVER = Path(__file__).resolve().parents[2] / "server"


def main() -> int:
    """Print every finding."""
    found = [
        finding
        for path in sorted((SERVER / "guanxi").rglob("*.py"))
        for finding in findings(path.relative_to(SERVER).as_posix(), path.read_text(encoding="utf-8"))
    ]
    print("\n".join(map(str, found)), file=sys.stderr)
    return min(len(found), 1)


if __name__ == "__main__":
    raise SystemExit(main())
