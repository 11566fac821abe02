"""What goes along with a deletion, told before it is done: refused, cleared and deleted along, with counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.model import Field, Object, Snapshot
from guanxi.engine.records import reads
from guanxi.infra.errors import NotFound


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
    return _effects(ctx, obj, list(ids), set(ids))


def referring(snapshot: Snapshot, obj: Object) -> Iterator[tuple[Object, Field, str]]:
    """The fields that refer to records of an object and do not simply keep what is deleted, with what they do."""
    for child in snapshot.objects.values():
        if all(kind.trait != "ref" for kind in child.kinds):
            continue
        for field in child.stored:
            rule = field.settings.get("on_delete", "keep")
            if field.kind.trait == "ref" and field.target == obj.key and rule != "keep":
                yield child, field, rule


def held_by(ctx: Context, child: Object, field: Field, ids: Sequence[UUID], going: AbstractSet[UUID]) -> list[UUID]:
    """Live records that refer to some of the records by a field, without those that are being deleted too."""
    rows = ctx.run(
        f'SELECT id FROM "{child.table}" WHERE "{field.key}" = ANY($1::uuid[]) AND deleted_at IS NULL ORDER BY id',
        [list(ids)],
    )
    return [one for (one,) in rows if one not in going]


def _effects(ctx: Context, obj: Object, ids: list[UUID], going: set[UUID]) -> list[Effect]:
    found: list[Effect] = []
    for child, field, rule in referring(ctx.snapshot, obj):
        held = held_by(ctx, child, field, ids, going)
        if not held:
            continue
        found.append(Effect(child, field, rule, len(held)))
        if rule == "cascade":
            going.update(held)
            found.extend(_effects(ctx, child, held, going))
    return found
