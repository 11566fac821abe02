"""Takes out of the measured data what a measure has put in, so that every run finds the same."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import psycopg

from bench import build
from bench.measure import Result, Session, body


def imports_of_earlier_runs(session: Session) -> None:
    """Take back what stands in the measured workspace from imports that nobody took back."""
    rows = body(session.send("GET", "/imports"))["rows"]
    for row in rows:
        if row["state"] in ("done", "cancelled", "failed"):
            take_back(session, row["id"])


def take_back(session: Session, import_id: str) -> Result:
    """Have the product undo an import, and drop what the undo keeps: deleted records and the log of both."""
    where = f"/imports/{import_id}"
    begun = time.perf_counter()
    session.send("POST", where + "/undo", {"skip_conflicts": True})
    while (state := body(session.send("GET", where))["state"]) == "undoing":
        time.sleep(0.25)
    taken = time.perf_counter() - begun
    if state != "undone":
        raise RuntimeError(f"the import was not taken back: {state}")
    rows = _drop(import_id)
    print(f"  undo of the import {rows:,} rows in {taken:.1f} s")
    return Result("undo of the import", "manager", rows, taken * 1000, taken * 1000, rate=rows / taken)


def _drop(import_id: str) -> int:
    with connected() as own:
        (made,) = own.execute("SELECT change_set FROM sys_import WHERE id = %s", [import_id]).fetchone() or (None,)
        (back,) = own.execute("SELECT undone_by FROM sys_change_set WHERE id = %s", [made]).fetchone() or (None,)
        gone = forget(own, [one for one in (made, back) if one])
        own.execute("DELETE FROM sys_import_row WHERE import = %s", [import_id])
        settle(own, "rec_opportunity", "rec_company", "sys_search", "sys_import_row")
    return gone


def connected() -> psycopg.Connection[Any]:
    """A connection of its own to the measured workspace; each statement is committed by itself."""
    from django.db import connection

    from guanxi.capabilities.identity.models import Workspace
    from guanxi.infra.database.address import conninfo

    own = psycopg.connect(conninfo(connection.settings_dict), autocommit=True)
    schema = Workspace.objects.get(slug=build.SLUG).schema
    own.execute(f'SET search_path = "{schema}", public'.encode())
    return own


def forget(own: psycopg.Connection[Any], change_sets: Sequence[UUID]) -> int:
    """Drop the records that lie deleted because of change sets, and what the change log says of these; their number."""
    asked: list[object] = [list(change_sets)]
    objects = own.execute("SELECT DISTINCT object FROM sys_change WHERE change_set = ANY(%s)", asked).fetchall()
    gone = 0
    for (key,) in objects:
        found = own.execute(
            f'DELETE FROM "rec_{key}" WHERE deleted_at IS NOT NULL AND id IN'
            " (SELECT record FROM sys_change WHERE change_set = ANY(%s) AND object = %s)".encode(),
            [list(change_sets), key],
        )
        gone += found.rowcount
    own.execute("DELETE FROM sys_change WHERE change_set = ANY(%s)", asked)
    return gone


def settle(own: psycopg.Connection[Any], *tables: str) -> None:
    """Statistics and visibility maps as a database in use has them."""
    for table in tables:
        own.execute(f'VACUUM (ANALYZE) "{table}"'.encode())
