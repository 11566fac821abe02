"""Rules of additional positions: in the hands of those who manage members, each department once at a time."""

from __future__ import annotations

from guanxi.capabilities.identity.hooks.periods import members_named, refuse_backwards, rows_that_overlap
from guanxi.capabilities.identity.organisation import organisation_changed
from guanxi.engine.context import Context
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import FieldError, Invalid, NotAllowed


@hook("position", "before")
def only_who_manages_members(ctx: Context, batch: list[Write]) -> None:
    """A position decides whose records somebody reaches: it is given by those who manage members."""
    if not ctx.actor.may("members"):
        raise NotAllowed("identity.members_right_needed")


@hook("position", "before", ops=("create", "update"))
def title_is_that_of_the_main_position(ctx: Context, batch: list[Write]) -> None:
    """A position without a title of its own takes the member's."""
    untitled = [write for write in batch if not write.value("title")]
    members = members_named(ctx, (write.value("member") for write in untitled), ("title", "name"))
    for write in untitled:
        member = members.get(write.value("member"))
        if member:
            write.new["title"] = member["title"] or member["name"]


@hook("position", "before", fields={"begins_on", "ends_on"}, ops=("create", "update"))
def positions_end_after_they_begin(ctx: Context, batch: list[Write]) -> None:
    """The last day is not before the first."""
    refuse_backwards(batch)


@hook("position", "after")
def rights_are_read_anew(ctx: Context, batch: list[Write]) -> None:
    """Positions decide what their holders reach. Two changes wait for each other here, so that both see the other."""
    organisation_changed(ctx)


@hook("position", "after", fields={"member", "department", "begins_on", "ends_on"}, ops=("create", "update", "restore"))
def no_position_twice(ctx: Context, batch: list[Write]) -> None:
    """Nobody holds two additional positions in one department at the same time."""
    rows = rows_that_overlap(ctx, "position", batch, ("member", "department"))
    if rows:
        raise Invalid([FieldError("department", "identity.position_twice", row=row) for row, _ in rows])
