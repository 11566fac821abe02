"""Pipelines: in the hands of those who configure the workspace, and exactly one is the default, whatever is written."""

from __future__ import annotations

from guanxi.areas.sales import queries
from guanxi.areas.sales.errors import ConfigureRightNeeded, DefaultPipelineNeeded, OpenStageNeeded
from guanxi.areas.sales.rules.pipelines import DefaultNeeded, has_beginning, keep_one_default
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.engine.records.hooks import Write, hook
from guanxi.engine.records.writes import Change


@hook("pipeline", "before")
@hook("stage", "before")
def only_who_configures(ctx: Context, batch: list[Write]) -> None:
    """Pipelines and stages decide how everybody works: a role's rights over records alone do not reach them."""
    if not ctx.actor.may("configure"):
        raise ConfigureRightNeeded


@hook("pipeline", "before", ops=("delete",))
def the_default_stays(ctx: Context, batch: list[Write]) -> None:
    """The default pipeline is not deleted; another takes its place first."""
    if any(write.value("is_default") for write in batch):
        raise DefaultPipelineNeeded


@hook("pipeline", "before", fields={"is_default"}, ops=("update",))
def the_default_has_a_beginning(ctx: Context, batch: list[Write]) -> None:
    """Somebody makes a pipeline the default once new opportunities find an open stage there."""
    if ctx.actor.is_system:
        return
    stages = queries.funnel(ctx).stages
    if any(write.new.get("is_default") and not has_beginning(stages, write.id) for write in batch):
        raise OpenStageNeeded


@hook("pipeline", "after", fields={"is_default"})
def one_default(ctx: Context, batch: list[Write]) -> None:
    """A newly chosen default takes the place of the other; taking it away without another is refused."""
    chosen = [write.id for write in batch if write.new.get("is_default")]
    taken = any((write.old or {}).get("is_default") and not write.new["is_default"] for write in batch)
    if taken and not chosen and not ctx.actor.is_system and ctx.undoes is None:
        raise DefaultPipelineNeeded
    system = ctx.as_system()
    rows = reads.native(system, "pipeline", reads.ids(system, "pipeline", None), ("is_default",))
    after = {pipeline: bool(row["is_default"]) for pipeline, row in rows.items()}
    try:
        changes = keep_one_default(after, chosen)
    except DefaultNeeded:
        raise DefaultPipelineNeeded from None
    if changes:
        writes.update(system, "pipeline", [Change(one, {"is_default": value}) for one, value in changes.items()])
