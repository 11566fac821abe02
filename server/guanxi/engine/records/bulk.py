"""Many rows into one table: COPY costs a seventh of arrays in parameters, from some fifty rows on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import orjson
from psycopg.types.json import Jsonb

from guanxi.engine.context import Context

FROM = 50
"""Number of rows from which a copy is cheaper than a statement."""


def copy(ctx: Context, table: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[Any]]) -> None:
    """Append rows to a table; ``columns`` are names with SQL types, values are in Python's own forms.

    Constraints hold as for any insert. Values travel in binary form, except into a table with a ``tsvector``, whose
    binary form only the server knows.
    """
    names = ", ".join(f'"{name}"' for name, _ in columns)
    types = [sql_type for _, sql_type in columns]
    binary = "tsvector" not in types
    statement = f'COPY "{table}" ({names}) FROM STDIN{" (FORMAT binary)" if binary else ""}'
    json_at = [place for place, sql_type in enumerate(types) if sql_type == "jsonb"]
    # Units of work plan every statement anew. For the checks of foreign keys that would be a plan per row and key,
    # more than half of all the server's work.
    ctx.run("SELECT set_config('plan_cache_mode', 'auto', true)")
    with ctx.cursor.copy(statement.encode()) as sink:
        if binary:
            sink.set_types(types)
        write: Callable[[Sequence[Any]], None] = sink.write_row
        for row in _with_json(rows, json_at) if json_at else rows:
            write(row)
    ctx.run("SELECT set_config('plan_cache_mode', 'force_custom_plan', true)")


def _with_json(rows: Iterable[Sequence[Any]], places: Sequence[int]) -> Iterable[Sequence[Any]]:
    for row in rows:
        cells = list(row)
        for place in places:
            if cells[place] is not None:
                cells[place] = Jsonb(cells[place], dumps=orjson.dumps)
        yield cells
