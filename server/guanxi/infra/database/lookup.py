"""Finding one row of a control-plane table on the path that every request takes.

Building a query object anew costs many times what the statement itself does; these statements are written once and
prepared by the driver.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import psycopg
from django.db import connection
from django.db.models import Model

from guanxi.infra.database.cursor import cursor

_Model = TypeVar("_Model", bound=Model)


def lookup(model: type[_Model], rest: str, *, along: str = "") -> Callable[..., _Model | None]:
    """A function that finds the row of `model` for which `rest` holds, or None.

    `rest` is what follows FROM: joins if any, WHERE with `$n` for the function's arguments; the model's own table is
    named `t`. `along` names a foreign key whose row is read by the same statement; `rest` joins its table as that name.
    """
    other: Any = model._meta.get_field(along).related_model if along else None
    names, columns = _columns(model, "t")
    other_names, other_columns = _columns(other, along) if other else ([], [])
    statement = f'SELECT {", ".join(columns + other_columns)} FROM "{model._meta.db_table}" t {rest}'

    def find(*params: Any) -> _Model | None:
        row = _row(statement, params)
        if row is None:
            return None
        found = model.from_db("default", names, row[: len(names)])
        if other:
            setattr(found, along, other.from_db("default", other_names, row[len(names) :]))
        return found

    return find


def _columns(model: Any, alias: str) -> tuple[list[str], list[str]]:
    fields = model._meta.concrete_fields
    return [field.attname for field in fields], [f'{alias}."{field.column}"' for field in fields]


def _row(statement: str, params: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """The first row. A connection that died since it was last used is replaced: a lookup can be repeated.

    The first statement of a request is a lookup, so that no other has to ask whether the connection is alive.
    """
    try:
        row = cursor().execute(statement, params).fetchone()
    except psycopg.OperationalError:
        if connection.in_atomic_block or connection.connection is None or not connection.connection.closed:
            raise
        connection.close()
        row = cursor().execute(statement, params).fetchone()
    wrapper: Any = connection  # Django asks once per request, and need not any more
    wrapper.health_check_done = True
    return row
