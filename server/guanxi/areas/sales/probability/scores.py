"""Foretelling open opportunities: some right after a change, all of them in parts after a training.

What a model says counts as no revision. A probability that is another one stands in the change log as a computed value: the
history knows it, flows do not wake. What somebody gave by hand stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from guanxi.areas.sales.gates import OBJECT
from guanxi.areas.sales.probability import history
from guanxi.areas.sales.rules.probability import Model
from guanxi.areas.sales.rules.stages import BY_HAND, BY_MODEL, BY_STAGE
from guanxi.engine.context import Context
from guanxi.engine.records import changes, computed
from guanxi.engine.records.hooks import Write

FIELDS = ("probability", "probability_source")
"""What is worked out of an opportunity."""
PART = 5_000
_BY_HAND = "p.probability_source = $3 OR (p.probability_source IS NULL AND p.probability <> s.probability)"
"""Who gave a probability before it was noted whose it is, gave it by hand."""


def foretell(ctx: Context, model: Model | None, ids: Sequence[UUID]) -> int:
    """Work the probabilities of those among opportunities that are open out anew; how many were others than before.

    Without a model they are those of the stages again.
    """
    system = ctx.as_system()
    obj = ctx.snapshot.object(OBJECT)
    stage = ctx.snapshot.object("stage")
    foretold = {one.opportunity: in_percent(model.chance(one)) for one in history.now(system, ids)} if model else {}
    rows = system.run(
        "WITH v AS (SELECT * FROM unnest($1::uuid[], $2::numeric[]) AS v(id, foretold)), held AS MATERIALIZED ("
        " SELECT p.id, p.probability AS was, p.probability_source AS was_of,"
        " coalesce(v.foretold, s.probability) AS probability,"
        " CASE WHEN v.foretold IS NULL THEN $4 ELSE $5 END AS source"
        f' FROM v JOIN "{obj.table}" p ON p.id = v.id JOIN "{stage.table}" s ON s.id = p.stage'
        f" WHERE p.deleted_at IS NULL AND p.status = 'open' AND ({_BY_HAND}) IS NOT TRUE"
        " ORDER BY p.id FOR NO KEY UPDATE OF p)"
        f' UPDATE "{obj.table}" p SET probability = h.probability, probability_source = h.source'
        " FROM held h WHERE p.id = h.id"
        " AND (p.probability, p.probability_source) IS DISTINCT FROM (h.probability, h.source)"
        " RETURNING p.id, p.rev, p.owner, p.via_owner, h.was, h.was_of, p.probability, p.probability_source",
        [list(ids), [foretold.get(id_) for id_ in ids], BY_HAND, BY_STAGE, BY_MODEL],
    )
    if not rows:
        return 0
    writes = [_write(*row) for row in rows]
    changes.log(system, obj, writes, via=changes.COMPUTED)
    dirty: computed.Dirty = {}
    computed.climb(system, obj, frozenset(FIELDS), [one.id for one in writes], dirty)
    computed.settle(system, dirty)
    return len(rows)


def in_percent(chance: float) -> Decimal:
    """In whole percent: more would be pretended."""
    return Decimal(round(chance * 100))


def _write(
    id_: UUID, rev: int, owner: UUID | None, via: UUID | None, was: Decimal | None, was_of: str | None,
    now: Decimal | None, now_of: str | None,
) -> Write:  # fmt: skip
    old = {"owner": owner, "via_owner": via, "probability": was, "probability_source": was_of}
    new = {key: value for key, value in (("probability", now), ("probability_source", now_of)) if value != old[key]}
    return Write("update", id_, old, new, rev=rev)


def foretell_all(ctx: Context, model: Model | None, after: UUID | None, number: int = PART) -> UUID | None:
    """Foretell the next part of the open opportunities; the last of them, None when all are."""
    ids = history.open_after(ctx, after, number)
    if not ids:
        return None
    foretell(ctx, model, ids)
    return ids[-1]
