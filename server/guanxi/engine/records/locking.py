"""Records taken in hand for a write: locked, read whole, and refused where the verb does not reach them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from guanxi.engine.access.actor import Verb
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.objects.query.build import Bind, link_table
from guanxi.infra.errors import NotAllowed, NotFound

_SYSTEM = ("id", "rev", "owner", "via_owner", "created_at", "created_by", "updated_at", "updated_by")


def lock(
    ctx: Context,
    obj: Object,
    ids: Sequence[UUID],
    verb: Verb,
    linked: Iterable[str],
    *,
    deleted: bool = False,
    hold: bool = True,
) -> dict[UUID, dict[str, Any]]:
    """Whole records as native values, locked in the order of their ids unless nothing is to be written; refuses what
    the verb does not reach.
    """
    bind = Bind()
    place = bind(list(ids), "uuid[]")
    columns = _columns(obj)
    links = [obj.fields[key] for key in linked]
    for field in links:
        table = link_table(obj, field)
        columns.append(f'ARRAY(SELECT l.target FROM "{table}" l WHERE l.source = t.id ORDER BY l.position)')
    rows = ctx.run(
        f"SELECT {', '.join(f't.{name}' for name in _SYSTEM)}, {ctx.guard(verb).rows(obj, 't', bind)}{''.join(', ' + c for c in columns)}"
        f' FROM "{obj.table}" t WHERE t.id = ANY({place}) AND t.deleted_at IS {"NOT " if deleted else ""}NULL'
        f" AND {ctx.guard().rows(obj, 't', bind)} ORDER BY t.id{' FOR UPDATE' if hold else ''}",
        bind.values,
    )
    found: dict[UUID, dict[str, Any]] = {}
    for row in rows:
        if not row[8]:
            raise NotAllowed(f"records.{verb}_not_allowed", {"object": obj.key, "id": str(row[0])})
        record, start = _record(obj, row, len(_SYSTEM) + 1)
        for field in links:
            record[field.key] = tuple(row[start])
            start += 1
        found[row[0]] = record
    for one in ids:
        if one not in found:
            raise NotFound("records.not_found", {"object": obj.key, "id": str(one)})
    return found


def stored(ctx: Context, obj: Object, ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Whole records as native values by id, in the recycle bin or not, as far as they are stored with the record itself."""
    bind = Bind()
    columns = [*(f"t.{name}" for name in _SYSTEM), *_columns(obj)]
    rows = ctx.run(
        f'SELECT {", ".join(columns)} FROM "{obj.table}" t WHERE t.id = ANY({bind(list(ids), "uuid[]")})', bind.values
    )
    return {row[0]: _record(obj, row, len(_SYSTEM))[0] for row in rows}


def _columns(obj: Object) -> list[str]:
    return [f't."{name}"' for f in obj.stored for name, _ in f.columns]


def _record(obj: Object, row: Sequence[Any], start: int) -> tuple[dict[str, Any], int]:
    """The record of a row whose fields' columns begin at ``start``, and where they end."""
    record: dict[str, Any] = dict(zip(_SYSTEM, row, strict=False))
    for field in obj.stored:
        width = len(field.columns)
        record[field.key] = field.kind.from_db(row[start : start + width])
        start += width
    return record, start
