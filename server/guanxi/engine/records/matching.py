"""Finding the records that rows from elsewhere mean, by fields that they have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.fields.base import BadValue
from guanxi.engine.objects.model import Object
from guanxi.engine.objects.query.build import Bind
from guanxi.engine.records import writes
from guanxi.engine.records.values import Errors
from guanxi.infra.errors import BadRequest

MAX_MATCH_FIELDS = 5


def upsert(
    ctx: Context, object_key: str, match: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> tuple[list[UUID], int, int]:
    """Update the records that the match fields find, create the others: (ids in order, created, updated).

    A match that exists but is not visible is refused without naming it; two matches for one row are refused.
    """
    obj = ctx.object(object_key)
    if not match or len(match) > MAX_MATCH_FIELDS:
        raise BadRequest("records.match_required", {"limit": MAX_MATCH_FIELDS})
    found, errors = find(ctx, obj, match, rows)
    errors.check()
    fresh = [place for place, one in enumerate(found) if one is None]
    known = [(place, one) for place, one in enumerate(found) if one is not None]
    ids = list(found)
    made = writes.create(ctx, object_key, [rows[place] for place in fresh]) if fresh else []
    for place, one in zip(fresh, made, strict=True):
        ids[place] = one
    updated = writes.update(ctx, object_key, [writes.Change(one, rows[place]) for place, one in known]) if known else []
    return [one for one in ids if one is not None], len(made), len(updated)


def find(
    ctx: Context, obj: Object, match: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> tuple[list[UUID | None], Errors]:
    """The record that each row's match fields find, or None; one statement for the whole list."""
    errors = Errors()
    fields = []
    for key in match:
        field = obj.fields.get(key)
        if field is None or not field.columns or field.kind.trait not in ("text", "number", "date", "ref", "choice"):
            raise BadRequest("records.bad_match", {"object": obj.key, "field": key})
        fields.append(field)
    keys: list[tuple[Any, ...] | None] = []
    for place, row in enumerate(rows):
        cells = []
        for field in fields:
            try:
                raw = row.get(field.key)
                native = None if raw is None else field.kind.parse(field, raw, ctx.env)
            except BadValue as bad:
                errors.add(field.key, bad.code, place, **bad.params)
                native = None
            cells.append(None if native is None else field.kind.to_db(native)[0])
        keys.append(None if None in cells else tuple(cells))
    wanted = list({key for key in keys if key is not None})
    found: dict[tuple[Any, ...], list[tuple[UUID, bool]]] = {}
    if wanted:
        bind = Bind()
        columns = [f.columns[0] for f in fields]
        arrays = ", ".join(bind([k[i] for k in wanted], f"{t}[]") for i, (_, t) in enumerate(columns))
        names = ", ".join(f"k{i}" for i in range(len(columns)))
        on = " AND ".join(f't."{name}" = v.k{i}' for i, (name, _) in enumerate(columns))
        rows_found = ctx.run(
            f"SELECT {', '.join(f'v.k{i}' for i in range(len(columns)))}, t.id,"
            f" {ctx.guard().rows(obj, 't', bind)} FROM unnest({arrays}) AS v({names})"
            f' JOIN "{obj.table}" t ON {on} AND t.deleted_at IS NULL',
            bind.values,
        )
        for *key, record, seen in rows_found:
            found.setdefault(tuple(key), []).append((record, seen))
    out: list[UUID | None] = []
    for place, key in enumerate(keys):
        hits = found.get(key, []) if key is not None else []
        if len(hits) > 1:
            errors.add(match[0], "records.match_ambiguous", place, count=len(hits))
        elif hits and not hits[0][1]:
            errors.add(match[0], "records.match_hidden", place)
        out.append(hits[0][0] if len(hits) == 1 and hits[0][1] else None)
    return out, errors
