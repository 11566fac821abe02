"""Where the embedded cluster lives: beside the other data, unless PostgreSQL's own user could not reach it there."""

import hashlib
import os
import tempfile
from pathlib import Path

SOCKET_PATH_LIMIT = 100
"""Bytes that every platform accepts for the path of a unix socket."""
SYSTEM_HOME = Path("/var/lib/guanxi")


def runs_as_root() -> bool:
    """Whether this process is root, as whom PostgreSQL refuses to run."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def cluster_home(data_dir: Path) -> Path:
    """The folder of the cluster and its log.

    Started by root, the server runs as another user, who cannot enter a folder like /root: then a folder of the
    system is used, named after the data directory. Permissions of other people's folders are never loosened.
    """
    if not runs_as_root() or is_open_to_all(data_dir):
        return data_dir
    return SYSTEM_HOME / "clusters" / _digest(data_dir)


def socket_dir(data_dir: Path) -> Path:
    """The folder of the server's socket; a short stable path when the one beside the data is too long."""
    beside = cluster_home(data_dir) / "run"
    if len(os.fsencode(beside / ".s.PGSQL.5432")) <= SOCKET_PATH_LIMIT:
        return beside
    return Path(tempfile.gettempdir()) / f"guanxi-{_digest(data_dir)}"


def is_open_to_all(path: Path) -> bool:
    """Whether any user may enter `path` and the folders above it."""
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents))


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
