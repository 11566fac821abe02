"""What goes along with a deletion, told before it is done: refused, cleared and deleted along, with counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.records import reads
from guanxi.infra.errors import NotFound

MAX_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Effect:
    """Records of an object that refer to what is deleted, and what its relation says of them."""

    object: Object
    field: Field
    rule: str
    count: int


def effects(ctx: Context, object_key: str, ids: Sequence[UUID]) -> list[Effect]:
    """What deleting visible records would do to others; NotFound for one that is invisible.

    Records that the actor may not see are counted too, as they are in the refusal, and never named.
    """
    obj = ctx.object(object_key)
    seen = reads.visible(ctx, object_key, ids)
    for one in ids:
        if one not in seen:
            raise NotFound("records.not_found", {"object": object_key, "id": str(one)})
    return _effects(ctx, obj, list(ids), MAX_DEPTH)


def _effects(ctx: Context, obj: Object, ids: list[UUID], depth: int) -> list[Effect]:
    found: list[Effect] = []
    for child in ctx.snapshot.objects.values():
        for field in child.stored:
            rule = field.settings.get("on_delete", "keep")
            if field.kind.trait != "ref" or field.target != obj.key or rule == "keep":
                continue
            rows = ctx.run(
                f'SELECT id FROM "{child.table}" WHERE "{field.key}" = ANY($1::uuid[]) AND deleted_at IS NULL'
                " AND NOT (id = ANY($1::uuid[]))",
                [ids],
            )
            if not rows:
                continue
            found.append(Effect(child, field, rule, len(rows)))
            if rule == "cascade" and depth:
                found.extend(_effects(ctx, child, [one for (one,) in rows], depth - 1))
    return found
