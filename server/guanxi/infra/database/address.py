"""The address of the database as Django connection settings, known without any server running."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from guanxi.infra.database.location import socket_dir

DATABASE_NAME = "guanxi"
SUPERUSER = "postgres"
EMBEDDED_PORT = "5432"
"""Only part of the socket's file name: the embedded server listens on no network address."""


def connection_settings(data_dir: Path, url: str | None) -> dict[str, Any]:
    """Django's NAME, USER, PASSWORD, HOST, PORT and driver options for `url`, or for the embedded server.

    Raises ValueError with a sentence for an address that is not PostgreSQL's.
    """
    if not url:
        return {
            "NAME": DATABASE_NAME,
            "USER": SUPERUSER,
            "PASSWORD": "",
            "HOST": str(socket_dir(data_dir)),
            "PORT": EMBEDDED_PORT,
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


def conninfo(settings: dict[str, Any], **replacements: str) -> str:
    """The libpq connection string of Django connection settings; `replacements` are libpq parameters."""
    from psycopg.conninfo import make_conninfo

    named = {
        "dbname": settings["NAME"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
        "host": settings["HOST"],
        "port": settings["PORT"],
    }
    options = {key: value for key, value in settings["OPTIONS"].items() if key in _LIBPQ_OPTIONS}
    return make_conninfo("", **{key: value for key, value in (named | options | replacements).items() if value})


_LIBPQ_OPTIONS = {"sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "options", "application_name"}
