"""Reading the change log: the history of a record, its timeline with activities, and change sets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.objects.fields.base import BadValue
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.records import reads
from guanxi.engine.records.titles import Titles, reference, titles
from guanxi.infra.errors import BadRequest, NotFound

MAX_ITEMS = 100
KINDS = ("activity", "change")


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
    until = _instant(before)
    items: list[dict[str, Any]] = []
    if "activity" in kinds:
        items.extend(_activities(ctx, obj, record, limit + 1, until))
    if "change" in kinds:
        items.extend(changes(ctx, obj, record, limit + 1, until))
    items.sort(key=lambda item: item["at"], reverse=True)
    if len(items) <= limit:
        return Timeline(items, None)
    last = items[limit - 1]["at"]  # what happened in one instant stays on one page: the next one begins before it
    return Timeline([item for item in items if item["at"] >= last], last)


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise BadRequest("query.bad_cursor") from None


def _activities(ctx: Context, obj: Object, record: UUID, limit: int, until: datetime | None) -> list[dict[str, Any]]:
    items = []
    for relation in obj.relations.values():
        child = ctx.snapshot.object(relation.object)
        field = child.fields[relation.field]
        if field.kind.trait != "about" or ctx.actor.rights(child.key).read == "none":
            continue
        where: dict[str, Any] = {"field": field.key, "op": "eq", "value": {"object": obj.key, "id": str(record)}}
        if until is not None:
            where = {"and": [where, {"field": "created_at", "op": "lt", "value": until.isoformat()}]}
        page = reads.page(ctx, child.key, reads.Query(where=where, sort=(("created_at", "desc"),), limit=limit))
        items.extend(
            {"type": "activity", "object": child.key, "record": row, "at": row["created_at"], "by": row["created_by"]}
            for row in page.rows
        )
    return items


def changes(ctx: Context, obj: Object, record: UUID, limit: int, until: datetime | None = None) -> list[dict[str, Any]]:
    """The changes of one visible record, latest first, told in the reader's language."""
    rows = ctx.run(
        "SELECT at, actor, via, change_set, op, diff FROM sys_change WHERE record = $1 AND object = $2"
        " AND ($3::timestamptz IS NULL OR at < $3) ORDER BY at DESC, seq DESC LIMIT $4::int",
        [record, obj.key, until, limit],
    )
    parsed = [(row, _fields(ctx, obj, row[5])) for row in rows]
    wanted = {("member", row[1]) for row, _ in parsed if row[1]}
    for _, fields in parsed:
        for field, old, new in fields:
            wanted.update([*reads.references(field, old), *reads.references(field, new)])
    found = titles(ctx, wanted)
    return [
        {
            "type": "change",
            "at": _iso(at),
            "by": reference(found, "member", actor) if actor else None,
            "via": via,
            "change_set": str(change_set),
            "op": op,
            "fields": [_told(ctx, field, old, new, found) for field, old, new in fields],
        }
        for (at, actor, via, change_set, op, _), fields in parsed
    ]


def _fields(ctx: Context, obj: Object, diff: dict[str, list[Any]]) -> list[tuple[Field, Any, Any]]:
    out = []
    for key, (old, new) in diff.items():
        field = obj.fields.get(key)
        if field is not None and (not field.system or key == "owner"):
            out.append((field, _native(ctx, field, old), _native(ctx, field, new)))
    return out


def _native(ctx: Context, field: Field, rendered: Any) -> Any:
    try:
        return None if rendered is None else field.kind.parse(field, rendered, ctx.env)
    except BadValue:  # written under older settings: shown as it was
        return None


def _told(ctx: Context, field: Field, old: Any, new: Any, found: Titles) -> dict[str, Any]:
    return {
        "field": field.key,
        "label": dict(field.label),
        "old": _text(ctx, field, old, found),
        "new": _text(ctx, field, new, found),
        "old_value": reads.rendered(field, old, found),
        "new_value": reads.rendered(field, new, found),
    }


def _text(ctx: Context, field: Field, value: Any, found: Titles) -> str:
    """The value in words; a record that the reader may not see stays unnamed."""
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
