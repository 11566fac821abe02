"""Many rows into one table: COPY costs a seventh of arrays in parameters, from some fifty rows on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import orjson

from guanxi.engine.context import Context

FROM = 50
"""Number of rows from which a copy is cheaper than a statement."""

_BYTES = frozenset({"uuid", "jsonb"})
"""Types whose binary form is made here by the column, at a third of what the driver takes cell by cell."""
_JSONB_VERSION = b"\x01"


def cells(sql_type: str, values: Iterable[Any]) -> list[Any]:
    """A column's values as ``copy`` takes them. JSON may be told as what it says or, in bytes, as it is written."""
    if sql_type == "uuid":
        return [None if value is None else value.bytes for value in values]
    if sql_type == "jsonb":
        return [None if value is None else _JSONB_VERSION + _written(value) for value in values]
    return list(values)


def copy(ctx: Context, table: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[Any]]) -> None:
    """Append rows to a table; ``columns`` are names with SQL types, rows are made of ``cells``.

    Constraints hold as for any insert. Values travel in binary form, except into a table with a ``tsvector``, whose
    binary form only the server knows: there rows are text, or what the driver can write as text.
    """
    names = ", ".join(f'"{name}"' for name, _ in columns)
    types = [sql_type for _, sql_type in columns]
    binary = "tsvector" not in types
    statement = f'COPY "{table}" ({names}) FROM STDIN{" (FORMAT binary)" if binary else ""}'
    with _shared_plans(ctx), ctx.cursor.copy(statement.encode()) as sink:
        if binary:
            sink.set_types(["bytea" if sql_type in _BYTES else sql_type for sql_type in types])
        write = sink.write_row
        for row in rows:
            write(row)


@contextmanager
def _shared_plans(ctx: Context) -> Iterator[None]:
    """Units of work plan every statement anew. For the checks of foreign keys that would be a plan per row and key,
    more than half of all the server's work.
    """
    ctx.run("SELECT set_config('plan_cache_mode', 'auto', true)")
    yield
    ctx.run("SELECT set_config('plan_cache_mode', 'force_custom_plan', true)")


def _written(value: Any) -> bytes:
    return value if type(value) is bytes else orjson.dumps(value)
