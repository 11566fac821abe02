"""Sharing one record with a member, a department or the holders of a role: who is given what, by whom, and the end of it.

Whoever may edit a record as its owner, or as somebody above, may share it, to read or to edit, with anybody; whoever
reaches it through a share or an access rule alone may not, so that the end of either ends all that followed from it. A
share with a department reaches everybody in it and below it, until it ends if it has an end. What the receiver's role
does at all remains the limit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from guanxi.engine.access.predicate import MAX_STEPS, granted_to
from guanxi.engine.audit import note
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.objects.query.build import Bind
from guanxi.engine.records import changes, reads, transfers
from guanxi.engine.records.titles import reference, titles
from guanxi.infra.errors import Conflict, FieldError, Invalid, NotAllowed, NotFound

Level = Literal["read", "edit"]
Kind = Literal["member", "department", "role"]
KINDS: tuple[Kind, ...] = ("member", "department", "role")


@dataclass(frozen=True, slots=True)
class Share:
    """One member, department or role that a record is shared with, until ``expires_at`` if that is set."""

    id: UUID
    kind: Kind
    receiver: UUID
    level: Level
    created_at: datetime
    created_by: UUID | None
    expires_at: datetime | None = None

    def logged(self) -> dict[str, str]:
        """What the change log keeps of it."""
        return _logged(self.kind, self.receiver, self.level, self.expires_at)


def _logged(kind: Kind, receiver: UUID, level: Level, until: datetime | None) -> dict[str, str]:
    told = {kind: str(receiver), "level": level}
    return told if until is None else {**told, "expires_at": _iso(until)}


def _iso(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def receiver_of(change: list[Any]) -> tuple[str, UUID]:
    """Kind and id of the receiver in a logged change."""
    one = change[1] or change[0]
    return next((kind, UUID(one[kind])) for kind in KINDS if kind in one)


def objects_shared(ctx: Context) -> set[str]:
    """Keys of the objects of which any record is shared with the actor."""
    bind = Bind()
    rows = ctx.run(
        f"SELECT DISTINCT s.object FROM sys_share s WHERE {granted_to(ctx.actor, ctx.env, bind, 's')}", bind.values
    )
    return {key for (key,) in rows}


def shared(ctx: Context, object_key: str, record: UUID) -> dict[str, Any]:
    """With whom a visible record is shared, and whether the actor may change that; NotFound for an invisible one."""
    obj = ctx.object(object_key)
    _visible(ctx, obj, record)
    found = _shares(ctx, obj, record)
    named = titles(
        ctx, {(s.kind, s.receiver) for s in found} | {("member", s.created_by) for s in found if s.created_by}
    )
    return {
        "may_share": obj.has_owner and _may_share(ctx, obj, record),
        "shares": [
            {
                "id": str(one.id),
                "kind": one.kind,
                "receiver": reference(named, one.kind, one.receiver),
                "level": one.level,
                "expires_at": _iso(one.expires_at) if one.expires_at else None,
                "created_at": _iso(one.created_at),
                "created_by": reference(named, "member", one.created_by) if one.created_by else None,
            }
            for one in found
        ],
        "reaches": _beneath(ctx, obj),
    }


def _beneath(ctx: Context, obj: Object) -> list[str]:
    """Objects whose records are shared along with one of this object, as far as the actor may read them."""
    found: list[str] = []
    level = {obj.key}
    for steps in range(1, MAX_STEPS + 1):
        heirs = [one for one in ctx.snapshot.objects.values() if not level.isdisjoint(_above(one))]
        level = {one.key for one in heirs}
        found += [
            one.key
            for one in sorted(heirs, key=lambda one: (one.position, one.key))
            if one.key not in found and obj.share_reach.reaches(one.key, steps) and ctx.actor.rights(one.key).reads
        ]
    return found


def _above(obj: Object) -> list[str]:
    """Objects that records of this one inherit access from."""
    field_ = obj.fields[obj.inherit] if obj.inherit else None
    return [] if field_ is None else [str(one) for one in field_.settings.get("targets") or [field_.target]]


def grant(
    ctx: Context, object_key: str, record: UUID, kind: Kind, to: UUID, level: Level, until: datetime | None = None
) -> bool:
    """Share a record, or change the level or the end of a share; False when that stood so already.

    NotFound for an invisible record, NotAllowed without the right to share it and for a share that would leave a
    stand-in with the record, Invalid for a receiver that is not there.
    """
    obj = ctx.object(object_key)
    row = _to_share(ctx, obj, record)
    if to == ctx.actor.member_id and not transfers.standing(ctx, obj, [record], lasting=True):
        raise NotAllowed("records.share_not_allowed", {"object": obj.key, "id": str(record)})
    if to not in reads.visible(ctx, kind, [to]):
        raise Invalid([FieldError(kind, "fields.reference_not_found", {"value": str(to)})])
    before = next((one for one in _shares(ctx, obj, record) if (one.kind, one.receiver) == (kind, to)), None)
    if before is not None and (before.level, before.expires_at) == (level, until):
        return False
    if until is not None and until <= ctx.now:
        raise Invalid([FieldError("expires_at", "records.share_in_the_past", {"value": _iso(until)})])
    ctx.run(
        f"INSERT INTO sys_share (object, record, {kind}, level, created_at, created_by, expires_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)"
        f" ON CONFLICT ({kind}, object, record) DO UPDATE SET level = excluded.level, expires_at = excluded.expires_at",
        [obj.key, record, to, level, ctx.now, ctx.author, until],
    )
    after = _logged(kind, to, level, until)
    changes.log_share(ctx, obj, row, before.logged() if before else None, after)
    details = {
        "receiver": {"object": kind, "id": to}, "level": _level(level), "was": before and _level(before.level),
        "expires_at": until,
    }  # fmt: skip
    note(ctx, "share", object=obj.key, record=record, details=details)
    return True


def revoke(ctx: Context, object_key: str, record: UUID, share: UUID) -> None:
    """End a share of the record; NotFound when there is none with this id, NotAllowed without the right to share."""
    obj = ctx.object(object_key)
    row = _to_share(ctx, obj, record)
    before = next((one for one in _shares(ctx, obj, record) if one.id == share), None)
    if before is None:
        raise NotFound("records.share_not_found", {"id": str(share)})
    ctx.run("DELETE FROM sys_share WHERE id = $1", [share])
    changes.log_share(ctx, obj, row, before.logged(), None)
    details = {"receiver": {"object": before.kind, "id": before.receiver}, "was": _level(before.level)}
    note(ctx, "unshare", object=obj.key, record=record, details=details)


def _level(level: Level) -> dict[str, str]:
    """The level as the audit log words it."""
    return {"code": f"audit.level_{level}"}


def _shares(ctx: Context, obj: Object, record: UUID) -> list[Share]:
    """Shares of the record, the oldest first."""
    rows = ctx.run(
        "SELECT id, member, department, role, level, created_at, created_by, expires_at FROM sys_share"
        " WHERE object = $1 AND record = $2 ORDER BY created_at, id",
        [obj.key, record],
    )
    found = []
    for id_, *receivers, level, at, by, until in rows:
        kind, receiver = next(one for one in zip(KINDS, receivers, strict=True) if one[1] is not None)
        found.append(Share(id_, kind, receiver, level, at, by, until))
    return found


def _visible(ctx: Context, obj: Object, record: UUID) -> None:
    if record not in reads.visible(ctx, obj.key, [record]):
        raise NotFound("records.not_found", {"object": obj.key, "id": str(record)})


def _to_share(ctx: Context, obj: Object, record: UUID) -> Mapping[str, Any]:
    """The record's system columns, locked, once all that stands against sharing it is ruled out."""
    _visible(ctx, obj, record)
    if not obj.has_owner:
        raise Conflict("records.not_shareable", {"object": obj.key})
    if not _may_share(ctx, obj, record):
        raise NotAllowed("records.share_not_allowed", {"object": obj.key, "id": str(record)})
    names = ("id", "rev", "owner", "via_owner")
    rows = ctx.run(f'SELECT {", ".join(names)} FROM "{obj.table}" WHERE id = $1 FOR UPDATE', [record])
    return dict(zip(names, rows[0], strict=True))


def _may_share(ctx: Context, obj: Object, record: UUID) -> bool:
    return ctx.actor.offers(obj.key).share and record in transfers.standing(ctx, obj, [record])
