"""Where things come from: the change set that wrote a value, what it touched, and who refers to a record by now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.records import reads
from guanxi.engine.records.changes import ASIDE

MOST = 1000


@dataclass(frozen=True, slots=True)
class Origin:
    """A change set and the member who is named for it."""

    change_set: UUID
    author: UUID | None


def written_by(ctx: Context, object_key: str, record: UUID, field: str) -> Origin | None:
    """The change set in which a field of a record was written last; None where the log does not tell."""
    rows = ctx.run(
        "SELECT change_set, actor FROM sys_change WHERE record = $1 AND object = $2 AND op <> ALL($3::text[])"
        " AND diff ? $4 ORDER BY seq DESC LIMIT 1",
        [record, object_key, list(ASIDE), field],
    )
    return Origin(*rows[0]) if rows else None


def touched_by(ctx: Context, change_set: UUID) -> Mapping[str, Mapping[UUID, frozenset[str]]]:
    """The records that a change set wrote, by object, with what it did to each."""
    rows = ctx.run(
        "SELECT object, record, array_agg(DISTINCT op) FROM sys_change WHERE change_set = $1 AND op <> ALL($2::text[])"
        " GROUP BY object, record ORDER BY object, record",
        [change_set, list(ASIDE)],
    )
    found: dict[str, dict[UUID, frozenset[str]]] = {}
    for object_key, record, ops in rows:
        found.setdefault(object_key, {})[record] = frozenset(ops)
    return found


def referring(ctx: Context, object_key: str, records: Collection[UUID]) -> Iterator[tuple[Object, UUID]]:
    """Live records that name one of these in any of their fields, as far as the actor sees them; each once a field."""
    wanted = [str(one) for one in sorted(records)]
    if not wanted:
        return
    for obj in ctx.snapshot.objects.values():
        if not ctx.actor.rights(obj.key).reads:
            continue
        for one in obj.fields.values():
            if one.kind.virtual or one.kind.computed:
                continue
            if one.kind.trait == "about" and object_key in (one.prepared or ()):
                clauses = [
                    {"field": one.key, "op": "eq", "value": {"object": object_key, "id": record}} for record in wanted
                ]
                where: dict[str, object] = {"or": clauses}
            elif one.target == object_key and one.kind.trait in ("ref", "refs"):
                op = "in" if one.kind.trait == "ref" else "has_any"
                where = {"field": one.key, "op": op, "value": wanted}
            else:
                continue
            for found in reads.ids(ctx, obj.key, where, limit=MOST):
                yield obj, found
