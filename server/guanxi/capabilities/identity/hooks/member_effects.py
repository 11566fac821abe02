"""What follows when members change: rights are read anew, sign-in opens and closes, an administrator remains."""

from __future__ import annotations

from dataclasses import replace

from guanxi.capabilities.identity import invitations, sign_in
from guanxi.capabilities.identity.administrators import has_administrator
from guanxi.capabilities.identity.errors import LastAdministrator
from guanxi.capabilities.identity.hooks.cycles import rows_in_cycle
from guanxi.capabilities.identity.hooks.member_guards import LEFT
from guanxi.capabilities.identity.organisation import compared_with, organisation_changed
from guanxi.capabilities.identity.superiors import nearest_superiors
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import FieldError, Invalid

RIGHTS_FIELDS = frozenset({"name", "department", "roles", "status", "joined_on", "manager"})


@hook("member", "after", fields={"manager"})
def superiors_form_no_circle(ctx: Context, batch: list[Write]) -> None:
    """Nobody is their own superior, not even through others."""
    errors = [
        FieldError("manager", "identity.member_cycle", row=row)
        for row in rows_in_cycle(ctx, batch, "member", "manager")
    ]
    if errors:
        raise Invalid(errors)


@hook("member", "after")
def rights_are_read_anew(ctx: Context, batch: list[Write]) -> None:
    """A change of who stands where, with which role, or of what filters compare with, reaches every process with its
    next request.
    """
    changed = frozenset[str]().union(*(write.changed for write in batch))
    if any(write.op != "update" for write in batch) or changed & RIGHTS_FIELDS or changed & compared_with(ctx):
        organisation_changed(ctx)


@hook("member", "after", ops=("update", "delete", "restore"))
def sign_in_follows_status(ctx: Context, batch: list[Write]) -> None:
    """Whoever leaves or is deleted is signed out and cannot sign in; whoever comes back can."""
    for write in batch:
        if write.op == "delete" or write.new.get("status") == "left":
            sign_in.close(ctx.workspace.id, write.id)
        elif write.value("status") == "active" and (write.op == "restore" or "status" in write.changed):
            sign_in.reopen(ctx.workspace.id, write.id)
        if "email" in write.changed:
            invitations.revoke(workspace_id=ctx.workspace.id, member_id=write.id)


@hook("member", "after", fields={"status"}, ops=("create", "update"))
def nobody_is_led_by_who_left(ctx: Context, batch: list[Write]) -> None:
    """Departments of whoever leaves have no head until somebody names one; their people go to the next superior above."""
    leavers = [str(write.id) for write in batch if write.value("status") == LEFT]
    if not leavers:
        return
    # What follows from leaving is not held up by rules of the workspace.
    system = replace(ctx.as_system(), lenient=True)
    headed = reads.ids(system, "department", {"field": "head", "op": "in", "value": leavers})
    if headed:
        writes.update(system, "department", [writes.Change(one, {"head": None}) for one in headed])
    reports = reads.ids(system, "member", {"field": "manager", "op": "in", "value": leavers})
    if reports:
        above = nearest_superiors(system, reports)
        writes.update(system, "member", [writes.Change(one, {"manager": above[one]}) for one in reports])


@hook("member", "after", fields={"roles", "status", "joined_on"}, ops=("update", "delete"))
def an_administrator_remains(ctx: Context, batch: list[Write]) -> None:
    """The workspace never loses the last person who can administer it."""
    if not has_administrator(ctx):
        raise LastAdministrator
