"""How many records there are, told at once: exactly, or as the honest estimate of the planner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg

from guanxi.engine.context import Context
from guanxi.engine.objects.query.build import Bind, Source
from guanxi.engine.records.reads import condition
from guanxi.infra.database.cursor import savepoint

EXACT_COUNT = 10_000
"""Up to so many expected records people look at the number itself: it may take as long as ``COUNT_BUDGET_MS``."""
COUNT_BUDGET_MS = 800
MANY_BUDGET_MS = 60
"""Of more, the number is one to glance at: it is exact only where it comes at once."""
COUNTED = 200_000
"""Where the planner expects more records than this, its word is taken: counting them would take longer than anybody
waits for a number that has changed by then.
"""


@dataclass(frozen=True)
class Count:
    """A number of records; an estimate when ``exact`` is False."""

    value: int
    exact: bool


def count(ctx: Context, object_key: str, where: Any = None, search_text: str | None = None) -> Count:
    """How many visible records a filter keeps: exact unless the planner expects very many, or the time budget ends."""
    obj = ctx.object(object_key)
    bind = Bind()
    source = Source(ctx.snapshot, obj, ctx.guard(), bind, ctx.env, "t")
    kept = condition(ctx, obj, source, where, search_text)
    body = f"FROM {source.from_clause()} WHERE {kept}"
    expected = _expected(ctx, body, bind)
    if expected > COUNTED:
        return Count(expected, False)
    try:
        with savepoint():
            ctx.run(f"SET LOCAL statement_timeout = {MANY_BUDGET_MS if expected > EXACT_COUNT else COUNT_BUDGET_MS}")
            value = ctx.run(f"SELECT count(*) {body}", bind.values)[0][0]
            ctx.run(f"SET LOCAL statement_timeout = {ctx.budget_ms}")
        return Count(value, True)
    except psycopg.errors.QueryCanceled:
        return Count(max(expected, EXACT_COUNT), False)


def _expected(ctx: Context, body: str, bind: Bind) -> int:
    """How many rows the planner expects."""
    planned = ctx.run(f"EXPLAIN (FORMAT JSON) SELECT 1 {body}", bind.values)[0][0]
    return int(planned[0]["Plan"]["Plan Rows"])
