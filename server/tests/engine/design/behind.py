"""Looking behind the screens of the designer: columns and steps as the database has them, and somebody in the way."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.design import storage
from tests.support import world

SCHEMA = "ws_1"


def columns(table: str) -> set[str]:
    """The columns that a table has."""
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        return storage.columns(ctx, table)


def steps(name: str) -> list[tuple[str, str, str | None]]:
    """Kind, state and error of what is left for the background, by its name."""
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        return ctx.run("SELECT kind, state, error FROM sys_ddl_step WHERE name LIKE $1 ORDER BY id", [name])


@contextmanager
def holding(name: str, statement: str) -> Iterator[psycopg.Connection]:
    """Somebody else's long transaction on the database."""
    from tests.conftest import SERVER

    with psycopg.connect(SERVER.conninfo(name)) as other:
        other.execute(f"SET search_path = {SCHEMA}")
        other.execute(statement)
        yield other
        other.rollback()


def until(condition: Callable[[], object], seconds: float = 90) -> None:
    """Wait for a condition; fail when it does not come."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.2)
