"""The address of the database as Django connection settings, known without any server running."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

DATABASE_NAME = "guanxi"
SUPERUSER = "postgres"
SOCKET_PATH_LIMIT = 100
"""Bytes that every platform accepts for a unix socket's path."""


def embedded_socket_dir(data_dir: Path) -> Path:
    """The folder of the embedded server's socket: beside the data, or a short stable path when that is too long."""
    beside = data_dir / "run"
    if len(os.fsencode(beside / ".s.PGSQL.5432")) <= SOCKET_PATH_LIMIT:
        return beside
    digest = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"guanxi-{digest}"


def connection_settings(data_dir: Path, url: str | None) -> dict[str, Any]:
    """Django's NAME, USER, PASSWORD, HOST, PORT and driver options for `url`, or for the embedded server.

    Raises ValueError with a sentence for an address that is not PostgreSQL's.
    """
    if not url:
        return {
            "NAME": DATABASE_NAME,
            "USER": SUPERUSER,
            "PASSWORD": "",
            "HOST": str(embedded_socket_dir(data_dir)),
            "PORT": "5432",
            "OPTIONS": {},
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"DATABASE_URL must begin with postgresql://, not {parts.scheme}://")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "NAME": unquote(parts.path.lstrip("/")) or DATABASE_NAME,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": options,
    }
