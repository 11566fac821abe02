"""What gates ask for exists, and names of stages in them follow the stages."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from guanxi.areas.sales import gates, queries
from guanxi.areas.sales.rules import gates as rules
from guanxi.areas.sales.rules.stages import CLOSED, rots_at
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.engine.records.hooks import Write, hook
from guanxi.engine.records.writes import Change
from guanxi.infra.errors import FieldError, Invalid
from guanxi.kit.ids import uuid7

_GATE = frozenset({"entry_fields", "key_fields", "checklist", "entered_from", "materials"})


@hook("stage", "before", fields=_GATE, ops=("create", "update"))
def gates_mean_something(ctx: Context, batch: list[Write]) -> None:
    """Fields are such as people fill in, a checklist is one, and each of its items gets a key of its own."""
    obj = ctx.snapshot.object(gates.OBJECT)
    known = {
        "entry_fields": gates.askable(obj),
        "key_fields": [one.key for one in obj.fields.values() if not one.system],
    }
    errors: list[FieldError] = []
    for write in batch:
        for name, offered in known.items():
            if name not in write.new:
                continue
            unknown = rules.unknown_fields(write.new[name], offered)
            if unknown is None:
                errors.append(FieldError(name, "sales.gate_fields_are_a_list", row=write.row))
            errors += [
                FieldError(name, "sales.gate_unknown_field", {"field": key[:40]}, write.row)
                for key in (unknown or [])[:5]
            ]
        if code := rules.problem_of_materials(write.new.get("materials")):
            errors.append(FieldError("materials", code, row=write.row))
        if "checklist" in write.new:
            if code := rules.problem_of_items(write.new["checklist"]):
                errors.append(FieldError("checklist", code, {"most": rules.MOST_ITEMS}, write.row))
            else:
                write.new["checklist"] = rules.keyed(write.new["checklist"], iter(lambda: uuid7().hex, ""))
        if not rules.is_names(write.new.get("entered_from")):
            errors.append(FieldError("entered_from", "sales.gate_names_are_a_list", row=write.row))
    if errors:
        raise Invalid(errors)


@hook("stage", "after", fields={"entered_from", "pipeline"}, ops=("create", "update"))
def stages_are_entered_from_stages(ctx: Context, batch: list[Write]) -> None:
    """The stages that one is entered from are other stages of its pipeline."""
    known = _stages(ctx, {write.value("pipeline") for write in batch})
    errors = []
    for write in batch:
        others = {rules.fold(row["name"]) for one, row in known[write.value("pipeline")].items() if one != write.id}
        unknown = [one for one in write.value("entered_from") or () if rules.fold(one) not in others]
        errors += [FieldError("entered_from", "sales.gate_unknown_stage", {"name": n[:80]}, write.row) for n in unknown]
    if errors:
        raise Invalid(errors)


@hook("stage", "after", fields={"name"}, ops=("update", "delete"))
def names_in_gates_follow(ctx: Context, batch: list[Write]) -> None:
    """A stage that is called otherwise, or is gone, is so in the gates of the others."""
    if ctx.undoes is not None:
        return
    gone: list[tuple[UUID, str, str | None]] = [
        (write.old["pipeline"], write.old["name"], None if write.op == "delete" else write.new["name"])
        for write in batch
        if write.old is not None
    ]
    known = _stages(ctx, {pipeline for pipeline, _, _ in gone})
    changes: dict[UUID, list[str]] = {}
    for pipeline, old, new in gone:
        for one, row in known[pipeline].items():
            kept = rules.renamed(changes.get(one, row["entered_from"]), old, new)
            if kept is not None:
                changes[one] = kept
    if changes:
        writes.update(ctx.as_system(), "stage", [Change(one, {"entered_from": v}) for one, v in changes.items()])


@hook("stage", "after", fields={"rot_days"}, ops=("update",))
def limits_hold_of_those_inside(ctx: Context, batch: list[Write]) -> None:
    """Opportunities that stand in a stage keep to its new limit."""
    if ctx.undoes is not None:
        return
    system = ctx.as_system()
    funnel = queries.funnel(ctx)
    for write in batch:
        stage = funnel.stage(write.id)
        if stage is None or stage.category in CLOSED:
            continue
        ids = reads.ids(system, gates.OBJECT, {"field": "stage", "op": "eq", "value": str(write.id)})
        rows = reads.native(system, gates.OBJECT, ids, ("stage_since", "created_at"))
        writes.update(system, gates.OBJECT, [
            Change(one, {"rots_at": rots_at(stage, row["stage_since"] or row["created_at"])})
            for one, row in rows.items()
        ])  # fmt: skip


def _stages(ctx: Context, pipelines: set[UUID]) -> dict[UUID, dict[UUID, dict[str, Any]]]:
    """Name and gate of the stages of pipelines."""
    system = ctx.as_system()
    where = {"field": "pipeline", "op": "in", "value": [str(one) for one in pipelines]}
    rows = reads.native(system, "stage", reads.ids(system, "stage", where), ("name", "pipeline", "entered_from"))
    found: dict[UUID, dict[UUID, dict[str, Any]]] = defaultdict(dict)
    for one, row in rows.items():
        found[row["pipeline"]][one] = row
    return found
