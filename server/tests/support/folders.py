"""Where test servers keep their data: in memory where there is room, for they make and drop thousands of files a test."""

import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it, with a name that nobody can guess
ENOUGH = 6 * 1024**3


def data_folder(prefix: str) -> Path:
    """A new folder that the database's own user may pass through."""
    made = Path(tempfile.mkdtemp(prefix=prefix, dir=MEMORY if _has_room() else None))
    made.chmod(0o711)
    return made


def _has_room() -> bool:
    return MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH
