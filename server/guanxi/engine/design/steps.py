"""What follows a change in the background: steps in batches, each batch a unit of work of its own, resumable."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import orjson
import psycopg
from django.db import connection

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import Context, Workspace, work
from guanxi.engine.objects.ddl import runner
from guanxi.engine.objects.ddl.runner import Report, Step
from guanxi.infra.database.address import conninfo

BATCH = 1000

Function = Callable[[Context, Step], bool]
"""Does one batch in the unit of work that it is given; True when there is more to do. ``step.payload`` is as the last
batch left it (``keep``)."""

_functions: dict[str, Function] = {}


def step(kind: str) -> Callable[[Function], Function]:
    """Decorator: the function does deferred steps of this kind."""

    def attach(function: Function) -> Function:
        if kind in _functions or kind in runner.STATEMENTS:
            raise ValueError(f"the step {kind!r} is registered twice")
        _functions[kind] = function
        return function

    return attach


def keep(ctx: Context, one: Step, **position: Any) -> None:
    """Remember where the batch ended, in its own transaction."""
    ctx.cursor.execute(
        "UPDATE sys_ddl_step SET payload = payload || $2::text::jsonb, updated_at = now() WHERE id = $1",
        [one.id, orjson.dumps(position).decode()],
    )


def run(workspace: Workspace) -> Report:
    """Run the waiting steps of a workspace, on a connection without a transaction and in units of work."""
    functions: Mapping[str, Callable[[Step], bool]] = {
        kind: partial(_batch, workspace, function) for kind, function in _functions.items()
    }
    with psycopg.connect(conninfo(connection.settings_dict), autocommit=True) as own:
        return runner.run_deferred(own, workspace.schema, functions)


def _batch(workspace: Workspace, function: Function, one: Step) -> bool:
    with work(workspace, SYSTEM, via="job") as ctx:
        row = ctx.cursor.execute("SELECT payload FROM sys_ddl_step WHERE id = $1", [one.id]).fetchone()
        return function(ctx, replace(one, payload=row[0] if row else {}))
