"""Finding one row of a control-plane table on the path that every request takes.

Building a query object anew costs many times what the statement itself does; these statements are written once and
prepared by the driver.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

from guanxi.infra.database.cursor import cursor

_Model = TypeVar("_Model", bound=Model)


def lookup(model: type[_Model], rest: str) -> Callable[..., _Model | None]:
    """A function that finds the row of `model` for which `rest` holds, or None.

    `rest` is what follows FROM: joins if any, WHERE with `$n` for the function's arguments; the model's own table is
    named `t`.
    """
    options = model._meta
    fields = options.concrete_fields
    names = [field.attname for field in fields]
    columns = ", ".join(f't."{field.column}"' for field in fields)
    statement = f'SELECT {columns} FROM "{model._meta.db_table}" t {rest}'

    def find(*params: Any) -> _Model | None:
        # The first statement of a request: a connection that died meanwhile is replaced here.
        connection.close_if_health_check_failed()
        row = cursor().execute(statement, params).fetchone()
        return None if row is None else model.from_db("default", names, row)

    return find
