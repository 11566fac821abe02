"""Batches of statements as the API tells them."""

from __future__ import annotations

from guanxi.areas.billing.shapes import StatementBatch
from guanxi.areas.billing.statements.store import Stored
from guanxi.engine.context import Context
from guanxi.infra.i18n import sentence


def told(ctx: Context, one: Stored) -> StatementBatch:
    """One batch, with the reason it failed for in the caller's words."""
    problem = sentence(one.error["code"], one.error["params"], ctx.language) if one.error else None
    return {
        "id": str(one.id), "begins": one.asks["begins"], "ends": one.asks["ends"], "kind": one.asks["kind"],
        "language": one.asks["language"], "state": one.state, "stops": one.stop, "done": one.done, "total": one.total,
        "left_out": one.left_out, "size": one.size, "problem": problem, "created_at": one.created_at.isoformat(),
    }  # fmt: skip
