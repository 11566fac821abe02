"""The engine's own cursor on Django's connection: server-side binding with ``$n`` and PostgreSQL's native types.

Django's connection is the only one a thread has, so accounts and records share a transaction; Django registers type
loaders of its own on it, which this cursor does without.
"""

from __future__ import annotations

from typing import Any

import psycopg
from django.db import connection
from psycopg import RawCursor
from psycopg.adapt import AdaptersMap

_ADAPTERS = AdaptersMap(psycopg.adapters)


class RecordCursor(RawCursor[Any]):
    """A raw cursor with psycopg's standard adapters."""

    def __init__(self, conn: psycopg.Connection[Any]) -> None:
        super().__init__(conn)
        self._adapters = AdaptersMap(_ADAPTERS)


def cursor() -> RecordCursor:
    """A cursor on this thread's connection, opened if need be."""
    connection.ensure_connection()
    return RecordCursor(connection.connection)
