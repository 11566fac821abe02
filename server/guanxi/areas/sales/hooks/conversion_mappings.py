"""Conversion mappings make sense and are kept by those who configure."""

from __future__ import annotations

from guanxi.areas.sales.converting.mapping import problems
from guanxi.areas.sales.errors import MappingRightNeeded
from guanxi.engine.context import Context
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import Invalid


@hook("conversion_mapping", "before")
def only_who_configures(ctx: Context, batch: list[Write]) -> None:
    """What everybody's conversions carry over is decided by few."""
    if not ctx.actor.may("configure"):
        raise MappingRightNeeded


@hook("conversion_mapping", "before", ops=("create", "update"))
def mappings_make_sense(ctx: Context, batch: list[Write]) -> None:
    """Fields are there, may be filled, once each, and hold what they are given."""
    errors = []
    for write in batch:
        errors += problems(ctx.snapshot, write.value("object"), write.value("fields"), write.row)
    if errors:
        raise Invalid(errors)
