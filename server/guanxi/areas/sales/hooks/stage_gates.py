"""What gates ask for exists, and names of stages in them follow the stages."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from guanxi.areas.sales import gates
from guanxi.areas.sales.rules import gates as rules
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.engine.records.hooks import Write, hook
from guanxi.engine.records.writes import Change
from guanxi.infra.errors import FieldError, Invalid
from guanxi.kit.ids import uuid7


@hook("stage", "before", fields={"entry_fields", "checklist", "entered_from"}, ops=("create", "update"))
def gates_mean_something(ctx: Context, batch: list[Write]) -> None:
    """Fields are such as people fill in, a checklist is one, and each of its items gets a key of its own."""
    askable = gates.askable(ctx.snapshot.object(gates.OBJECT))
    errors: list[FieldError] = []
    for write in batch:
        if "entry_fields" in write.new:
            unknown = rules.unknown_fields(write.new["entry_fields"], askable)
            if unknown is None:
                errors.append(FieldError("entry_fields", "sales.gate_fields_are_a_list", row=write.row))
            errors += [
                FieldError("entry_fields", "sales.gate_unknown_field", {"field": key[:40]}, write.row)
                for key in (unknown or [])[:5]
            ]
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


def _stages(ctx: Context, pipelines: set[UUID]) -> dict[UUID, dict[UUID, dict[str, Any]]]:
    """Name and gate of the stages of pipelines."""
    system = ctx.as_system()
    where = {"field": "pipeline", "op": "in", "value": [str(one) for one in pipelines]}
    rows = reads.native(system, "stage", reads.ids(system, "stage", where), ("name", "pipeline", "entered_from"))
    found: dict[UUID, dict[UUID, dict[str, Any]]] = defaultdict(dict)
    for one, row in rows.items():
        found[row["pipeline"]][one] = row
    return found
