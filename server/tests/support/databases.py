"""The test databases: one template with everything installed, copies of it for tests that commit.

`DATABASE_URL` runs the suite on that server (its user must be allowed to create databases); otherwise every test
process has an embedded server of its own, without fsync, in a temporary folder, in memory where there is room.
"""

import atexit
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql
from psycopg.pq import TransactionStatus

from tests.support.folders import data_folder

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
PREFIX = f"guanxi_test_{os.getpid()}_{WORKER}"


class TestServer:
    """The PostgreSQL server of this test process."""

    __test__ = False

    def __init__(self) -> None:
        self.data = data_folder("guanxi-test-")
        atexit.register(shutil.rmtree, self.data, ignore_errors=True)
        os.environ["GUANXI_DATA"] = str(self.data)
        self.is_external = bool(os.environ.get("DATABASE_URL"))
        self._embedded = None

    def start(self) -> None:
        """Have the server answer."""
        if self.is_external:
            return
        from guanxi.infra.database import tuning
        from guanxi.infra.database.embedded import EmbeddedServer

        fast = {
            "fsync": "off",
            "synchronous_commit": "off",
            "shared_buffers": "128MB",
            "full_page_writes": "off",
            "max_wal_size": "256MB",
        }
        settings = tuning.server_settings
        tuning.server_settings = lambda: settings() | fast
        self._embedded = EmbeddedServer(self.data)
        self._embedded.start()

    def stop(self) -> None:
        """Remove every database of this process, and the server with its folder when it is ours."""
        from django.db import connections

        connections.close_all()
        while _left:
            _left.popitem()[1].close()
        if self._embedded is not None:
            self._embedded.stop()
        else:
            with self._admin() as connection:
                names = connection.execute("select datname from pg_database where datname like %s", (f"{PREFIX}%",))
                for (name,) in names.fetchall():
                    self._drop(connection, name)
        shutil.rmtree(self.data, ignore_errors=True)

    def create(self, name: str, template: str | None = None) -> str:
        """A database named after this process; the full name."""
        full = f"{PREFIX}_{name}"
        statement = sql.SQL("create database {}").format(sql.Identifier(full))
        if template:
            statement += sql.SQL(" template {}").format(sql.Identifier(template))
            if not self.is_external:  # its files are in memory, mostly
                statement += sql.SQL(" strategy file_copy")
        with self._admin() as connection:
            connection.execute(statement)
        return full

    def drop(self, name: str) -> None:
        """Drop a database, cutting whoever is connected to it."""
        with self._admin() as connection:
            self._drop(connection, name)

    def conninfo(self, name: str) -> str:
        """The libpq connection string of one of the databases."""
        from django.conf import settings

        from guanxi.infra.database.address import conninfo

        return conninfo(settings.DATABASES["default"], dbname=name)

    def _admin(self) -> psycopg.Connection:
        return psycopg.connect(self.conninfo("postgres"), autocommit=True)

    @staticmethod
    def _drop(connection: psycopg.Connection, name: str) -> None:
        connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


@contextmanager
def using(name: str, *, again: bool = False) -> Iterator[None]:
    """Point Django's connection at another database of the same server.

    `again`: take up the connection that the last test with this database left in order, whose backend knows its
    catalogs by now; only for tests that are rolled back, which leave nothing in a session.
    """
    from django.db import connection

    connection.close()
    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    if again:
        connection.connection = _left.pop(name, None)
    try:
        yield
    finally:
        if again and _is_in_order(connection):
            _left[name] = connection.connection
            connection.connection = None
        connection.close()
        connection.settings_dict["NAME"] = before


_left: dict[str, psycopg.Connection] = {}


def _is_in_order(connection: "BaseDatabaseWrapper") -> bool:
    """Whether Django's connection is open, outside every transaction, and held no lock of the session."""
    if connection.connection is None or connection.in_atomic_block or not connection.autocommit:
        return False
    held: psycopg.Connection = connection.connection
    if held.closed or held.info.transaction_status is not TransactionStatus.IDLE:
        return False
    held.execute("SELECT pg_advisory_unlock_all()")
    return True
