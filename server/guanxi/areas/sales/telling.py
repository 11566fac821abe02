"""What is told of the way of an opportunity: its stages, and what each of them still asks."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from guanxi.areas.sales import gates, queries
from guanxi.areas.sales.gates import Move, Tick, Wanted
from guanxi.areas.sales.rules.stages import Stage, outcome
from guanxi.areas.sales.shapes import GateItem, StageGate, StageGates
from guanxi.capabilities.approvals.holding import holding
from guanxi.engine.context import Context
from guanxi.engine.http.shapes.records import Reference
from guanxi.engine.records import locking, reads
from guanxi.engine.records.hooks import Write
from guanxi.engine.records.titles import Titles, reference, titles
from guanxi.infra.errors import Conflict, NotFound
from guanxi.infra.i18n import sentence

_SETTINGS = ("color", "guidance", "guidance_en", "key_fields", "materials")


def gates_of(ctx: Context, opportunity: UUID) -> StageGates:
    """The stages before and behind an opportunity that the reader sees; NotFound for one that they do not."""
    obj = ctx.object(gates.OBJECT)
    if opportunity not in reads.visible(ctx, obj.key, [opportunity]):
        raise NotFound("records.not_found", {"object": obj.key, "id": str(opportunity)})
    ctx.object("stage")
    record = locking.stored(ctx, obj, [opportunity])[opportunity]
    funnel = queries.funnel(ctx)
    here = funnel.stage(record["stage"])
    mine = sorted(
        (one for one in funnel.stages if here and one.pipeline == here.pipeline), key=lambda s: (s.position, s.id)
    )
    moves = [Move(Write("update", opportunity, record, {}), here, one) for one in mine]
    ticks = gates.ticked(ctx, [opportunity]).get(opportunity, {})
    named = titles(ctx, {("member", tick.by) for tick in ticks.values() if tick.by})
    settings = reads.native(ctx.as_system(), "stage", [one.id for one in mine], _SETTINGS)
    held = _held(ctx, record, [one for one in mine if one != here])
    found = gates.wanted(ctx, funnel, moves)
    since = record["stage_since"] or record["created_at"]
    return {
        "stage": str(record["stage"]),
        "since": since.isoformat() if since else None,
        "rots_at": record["rots_at"].isoformat() if record["rots_at"] else None,
        "rev": record["rev"],
        "stages": [
            _told(ctx, one, here, wanted, ticks, named, settings[one.id], held.get(one.id))
            for one, wanted in zip(mine, found, strict=True)
        ],
    }  # fmt: skip


def _told(
    ctx: Context,
    stage: Stage,
    here: Stage | None,
    wanted: Wanted,
    ticks: dict[tuple[UUID, str], Tick],
    named: Titles,
    settings: dict[str, Any],
    approval: str | None,
) -> StageGate:
    obj = ctx.snapshot.object(gates.OBJECT)
    is_here = stage == here
    barred = None if is_here else wanted.barred
    seen = [key for key in stage.gate.fields if key in obj.fields and gates.seen(ctx, obj.fields[key])]
    missing = [] if is_here else [one.key for one in wanted.fields]
    return {
        "id": str(stage.id),
        "name": stage.name,
        "category": stage.category,  # type: ignore[typeddict-item]
        "color": settings["color"],
        "requires_loss_reason": stage.requires_loss_reason,
        "here": is_here,
        "refused": sentence(barred.code, barred.params, ctx.language) if barred else None,
        "fields": seen,
        "missing": [key for key in missing if key in seen],
        "hidden": sum(key not in seen for key in missing),
        "items": [_item(item, ticks.get((stage.id, item.key)), named) for item in stage.gate.items],
        "approval": approval,
        "guidance": (settings["guidance_en"] if ctx.language == "en" else None) or settings["guidance"],
        "key_fields": [
            key for key in settings["key_fields"] or () if key in obj.fields and gates.seen(ctx, obj.fields[key])
        ],
        "materials": settings["materials"] or [],
        "rot_days": stage.rot_days,
    }


def _item(item: Any, tick: Tick | None, named: Titles) -> GateItem:
    return {
        "key": item.key,
        "name": item.name,
        "required": item.required,
        "done": tick is not None,
        "by": cast("Reference", reference(named, "member", tick.by)) if tick and tick.by else None,
        "at": tick.at.isoformat() if tick else None,
    }


def _held(ctx: Context, record: dict[str, Any], stages: list[Stage]) -> dict[UUID, str]:
    """The flow that would decide about entering each stage, by name."""
    obj = ctx.snapshot.object(gates.OBJECT)
    found: dict[UUID, str] = {}
    for stage in stages:
        new = {"stage": stage.id, **outcome(stage, {}, record, ctx.today)}
        try:
            for _, flow, _ in holding(ctx, obj, [Write("update", record["id"], record, new)]):
                found[stage.id] = flow.name
        except Conflict as refused:
            found[stage.id] = str(refused.params.get("name") or "")
    return found
