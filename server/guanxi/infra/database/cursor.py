"""The engine's own cursor on Django's connection: server-side binding with ``$n`` and PostgreSQL's native types.

Django's connection is the only one a thread has, so accounts and records share a transaction; Django registers type
loaders of its own on it, which this cursor does without.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Self

import psycopg
from django.db import connection, transaction
from psycopg import RawCursor
from psycopg.adapt import AdaptersMap
from psycopg.types.string import BytesBinaryDumper

_ADAPTERS = AdaptersMap(psycopg.adapters)
# Otherwise bytes are written by the class for DB-API's Binary, which is not compiled.
_ADAPTERS.register_dumper(bytes, BytesBinaryDumper)


class RecordCursor(RawCursor[Any]):
    """A raw cursor with psycopg's standard adapters."""

    def __init__(self, conn: psycopg.Connection[Any]) -> None:
        super().__init__(conn)
        self._adapters = AdaptersMap(_ADAPTERS)

    if TYPE_CHECKING:
        # Statements are put together from the catalog's names; tools/lint says where that may be done.
        def execute(
            self, query: Any, params: Any = None, *, prepare: bool | None = None, binary: bool | None = None
        ) -> Self: ...


def cursor() -> RecordCursor:
    """A cursor on this thread's connection, opened if need be."""
    connection.ensure_connection()
    return RecordCursor(connection.connection)


def savepoint() -> AbstractContextManager[None]:
    """A part of the running transaction that may fail alone: an exception undoes what the block did, and goes on."""
    return transaction.atomic()
