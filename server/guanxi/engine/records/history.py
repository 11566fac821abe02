"""Reading the change log: the history of a record, its timeline with activities, and change sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.marks import Mark
from guanxi.engine.objects.fields.base import MASK, BadValue
from guanxi.engine.objects.levels import MASKED, lower
from guanxi.engine.objects.masks import masked
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.objects.query.page import Cursor
from guanxi.engine.records import pools, reads, shares
from guanxi.engine.records.changes import SHARE
from guanxi.engine.records.titles import Titles, reference, titles
from guanxi.infra.errors import BadRequest, NotFound

MAX_ITEMS = 100
KINDS = ("activity", "change")
_CHANGES = 0
"""The first source of a timeline; each relation to activities is one more."""


@dataclass(frozen=True)
class Timeline:
    """Items, latest first, and where the next ones begin."""

    items: list[dict[str, Any]]
    next_cursor: str | None


def timeline(
    ctx: Context,
    object_key: str,
    record: UUID,
    kinds: Sequence[str] = KINDS,
    limit: int = 50,
    before: str | None = None,
) -> Timeline:
    """What happened around a record that the actor may see: activities about it, and its own changes."""
    if not 1 <= limit <= MAX_ITEMS or not set(kinds) <= set(KINDS):
        raise BadRequest("query.bad_timeline", {"limit": MAX_ITEMS, "known": ", ".join(KINDS)})
    obj = ctx.object(object_key)
    if record not in reads.visible(ctx, object_key, [record]):
        raise NotFound("records.not_found", {"object": object_key, "id": str(record)})
    mark = Mark.decode(before, numbered=_CHANGES) if before else None
    found: list[tuple[Mark, dict[str, Any]]] = []
    if "activity" in kinds:
        found.extend(_activities(ctx, obj, record, limit + 1, mark))
    if "change" in kinds:
        found.extend(_changes(ctx, obj, record, limit + 1, mark))
    found.sort(key=lambda pair: pair[0], reverse=True)
    items = [item for _, item in found[:limit]]
    return Timeline(items, found[limit - 1][0].encode() if len(found) > limit else None)


def _activities(
    ctx: Context, obj: Object, record: UUID, limit: int, mark: Mark | None
) -> Iterator[tuple[Mark, dict[str, Any]]]:
    for source, relation in enumerate(sorted(obj.relations.values(), key=lambda r: r.key), start=1):
        child = ctx.snapshot.object(relation.object)
        field = child.fields[relation.field]
        if field.kind.trait != "about" or not ctx.actor.rights(child.key).reads:
            continue
        where: dict[str, Any] = {"field": field.key, "op": "eq", "value": {"object": obj.key, "id": str(record)}}
        if mark is not None and source != mark.source:
            op = "lte" if source < mark.source else "lt"
            where = {"and": [where, {"field": "created_at", "op": op, "value": mark.at.isoformat()}]}
        query = reads.Query(where=where, sort=(("created_at", "desc"),), limit=limit)
        if mark is not None and source == mark.source:
            cursor = Cursor(0, (mark.at.isoformat(),), mark.tie, reads.query_mark(child.key, query))
            query = replace(query, cursor=cursor.encode())
        for row in reads.page(ctx, child.key, query).rows:
            at = row["created_at"]
            item = {"type": "activity", "object": child.key, "record": row, "at": at, "by": row["created_by"]}
            yield Mark(datetime.fromisoformat(at), source, row["id"]), item


def _changes(
    ctx: Context, obj: Object, record: UUID, limit: int, mark: Mark | None
) -> Iterator[tuple[Mark, dict[str, Any]]]:
    at, seq = (mark.at, int(mark.tie) if mark.source == _CHANGES else None) if mark else (None, None)
    rows = ctx.run(
        "SELECT at, actor, via, change_set, op, diff, seq FROM sys_change WHERE record = $1 AND object = $2"
        " AND ($3::timestamptz IS NULL OR at < $3 OR (at = $3 AND ($4::bigint IS NULL OR seq < $4)))"
        " ORDER BY at DESC, seq DESC LIMIT $5::int",
        [record, obj.key, at, seq, limit],
    )
    for row, item in zip(rows, _told_changes(ctx, obj, rows, pools.pool_of(ctx, obj, record)), strict=True):
        yield Mark(row[0], _CHANGES, f"{row[6]:020d}"), item


def _told_changes(
    ctx: Context, obj: Object, rows: Sequence[tuple[Any, ...]], pool: UUID | None
) -> list[dict[str, Any]]:
    """Rows of the change log of a record in the reader's language."""
    parsed = [(row, [] if row[4] == SHARE else _fields(ctx, obj, row[5], pool)) for row in rows]
    wanted = {("member", row[1]) for row, _ in parsed if row[1]}
    wanted |= {shares.receiver_of(row[5][SHARE]) for row, _ in parsed if row[4] == SHARE}
    for _, fields in parsed:
        for field, old, new in fields:
            wanted.update([*_references(field, old), *_references(field, new)])
    found = titles(ctx, wanted)
    flows = _flows(ctx, {row[3] for row, _ in parsed if row[2] == "flow"})
    return [
        {
            "type": "change",
            "at": _iso(at),
            "by": reference(found, "member", actor) if actor else None,
            "via": via,
            "change_set": str(change_set),
            "op": op,
            "fields": [_told(ctx, field, old, new, found) for field, old, new in fields],
            "share": _told_share(diff[SHARE], found) if op == SHARE else None,
            "flow": flows.get(change_set),
        }
        for (at, actor, via, change_set, op, diff, *_), fields in parsed
    ]


def _flows(ctx: Context, change_sets: set[UUID]) -> dict[UUID, dict[str, str]]:
    """The flows that made change sets, as they were called then."""
    if not change_sets:
        return {}
    rows = ctx.run(
        "SELECT id, label->>'flow', label->>'name' FROM sys_change_set WHERE id = ANY($1::uuid[])",
        [sorted(change_sets)],
    )
    return {id_: {"id": flow, "name": name or ""} for id_, flow, name in rows if flow}


def _told_share(change: list[Any], found: Titles) -> dict[str, Any]:
    """With whom, and the level before and after; None for not at all."""
    kind, id_ = shares.receiver_of(change)
    old, new = (one and one["level"] for one in change)
    return {"kind": kind, "receiver": reference(found, kind, id_), "old": old, "new": new}


def _fields(ctx: Context, obj: Object, diff: dict[str, list[Any]], pool: UUID | None) -> list[tuple[Field, Any, Any]]:
    """Changed fields with the values before and after, as far as the actor is told of them on records of every type, and
    in the pool that the record lies in.
    """
    out = []
    guard = ctx.guard()
    for key, (old, new) in diff.items():
        field = obj.fields.get(key)
        if field is None or (field.system and key != "owner"):
            continue
        level = lower(guard.level_everywhere(obj, field), guard.level_in(obj, field, pool))
        if level in MASKED:
            out.append((masked(field), *(_masked(ctx, field, one) for one in (old, new))))
        elif level != "hidden":
            out.append((field, _native(ctx, field, old), _native(ctx, field, new)))
    return out


def _masked(ctx: Context, field: Field, rendered: Any) -> str | None:
    native = _native(ctx, field, rendered)
    return None if native is None else MASK if isinstance(native, _Unread) else field.kind.mask(native)


@dataclass(frozen=True)
class _Unread:
    """A value that the field no longer takes: its kind or an option was changed since. It is told as it was kept."""

    kept: Any

    @property
    def text(self) -> str:
        """What was kept, in plain words."""
        if isinstance(self.kept, dict):
            return " ".join(str(part) for part in self.kept.values() if part is not None)
        return ", ".join(map(str, self.kept)) if isinstance(self.kept, list) else str(self.kept)


def _native(ctx: Context, field: Field, rendered: Any) -> Any:
    try:
        return None if rendered is None else field.kind.parse(field, rendered, ctx.env)
    except BadValue:
        return _Unread(rendered)


def _references(field: Field, value: Any) -> Iterable[tuple[str, UUID]]:
    return () if isinstance(value, _Unread) else reads.references(field, value)


def _rendered(field: Field, value: Any, found: Titles) -> Any:
    return None if isinstance(value, _Unread) else reads.rendered(field, value, found)


def _told(ctx: Context, field: Field, old: Any, new: Any, found: Titles) -> dict[str, Any]:
    return {
        "field": field.key,
        "label": dict(field.label),
        "old": _text(ctx, field, old, found),
        "new": _text(ctx, field, new, found),
        "old_value": _rendered(field, old, found),
        "new_value": _rendered(field, new, found),
    }


def _text(ctx: Context, field: Field, value: Any, found: Titles) -> str:
    """The value in words; a record that the reader may not see stays unnamed."""
    if isinstance(value, _Unread):
        return value.text
    refs = reads.references(field, value)
    if refs:
        return ", ".join(found.get(ref, "—") for ref in refs)
    return "" if value is None else field.kind.text(field, value, ctx.language, ctx.env.time_zone)


def _iso(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def change_set(ctx: Context, id_: UUID) -> dict[str, Any]:
    """A change set of the actor, or any one for those who may see the audit."""
    found = change_sets(ctx, [id_])
    if not found:
        raise NotFound("records.change_set_not_found", {"id": str(id_)})
    return found[0]


def change_sets(ctx: Context, ids: Sequence[UUID] | None = None, limit: int = 50) -> list[dict[str, Any]]:
    """The actor's latest change sets (everybody's for those with the right ``audit``)."""
    rows = ctx.run(
        "SELECT id, at, actor, via, label, counts, undone_by FROM sys_change_set"
        " WHERE ($1::uuid[] IS NULL OR id = ANY($1)) AND ($2 OR actor = $3) ORDER BY at DESC LIMIT $4::int",
        [list(ids) if ids is not None else None, ctx.actor.may("audit"), ctx.actor.member_id, limit],
    )
    found = titles(ctx, {("member", row[2]) for row in rows if row[2]})
    return [
        {
            "id": str(id_),
            "at": _iso(at),
            "actor": reference(found, "member", actor) if actor else None,
            "via": via,
            "label": label,
            "counts": counts,
            "undone": undone_by is not None,
        }
        for id_, at, actor, via, label, counts, undone_by in rows
    ]
