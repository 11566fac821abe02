"""A line bears the competitor's name, and each competitor is named once for an opportunity."""

from __future__ import annotations

from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.engine.records.hooks import Write, hook
from guanxi.engine.records.titles import titles
from guanxi.infra.errors import FieldError, Invalid

LINE = "opportunity_competitor"


@hook(LINE, "before", ops=("create", "update"))
def named_after_their_competitor(ctx: Context, batch: list[Write]) -> None:
    """The title of a line follows its competitor."""
    named = titles(
        ctx.as_system(), {("competitor", one.value("competitor")) for one in batch if one.value("competitor")}
    )
    for write in batch:
        if "competitor" in write.new:
            write.new["name"] = named.get(("competitor", write.value("competitor")), "—")


@hook(LINE, "after", fields={"competitor", "opportunity"}, ops=("create", "update", "restore"))
def each_is_named_once(ctx: Context, batch: list[Write]) -> None:
    """A second line for the same competitor is refused: the first one is changed instead."""
    opportunities = sorted({str(one.value("opportunity")) for one in batch})
    where = {"field": "opportunity", "op": "in", "value": opportunities}
    system = ctx.as_system()
    rows = reads.native(system, LINE, reads.ids(system, LINE, where), ("opportunity", "competitor"))
    named: dict[tuple[object, object], int] = {}
    for row in rows.values():
        key = (row["opportunity"], row["competitor"])
        named[key] = named.get(key, 0) + 1
    errors = [
        FieldError("competitor", "sales.competitor_named_twice", row=one.row)
        for one in batch
        if named.get((one.value("opportunity"), one.value("competitor")), 0) > 1
    ]
    if errors:
        raise Invalid(errors)
