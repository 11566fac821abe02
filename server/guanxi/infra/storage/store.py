"""Files by the SHA-256 of their content: the same content is kept once, a name can never leave the folder."""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from guanxi.infra.errors import LimitReached, NotFound, Unavailable

_NAME = re.compile(r"[0-9a-f]{64}")
MINIMUM_FREE_BYTES = 100_000_000


@dataclass(frozen=True)
class Stored:
    """What was kept: `name` is the SHA-256 of the content in hexadecimal."""

    name: str
    size: int


def keep(chunks: Iterable[bytes], limit: int | None = None) -> Stored:
    """Write the content and return its name, durable on disk before this returns.

    LimitReached over `limit` bytes (default: the installation's), Unavailable when the disk is full.
    """
    allowed = settings.MAX_UPLOAD_BYTES if limit is None else limit
    folder = _folder()
    if shutil.disk_usage(folder).free < MINIMUM_FREE_BYTES:
        raise Unavailable("storage.disk_full")
    digest, size = hashlib.sha256(), 0
    descriptor, fresh = tempfile.mkstemp(dir=folder, prefix="new-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > allowed:
                    raise LimitReached("storage.too_large", {"limit_mb": allowed // 1024 // 1024})
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        path = _path(digest.hexdigest())
        path.parent.mkdir(exist_ok=True)
        Path(fresh).replace(path)
    finally:
        Path(fresh).unlink(missing_ok=True)
    return Stored(digest.hexdigest(), size)


def path_of(name: str) -> Path:
    """The path of a kept file; NotFound when there is none of that name."""
    path = _path(name)
    if not path.is_file():
        raise NotFound("storage.not_found")
    return path


def open_file(name: str) -> BinaryIO:
    """A kept file, open for reading."""
    return path_of(name).open("rb")


def forget(name: str) -> None:
    """Remove a kept file; nothing happens when it is gone already."""
    _path(name).unlink(missing_ok=True)


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / "files"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _path(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise NotFound("storage.not_found")
    return _folder() / name[:2] / name
