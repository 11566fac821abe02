"""Make another opportunity like one that is there, with nothing of what happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.sales.gates import OBJECT
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Object
from guanxi.engine.records import reads, writes
from guanxi.infra.errors import NotFound
from guanxi.infra.http.shapes import Id

NOT_CLONED = frozenset({
    "name", "stage", "external_id", "loss_reason", "loss_note", "probability", "closed_on", "started_on",
    "expected_close_on", "attachments", "next_step", "amount",
})  # fmt: skip
"""What tells of the past of one opportunity, or is given anew. The amount follows the lines where these are cloned."""
_LINE = ("product", "name", "position", "quantity", "unit", "list_price", "discount", "unit_price", "tax_rate")


@dataclass(frozen=True)
class CloneOpportunity:
    """What is cloned along, and what the new one is called and expected."""

    opportunity: UUID
    name: str | None = None
    expected_close_on: date | None = None
    with_lines: bool = True


class ClonedOpportunity(TypedDict):
    """The new one."""

    opportunity: Id


@action("sales.clone_opportunity", params=CloneOpportunity, permission="opportunity.create")
def clone_opportunity(ctx: Context, params: CloneOpportunity) -> ClonedOpportunity:
    """Create an opportunity with the values of one that the caller sees, in the first stage of its pipeline.

    It is the caller's, starts today, and has no history, files or activities. Values that the caller may not see or set
    stay behind.
    """
    obj = ctx.object(OBJECT)
    values = _values(ctx, obj, params.opportunity)
    rows = reads.native(ctx, obj.key, [params.opportunity], ("name", "amount", "line_count"))
    name = (params.name or "").strip() or _next_name(rows[params.opportunity]["name"], ctx.language)
    values |= {"name": name, "started_on": ctx.today.isoformat()}
    if params.expected_close_on:
        values["expected_close_on"] = params.expected_close_on.isoformat()
    lines = _lines(ctx, params.opportunity) if params.with_lines else []
    if lines:
        values["lines"] = [{"values": line} for line in lines]
    elif "amount" in _settable(ctx, obj) and rows[params.opportunity]["amount"] is not None:
        values["amount"] = obj.fields["amount"].kind.render(rows[params.opportunity]["amount"])
    (made,) = writes.create(ctx, obj.key, [values])
    return {"opportunity": str(made)}


def _values(ctx: Context, obj: Object, opportunity: UUID) -> dict[str, Any]:
    """What goes over as it is; references to records that the caller does not see stay behind."""
    keys = [key for key in _settable(ctx, obj) if key not in NOT_CLONED]
    rows = reads.native(ctx, obj.key, [opportunity], keys)
    if opportunity not in rows:
        raise NotFound("records.not_found", {"object": obj.key, "id": str(opportunity)})
    values: dict[str, Any] = {}
    for key, value in rows[opportunity].items():
        field = obj.fields[key]
        if value is None or value == ():
            continue
        if field.kind.trait in ("ref", "refs") and field.target is not None:
            named = list(value) if isinstance(value, tuple) else [value]
            seen = [str(one) for one in named if one in reads.visible(ctx, field.target, named)]
            if seen:
                values[key] = seen if field.kind.trait == "refs" else seen[0]
            continue
        values[key] = field.kind.render(value)
    return values


def _settable(ctx: Context, obj: Object) -> list[str]:
    guard = ctx.guard()
    return [
        one.key
        for one in obj.fields.values()
        if one.kind.holds_value and not one.read_only and not one.system and not one.unique and not one.kind.computed
        and not one.kind.generated and not one.kind.secret and guard.level(obj, one) == "edit"
    ]  # fmt: skip


def _lines(ctx: Context, opportunity: UUID) -> list[dict[str, Any]]:
    """The lines that the caller sees, with their prices as they are."""
    child = ctx.snapshot.object("opportunity_line")
    rights = ctx.actor.rights(child.key)
    if not (rights.reads and rights.create):
        return []
    guard = ctx.guard()
    keys = [key for key in _LINE if key in child.fields and guard.level(child, child.fields[key]) == "edit"]
    where = {"field": "opportunity", "op": "eq", "value": str(opportunity)}
    rows = reads.native(ctx, child.key, reads.ids(ctx, child.key, where), keys)
    found = sorted(rows.items(), key=lambda one: (one[1].get("position") or 0, one[0]))
    return [
        {key: child.fields[key].kind.render(value) for key, value in row.items() if value is not None}
        for _, row in found
    ]


def _next_name(name: str, language: str) -> str:
    suffix = " (copy)" if language == "en" else "（副本）"
    return name[: 200 - len(suffix)] + suffix
