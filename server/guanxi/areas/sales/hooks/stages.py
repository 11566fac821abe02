"""Stages: names told apart, chances that can be, and nothing changed under the opportunities that stand in them."""

from __future__ import annotations

from guanxi.areas.sales import queries
from guanxi.areas.sales.errors import OpenStageNeeded
from guanxi.areas.sales.rules.pipelines import chance, has_beginning, is_chance, repeated_names
from guanxi.areas.sales.rules.stages import OPEN
from guanxi.engine.context import Context
from guanxi.engine.records import counts
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import FieldError, Invalid

_TAKEN_OVER = ("category", "pipeline")
"""What opportunities take over from the stage they stand in."""


@hook("stage", "before", fields={"probability", "category"}, ops=("create", "update"))
def chances_can_be(ctx: Context, batch: list[Write]) -> None:
    """Between 0 and 100 %; a stage that becomes an end without a chance of its own is certain to be won, or lost."""
    errors = []
    for write in batch:
        if write.op == "create" or "category" in write.changed:
            known = chance(str(write.value("category")), write.new.get("probability"))
            write.new |= {} if known is None else {"probability": known}
        if not is_chance(write.value("probability")):
            errors.append(FieldError("probability", "sales.probability_out_of_range", row=write.row))
    if errors:
        raise Invalid(errors)


@hook("stage", "before", fields=_TAKEN_OVER, ops=("update",))
def opportunities_keep_their_ground(ctx: Context, batch: list[Write]) -> None:
    """A stage with opportunities keeps its category and pipeline: they would stand as won, or elsewhere, by surprise."""
    errors = []
    for write in batch:
        moved = next(key for key in _TAKEN_OVER if key in write.changed)
        count = counts.count(
            ctx.as_system(), "opportunity", {"field": "stage", "op": "eq", "value": str(write.id)}
        ).value
        if count:
            errors.append(FieldError(moved, "sales.stage_in_use", {"count": count}, row=write.row))
    if errors:
        raise Invalid(errors)


@hook("stage", "after", fields={"name", "pipeline"}, ops=("create", "update", "restore"))
def names_are_told_apart(ctx: Context, batch: list[Write]) -> None:
    """Two stages of a pipeline never bear one name: lists, boards and imports know stages by it."""
    repeated = repeated_names(queries.funnel(ctx).stages)
    errors = [FieldError("name", "sales.stage_name_taken", row=write.row) for write in batch if write.id in repeated]
    if errors:
        raise Invalid(errors)


@hook("stage", "after", fields=_TAKEN_OVER, ops=("update", "delete"))
def the_default_keeps_a_beginning(ctx: Context, batch: list[Write]) -> None:
    """The last open stage of the default pipeline stays, for new opportunities begin there."""
    stages = queries.funnel(ctx).stages
    left = {write.old["pipeline"] for write in batch if write.old and write.old["category"] == OPEN}
    if any(not has_beginning(stages, pipeline) for pipeline in left & queries.default_pipelines(ctx)):
        raise OpenStageNeeded
