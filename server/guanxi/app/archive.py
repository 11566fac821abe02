"""An installation as one file: the dump of its database and the files people attached."""

import contextlib
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

from guanxi.app import prepared
from guanxi.infra import settings
from guanxi.infra.database import wheel
from guanxi.infra.database.address import conninfo
from guanxi.infra.database.embedded import EmbeddedServer
from guanxi.infra.errors import Conflict, Unavailable

DATABASE = "database.dump"
FILES = "files"
KEY_FILE = "secret-key"


def dump(target: Path) -> None:
    """Write the whole installation to `target`, running or not. The file is as secret as the data."""
    with with_database(), tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
        database = Path(folder) / DATABASE
        _tool("pg_dump", "--format=custom", "--no-owner", f"--file={database}", f"--dbname={_address()}")
        fresh = target.with_name(target.name + ".new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file, tarfile.open(fileobj=file, mode="w") as archive:
            archive.add(database, DATABASE)
            for name in (FILES, KEY_FILE):
                if (settings.DATA_DIR / name).exists():
                    archive.add(settings.DATA_DIR / name, name)
        fresh.replace(target)


def restore(source: Path) -> None:
    """Read an installation from a file that `dump` wrote; Conflict when this one holds data already."""
    with with_database(), tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
        with psycopg.connect(_address()) as connection:
            row = connection.execute("select to_regclass('public.django_migrations')").fetchone()
        if row is not None and row[0] is not None:
            raise Conflict("app.not_empty")
        with tarfile.open(source) as archive:
            archive.extractall(folder, filter="data")
        prepared.forget(settings.DATA_DIR)
        _tool("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={_address()}", str(Path(folder) / DATABASE))
        for name in (FILES, KEY_FILE):
            if (Path(folder) / name).exists():
                shutil.rmtree(settings.DATA_DIR / name, ignore_errors=True)
                (Path(folder) / name).replace(settings.DATA_DIR / name)
        _move_in()


def _move_in() -> None:
    """Have those who are told of changes go on where they were, although the rows were numbered in another database."""
    from guanxi.engine.feed import places

    with psycopg.connect(_address()) as connection:
        found = connection.execute("select schemaname from pg_tables where tablename = 'sys_consumer'").fetchall()
        for (schema,) in found:
            places.moved_house(connection, schema)


@contextlib.contextmanager
def with_database() -> Iterator[None]:
    """Have the database answer for the length of the block; one that runs already is left running."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    server = EmbeddedServer(settings.DATA_DIR)
    was_ready = server.is_ready()
    server.start()
    try:
        yield
    finally:
        if not was_ready:
            server.stop()


@contextlib.contextmanager
def with_product() -> Iterator[None]:
    """The same, and the product's own models can be loaded in it."""
    import django

    with with_database():
        django.setup()
        yield


def _address() -> str:
    return conninfo(settings.DATABASES["default"])


def _tool(name: str, *arguments: str) -> None:
    done = subprocess.run(
        [wheel.installation() / "bin" / name, *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Unavailable("app.tool_failed", {"tool": name, "reason": done.stderr.strip()[-500:]})
