"""Rules of departments: a tree without cycles, in the hands of those who manage members."""

from __future__ import annotations

from guanxi.capabilities.identity.hooks.cycles import rows_in_cycle
from guanxi.capabilities.identity.organisation import organisation_changed
from guanxi.engine.context import Context
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import FieldError, Invalid, NotAllowed


@hook("department", "before")
def only_who_manages_members(ctx: Context, batch: list[Write]) -> None:
    """Departments are written by those who manage members."""
    if not ctx.actor.may("members"):
        raise NotAllowed("identity.members_right_needed")


@hook("department", "after", fields={"parent"})
def departments_form_a_tree(ctx: Context, batch: list[Write]) -> None:
    """A department never lies below itself."""
    rows = rows_in_cycle(ctx, batch, "department", "parent")
    if rows:
        raise Invalid([FieldError("parent", "identity.department_cycle", row=row) for row in rows])


@hook("department", "after")
def rights_are_read_anew(ctx: Context, batch: list[Write]) -> None:
    """Who lies below whom decides what managers reach."""
    organisation_changed(ctx)
