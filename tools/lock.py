"""Chooses versions for what pyproject.toml asks and writes them with their hashes; no address of an index is kept."""

import subprocess
import sys

from bootstrap import uv_environment
from console import ROOT, SCRIPTS

LOCKS = {"run.txt": (), "dev.txt": ("--group", "dev")}


def main() -> int:
    """Write both files; 1 when no versions fit."""
    for name, more in LOCKS.items():
        command = [
            SCRIPTS / "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes",
            "--no-header", "--annotation-style", "line", "--upgrade", *more, "pyproject.toml",
            "-o", f"requirements/{name}",
        ]  # fmt: skip
        if subprocess.run(command, cwd=ROOT, env=uv_environment(only_main_index=True), check=False).returncode:
            return 1
        if "://" in (ROOT / "requirements" / name).read_text():
            print(
                f"requirements/{name} names an address; it must hold names, versions and hashes only.", file=sys.stderr
            )
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
