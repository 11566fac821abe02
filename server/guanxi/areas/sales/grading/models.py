"""The grading model of a workspace as it is kept, and the events that its rules can be about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from guanxi.areas.sales.rules.grading import Model, Rule
from guanxi.engine.context import Context
from guanxi.engine.objects.model import Field, Object, Snapshot
from guanxi.engine.records import reads

LEAD, MODEL, RULE = "lead", "grading_model", "grading_rule"
MODEL_FIELDS = ("fit_a", "fit_b", "engagement_a", "engagement_b", "fit_weight", "engagement_weight", "matrix")
RULE_FIELDS = ("name", "axis", "event", "where", "points", "half_life_days", "at_most", "position")
MOMENTS: Mapping[str, str] = {
    "note": "created_at", "call": "started_at", "meeting": "created_at", "task": "done_at", "message": "sent_at",
}  # fmt: skip
"""When an event happened, where that is not when it was written down."""


def active_model(ctx: Context) -> Model | None:
    """The model that grades now; None where the workspace has none."""
    if MODEL not in ctx.snapshot.objects:
        return None
    system = ctx.as_system()
    found = reads.ids(system, MODEL, {"field": "active", "op": "eq", "value": True})
    return model_of(system, found[0]) if found else None


def model_of(ctx: Context, id_: UUID) -> Model:
    """One model with its active rules in their order."""
    row = reads.native(ctx, MODEL, [id_], MODEL_FIELDS)[id_]
    return Model(**{key: row[key] for key in MODEL_FIELDS}, rules=tuple(rules_of(ctx, id_)))


def rules_of(ctx: Context, model: UUID) -> list[Rule]:
    """The active rules of a model."""
    where = {"and": [
        {"field": "model", "op": "eq", "value": str(model)}, {"field": "active", "op": "eq", "value": True},
    ]}  # fmt: skip
    rows = reads.native(ctx, RULE, reads.ids(ctx, RULE, where), RULE_FIELDS)
    ordered = sorted(rows.items(), key=lambda one: (one[1]["position"] or 0, one[0]))
    return [rule_of(id_, row) for id_, row in ordered]


def rule_of(id_: UUID, values: Mapping[str, Any]) -> Rule:
    """A rule of its values, as they are kept or only thought of."""
    return Rule(
        id_, str(values.get("name") or ""), str(values.get("axis") or ""), int(values.get("points") or 0),
        values.get("event") or None, values.get("where"), values.get("half_life_days"), values.get("at_most"),
    )  # fmt: skip


def link_of(snapshot: Snapshot, event: str) -> Field | None:
    """The field by which a record of an object is about a lead; None where it cannot be."""
    obj = snapshot.objects.get(event)
    if obj is None:
        return None
    for field in obj.fields.values():
        is_about = field.kind.trait == "about" and LEAD in (field.prepared or ())
        if is_about or (field.kind.trait == "ref" and field.target == LEAD):
            return field
    return None


def moment_of(obj: Object) -> str:
    """The field that says when an event happened."""
    key = MOMENTS.get(obj.key, "created_at")
    return key if key in obj.fields else "created_at"


def events(snapshot: Snapshot) -> list[str]:
    """Objects whose records can be events of a lead."""
    return [
        key for key, obj in snapshot.objects.items()
        if key != LEAD and obj.group != "settings" and link_of(snapshot, key) is not None
    ]  # fmt: skip
