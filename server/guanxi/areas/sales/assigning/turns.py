"""Whose turn it is, kept between units of work: one row for each rule and territory, held while it is counted on."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import orjson

from guanxi.areas.sales.rules.assignment import Shares
from guanxi.engine.context import Context

EVERYWHERE = "-"
Key = tuple[UUID, UUID | None]


def be_alone(ctx: Context) -> None:
    """Until the unit of work ends nobody else assigns leads here: whoever counts at the same time waits."""
    name = f"sales.assign {ctx.workspace.schema}"
    ctx.run("SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))", [name])


def take(ctx: Context, key: Key) -> Shares:
    """The shares of a rule in a territory, or in none."""
    rows = ctx.run("SELECT turns FROM sys_assignment WHERE flow = $1 AND node = $2", _named(key))
    return Shares(rows[0][0] if rows else {})


def keep(ctx: Context, shares: Mapping[Key, Shares]) -> None:
    """Where everybody stands now."""
    for key, one in shares.items():
        ctx.run(
            "INSERT INTO sys_assignment (flow, node, at, turns) VALUES ($1, $2, $3, $4::jsonb)"
            " ON CONFLICT (flow, node) DO UPDATE SET at = excluded.at, turns = excluded.turns",
            [*_named(key), ctx.now, orjson.dumps(one.kept()).decode()],
        )


def _named(key: Key) -> list[object]:
    return [key[0], str(key[1] or EVERYWHERE)]
