"""What sales reads beyond what it was asked to write."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from guanxi.areas.sales.rules.gates import gate_of
from guanxi.areas.sales.rules.stages import Funnel, Stage
from guanxi.engine.context import Context
from guanxi.engine.records import reads

_STAGE_FIELDS = (
    "name", "pipeline", "position", "probability", "category",
    "pipeline.is_default", "pipeline.requires_loss_reason",
    "entry_fields", "checklist", "entered_from", "may_skip", "may_go_back", "rot_days", "forecast_category",
)  # fmt: skip


def funnel(ctx: Context) -> Funnel:
    """All stages of all pipelines, whoever asks: the rules hold also for those who may not look at them."""
    system = ctx.as_system()
    rows = reads.native(system, "stage", reads.ids(system, "stage", None), _STAGE_FIELDS)
    stages = [
        Stage(
            id=stage,
            pipeline=row["pipeline"],
            name=row["name"],
            position=row["position"] or 0,
            probability=row["probability"] or Decimal(0),
            category=row["category"],
            requires_loss_reason=row["pipeline.requires_loss_reason"] is not False,
            gate=gate_of(row),
            rot_days=row["rot_days"],
            forecast=row["forecast_category"],
        )
        for stage, row in rows.items()
    ]
    default = next((row["pipeline"] for row in rows.values() if row["pipeline.is_default"]), None)
    return Funnel(stages, default)


def default_pipelines(ctx: Context) -> set[UUID]:
    """The default pipeline, whether it has stages or not; nothing before there is one."""
    return set(reads.ids(ctx.as_system(), "pipeline", {"field": "is_default", "op": "eq", "value": True}))
