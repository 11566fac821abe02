"""Scripts for a record, those that fit it best first, in the words for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from guanxi.areas.enablement.rules.fitting import Candidate, in_order
from guanxi.areas.enablement.shapes import ProposedScript, ProposedScripts
from guanxi.areas.enablement.situations import STATE_ACTIVE, situation
from guanxi.areas.enablement.subjects import subject
from guanxi.areas.enablement.wording import filled
from guanxi.engine.context import Context
from guanxi.engine.records import reads

MOST = 30
"""Scripts that are offered at once; a search leads to the others."""
_FIELDS = ("name", "body", "objection", "stages", "products", "language", "use_count")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: words, and only scripts of a stage, a product, an objection."""

    search: str | None = None
    stage: UUID | None = None
    product: UUID | None = None
    objection: str | None = None


def proposed(ctx: Context, object_key: str, record: UUID, wanted: Wanted) -> ProposedScripts:
    """Scripts in use that the actor may read, best first. NotFound for a record that they do not see."""
    obj = subject(ctx, object_key, record)
    found = reads.ids(ctx, "script", {"and": list(_conditions(wanted))}, wanted.search)
    rows = reads.native(ctx, "script", found, _FIELDS)
    candidates = [
        Candidate(
            one,
            row["name"],
            frozenset(row["stages"] or ()),
            frozenset(row["products"] or ()),
            row["language"],
            row["use_count"] or 0,
        )
        for one, row in rows.items()
    ]
    best = in_order(candidates, situation(ctx, obj, record))[:MOST]
    texts = filled(ctx, obj, record, {one.candidate.id: rows[one.candidate.id]["body"] for one in best})

    def told(script: UUID, reasons: Iterable[Any]) -> ProposedScript:
        row = rows[script]
        return {
            "id": str(script),
            "name": row["name"],
            "text": texts[script],
            "objection": row["objection"],
            "language": row["language"],
            "uses": row["use_count"] or 0,
            "fits": list(reasons),
        }

    return {"scripts": [told(one.candidate.id, one.reasons) for one in best], "found": len(rows)}


def _conditions(wanted: Wanted) -> Iterable[dict[str, Any]]:
    yield {"field": "status", "op": "eq", "value": STATE_ACTIVE}
    for field, value in (("stages", wanted.stage), ("products", wanted.product)):
        if value is not None:
            yield {"or": [{"field": field, "op": "has_any", "value": [str(value)]}, {"field": field, "op": "is_empty"}]}
    if wanted.objection is not None:
        yield {"field": "objection", "op": "eq", "value": wanted.objection}
