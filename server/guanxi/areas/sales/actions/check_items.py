"""Tick items of a stage's checklist off for an opportunity, or take the ticks back."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.sales import queries
from guanxi.areas.sales.gates import OBJECT, ticked
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import locking, reads, writes
from guanxi.infra.errors import FieldError, Invalid


@dataclass(frozen=True)
class CheckItems:
    """The opportunity, the stage, and keys of items of its checklist."""

    opportunity: UUID
    stage: UUID
    items: list[str]
    done: bool = True


class CheckedItems(TypedDict):
    """How many ticks were set or taken back; those that stood so already are not counted."""

    changed: int


@action("sales.check_items", params=CheckItems)
def check_items(ctx: Context, params: CheckItems) -> CheckedItems:
    """Keep who saw to items of a stage's checklist, and when; for whoever may edit the opportunity.

    Two who tick the same item at once leave one tick, of the first.
    """
    held = locking.lock(ctx, ctx.object(OBJECT), [params.opportunity], "edit", ())
    stage = queries.funnel(ctx).stage(params.stage)
    known = {item.key: item.name for item in stage.gate.items} if stage else {}
    unknown = [key for key in params.items if key not in known]
    if stage is None or unknown:
        raise Invalid([FieldError("items" if stage else "stage", "sales.unknown_item")])
    system = ctx.as_system()
    there = {key for one, key in ticked(ctx, [params.opportunity]).get(params.opportunity, {}) if one == params.stage}
    wanted = list(dict.fromkeys(params.items))
    if params.done:
        new = [key for key in wanted if key not in there]
        owner = held[params.opportunity]["owner"]
        rows = [
            {"name": known[key], "opportunity": params.opportunity, "stage": params.stage, "item": key, "owner": owner}
            for key in new
        ]
        if rows:
            writes.create(system, "stage_check", rows)
        return {"changed": len(new)}
    where = {"and": [
        {"field": "opportunity", "op": "eq", "value": str(params.opportunity)},
        {"field": "stage", "op": "eq", "value": str(params.stage)},
        {"field": "item", "op": "in", "value": wanted},
    ]}  # fmt: skip
    gone = reads.ids(system, "stage_check", where) if wanted else []
    if gone:
        writes.delete(system, "stage_check", gone)
    return {"changed": len(gone)}
