"""Where an installation keeps its files, and whether it runs from a checkout."""

import os
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
"""The folder of the `guanxi` package."""


@cache
def checkout() -> Path | None:
    """The repository root when the code runs from a clone, None when it is an installed wheel."""
    root = PACKAGE.parent.parent
    return root if (root / "pyproject.toml").is_file() and PACKAGE.parent.name == "server" else None


def data_dir() -> Path:
    """The folder of everything that must survive a restart; created for its owner alone.

    `GUANXI_DATA` names it; else `.data` of the checkout, `/var/lib/guanxi` for root, `~/.local/share/guanxi`.
    """
    named = os.environ.get("GUANXI_DATA")
    if named:
        path = Path(named).expanduser().resolve()
    elif root := checkout():
        path = root / ".data"
    elif hasattr(os, "geteuid") and os.geteuid() == 0:
        path = Path("/var/lib/guanxi")
    else:
        path = Path.home() / ".local" / "share" / "guanxi"
    path.mkdir(parents=True, exist_ok=True)
    return path
