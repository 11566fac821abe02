"""Take the sample out of a workspace in one step: what it brought goes, what people added stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.capabilities.identity.models import Workspace
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Field, Object
from guanxi.engine.records import reads, writes
from guanxi.engine.records.writes import Change
from guanxi.packs.sample.workspace import LABEL

_ORDER = (
    "commission_line", "commission_statement", "commission_run", "commission_plan",
    "forecast_record", "forecast_adjustment", "forecast_snapshot", "sales_target",
    "payment_allocation", "payment", "invoice", "shipment", "sales_order", "contract",
    "flow", "task", "meeting", "call", "note", "form_submission", "script_use", "script", "material", "lead", "web_form", "quote", "opportunity", "contact", "company", "product", "stage_change",
    "affiliation", "position", "delegation", "member", "department",
)  # fmt: skip
"""What points at others goes before what it points at; stage changes and affiliations mostly went along by then."""

Gone = Mapping[str, set[UUID]]


@dataclass(frozen=True)
class RemoveSampleData:
    """Nothing needs to be said."""


class RemovedSampleData(TypedDict):
    """How many records of each object went."""

    removed: dict[str, int]


@action("sample.remove_sample_data", params=RemoveSampleData, permission="configure")
def remove_sample_data(ctx: Context, _: RemoveSampleData) -> RemovedSampleData:
    """Put every record of the sample into the recycle bin and clear what pointed at it; can be undone as a whole.

    The administrator of the sample stays: somebody must be able to sign in. Records that people added to sample
    records stay without them; those that were given to sample members go to whoever removes the sample.
    """
    system = ctx.as_system()
    gone = {key: reads.visible(system, key, ids) for key, ids in _brought(system).items()}
    for obj in ctx.snapshot.objects.values():
        _clear_references(system, obj, gone)
    for key in (*_ORDER, *(key for key in gone if key not in _ORDER)):
        if still := reads.visible(system, key, list(gone.get(key, ()))):
            writes.delete(system, key, sorted(still))
    Workspace.objects.filter(pk=ctx.workspace.id).update(is_sample=False)
    return {"removed": {key: len(ids) for key, ids in gone.items()}}


def _brought(ctx: Context) -> dict[str, list[UUID]]:
    """What the change set of the sample created, by object."""
    rows = ctx.run(
        "SELECT c.object, c.record FROM sys_change c JOIN sys_change_set s ON s.id = c.change_set"
        " WHERE s.label->>'action' = $1 AND c.op = 'create' ORDER BY c.record",
        [LABEL["action"]],
    )
    brought: dict[str, list[UUID]] = {}
    for object_key, record in rows:
        brought.setdefault(object_key, []).append(record)
    return brought


def _clear_references(ctx: Context, obj: Object, gone: Gone) -> None:
    """Whatever stays lets go of what goes; plain references are cleared by the deletion itself where it may."""
    own = gone.get(obj.key, set())
    if obj.has_owner:
        held = _held(ctx, obj, {"field": "owner", "op": "in", "value": _texts(gone.get("member", ()))}, own)
        writes.update(ctx, obj.key, [Change(one, {"owner": ctx.author}) for one in held])
    for field in obj.fields.values():
        targets = [key for key in _targets(field) if gone.get(key)]
        if not targets:
            continue
        if field.kind.trait == "ref" and field.settings.get("on_delete") == "restrict":
            held = _held(ctx, obj, {"field": field.key, "op": "in", "value": _texts(gone[targets[0]])}, own)
            writes.update(ctx, obj.key, [Change(one, {field.key: None}) for one in held])
        elif field.kind.trait == "refs":
            held = _held(ctx, obj, {"field": field.key, "op": "has_any", "value": _texts(gone[targets[0]])}, own)
            lists = reads.native(ctx, obj.key, held, (field.key,))
            staying = {one: [r for r in row[field.key] if r not in gone[targets[0]]] for one, row in lists.items()}
            writes.update(ctx, obj.key, [Change(one, {field.key: left}) for one, left in staying.items()])
        elif field.kind.trait == "about":
            abouts = reads.native(ctx, obj.key, _held(ctx, obj, _set(field), own), (field.key,))
            loose = [one for one, row in abouts.items() if row[field.key].id in gone.get(row[field.key].object, ())]
            writes.update(ctx, obj.key, [Change(one, {field.key: None}) for one in loose])


def _held(ctx: Context, obj: Object, where: dict[str, Any], own: set[UUID]) -> list[UUID]:
    """Records that a filter finds and that stay."""
    return [one for one in reads.ids(ctx, obj.key, where) if one not in own] if where.get("value") != [] else []


def _set(field: Field) -> dict[str, Any]:
    return {"field": field.key, "op": "not_empty"}


def _targets(field: Field) -> Iterable[str]:
    return field.settings.get("targets") or ([field.target] if field.target else [])


def _texts(ids: Iterable[UUID]) -> list[str]:
    return [str(one) for one in ids]
