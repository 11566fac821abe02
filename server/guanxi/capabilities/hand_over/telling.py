"""What people are told of hand-overs: what somebody holds, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from guanxi.capabilities.approvals import leaving
from guanxi.capabilities.hand_over import checking, holdings, pending, steps
from guanxi.capabilities.hand_over.holdings import Part
from guanxi.capabilities.hand_over.open_records import open_filter
from guanxi.capabilities.hand_over.planning import ENDED, lasting
from guanxi.capabilities.hand_over.shapes import (
    BlindReceiver,
    HandedPart,
    HandOverProblem,
    HandOverReport,
    HeldPart,
    Holdings,
    RefusedRecord,
)
from guanxi.capabilities.hand_over.store import Stored
from guanxi.engine.acting import acting
from guanxi.engine.context import Context
from guanxi.engine.http.shapes.catalog import Label
from guanxi.engine.http.shapes.records import Reference
from guanxi.engine.records import counts, reads, share_moves
from guanxi.engine.records.titles import Titles, reference, titles
from guanxi.infra.errors import NotFound
from guanxi.infra.i18n import sentence


def holdings_of(ctx: Context, giver: UUID) -> Holdings:
    """All that a person holds and the actor may hand over; NotFound for somebody whom the actor does not see."""
    checking.giver(ctx, giver)
    system, manages = ctx.as_system(), ctx.actor.may(checking.RIGHT)
    status = reads.native(system, "member", [giver], ("status",))[giver]["status"]
    found = [_held(ctx, part, giver) for part in holdings.parts(ctx.snapshot)]
    return {
        "member": _member(titles(ctx, [("member", giver)]), giver),
        "status": status,
        "parts": [one for one in found if one["count"]],
        "shares_received": share_moves.count_received(ctx, giver) if manages else None,
        "shares_given": share_moves.count_given(ctx, giver) if manages else None,
        "positions": _lasting(ctx, giver, ENDED[0]) if manages else None,
        "delegations": sum(_lasting(ctx, giver, part) for part in ENDED[1:]) if manages else None,
        "jobs": pending.count(ctx, giver) if manages else None,
        "approvals": leaving.count(ctx, giver) if manages else None,
    }


def told(ctx: Context, one: Stored) -> HandOverReport:
    """A hand-over in the reader's language and under the reader's access."""
    order = {part.key: place for place, part in enumerate(holdings.parts(ctx.snapshot))}
    parts = sorted(steps.moved_parts(one), key=lambda part: order.get(part[0], len(order)))
    receivers = {UUID(to) for _, given, _ in parts for to in given if to}
    records = {(row["object"], UUID(row["record"])) for row in one.refused}
    named = titles(ctx, {("member", one_) for one_ in (*receivers, one.giver, one.created_by) if one_} | records)
    asked = one.what
    return {
        "id": str(one.id),
        "member": _member(named, one.giver),
        "state": one.state,
        "leave": asked.leave,
        "progress": {"done": one.done, "total": one.total},
        "parts": [_part(ctx, one, *part, named) for part in parts if part[0].split(".")[0] in ctx.snapshot.objects],
        "shares": int(one.counts.get("shares", 0)),
        "kept": int(one.counts.get("kept", 0)),
        "jobs": len(one.counts.get("jobs", ())),
        "approvals": len(one.counts.get("approvals", ())),
        "refused": [_refused(ctx, row, named) for row in one.refused],
        "blind": list(_blind(ctx, one, named)),
        "error": _problem(ctx, one.error),
        "change_set": str(one.change_set) if one.change_set else None,
        "created_by": _member(named, one.created_by) if one.created_by else None,
        "created_at": one.created_at.isoformat().replace("+00:00", "Z"),
    }


def _held(ctx: Context, part: Part, giver: UUID) -> HeldPart:
    where = part.of(giver)
    count, is_open, exact = 0, None, True
    if ctx.actor.may(checking.RIGHT):
        counted = counts.count(ctx.as_system(), part.obj.key, where)
        count, exact = counted.value, counted.exact
    else:
        count = len(holdings.held(ctx, part, giver, only_open=False))
    if count and open_filter(part.obj.key):
        if ctx.actor.may(checking.RIGHT):
            is_open = counts.count(ctx.as_system(), part.obj.key, part.of(giver, only_open=True)).value
        else:
            is_open = len(holdings.held(ctx, part, giver, only_open=True))
    readable = count and ctx.actor.rights(part.obj.key).reads and ctx.guard().level(part.obj, part.field) != "hidden"
    return {
        "part": part.key,
        "object": part.obj.key,
        "field": part.field.key,
        "label": cast("Label", dict(part.obj.plural)),
        "field_label": cast("Label", dict(part.field.label)),
        "count": count,
        "open": is_open,
        "seen": counts.count(ctx, part.obj.key, where).value if readable else 0,
        "exact": exact,
        "follows": part.follows,
        "belongs": part.is_owner and part.obj.inherit is not None,
        "where": where,
    }


def _lasting(ctx: Context, giver: UUID, part: str) -> int:
    object_key, where = lasting(ctx, part, giver)
    return counts.count(ctx.as_system(), object_key, where).value


def _part(ctx: Context, one: Stored, part: str, given: Mapping[str, int], refused: int, named: Titles) -> HandedPart:
    object_key, key = part.split(".")
    obj = ctx.snapshot.objects[object_key]
    field = obj.fields.get(key)
    return {
        "part": part,
        "object": object_key,
        "field": key,
        "label": cast("Label", dict(obj.plural)),
        "field_label": cast("Label", dict(field.label if field else obj.label)),
        "to": [
            {"member": _member(named, UUID(to)) if to else None, "count": count}
            for to, count in sorted(given.items(), key=lambda pair: -pair[1])
        ],
        "left": int(one.counts["parts"][part].get("left", 0)),
        "refused": refused,
    }


def _refused(ctx: Context, row: Mapping[str, Any], named: Titles) -> RefusedRecord:
    return {
        "object": row["object"],
        "record": cast("Reference", reference(named, row["object"], UUID(row["record"]))),
        "code": row["code"],
        "message": sentence(row["code"], row["params"], ctx.language),
    }


def _blind(ctx: Context, one: Stored, named: Titles) -> list[BlindReceiver]:
    """Receivers who would not see what they get."""
    wanted: dict[UUID, set[str]] = {}
    for part, given, _ in steps.moved_parts(one):
        object_key, _, key = part.partition(".")
        if key == holdings.OWNER and object_key in ctx.snapshot.objects:
            for to in given:
                wanted.setdefault(UUID(to), set()).add(object_key)
    found: list[BlindReceiver] = []
    for receiver, objects in wanted.items():
        try:
            _, actor = acting(ctx.workspace.id, receiver)
        except NotFound:  # nobody signs in as this member, who so sees nothing at all
            continue
        blind = (key for key in sorted(objects) if not actor.rights(key).reads)
        found.extend(BlindReceiver(member=_member(named, receiver), object=key) for key in blind)
    return found


def _problem(ctx: Context, error: Mapping[str, Any] | None) -> HandOverProblem | None:
    if error is None:
        return None
    message = sentence(error["code"], error["params"], ctx.language)
    return {"code": error["code"], "params": dict(error["params"]), "message": message}


def _member(named: Titles, member: UUID) -> Reference:
    return cast("Reference", reference(named, "member", member))
