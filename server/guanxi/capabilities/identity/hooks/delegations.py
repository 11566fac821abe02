"""Rules of delegations: everybody lets others stand in for themselves, for a time; members' managers for anybody."""

from __future__ import annotations

from guanxi.capabilities.identity.hooks.member_guards import LEFT
from guanxi.capabilities.identity.hooks.periods import members_named, refuse_backwards, rows_that_overlap
from guanxi.capabilities.identity.organisation import organisation_changed
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import FieldError, Invalid, NotAllowed


@hook("delegation", "before")
def own_delegations_only(ctx: Context, batch: list[Write]) -> None:
    """A delegation opens what the member owns: the member gives it, or somebody who manages members."""
    if ctx.actor.may("members"):
        return
    for write in batch:
        concerned = {write.value("member"), (write.old or {}).get("member", write.value("member"))}
        if concerned != {ctx.actor.member_id}:
            raise NotAllowed("identity.delegation_not_own")


@hook("delegation", "before", fields={"begins_on", "ends_on"}, ops=("create", "update"))
def delegations_end_after_they_begin(ctx: Context, batch: list[Write]) -> None:
    """The last day is not before the first."""
    refuse_backwards(batch)


@hook("delegation", "before", fields={"member", "delegate"}, ops=("create", "update"))
def delegates_are_others_who_are_there(ctx: Context, batch: list[Write]) -> None:
    """Nobody stands in for themselves, and nobody who has left for anybody; the name says who for whom."""
    ids = [one for write in batch for one in (write.value("member"), write.value("delegate"))]
    members = members_named(ctx, ids, ("name", "status"))
    errors = []
    for write in batch:
        member, delegate = members.get(write.value("member")), members.get(write.value("delegate"))
        if delegate and write.value("member") == write.value("delegate"):
            errors.append(FieldError("delegate", "identity.delegation_to_self", row=write.row))
        elif delegate and delegate["status"] == "left":
            refused = FieldError("delegate", "identity.delegate_left", {"name": delegate["name"]}, write.row)
            errors.append(refused)
        elif delegate and member:
            write.new["name"] = _name(member["name"], delegate["name"])
    if errors:
        raise Invalid(errors)


@hook("delegation", "after")
def rights_are_read_anew(ctx: Context, batch: list[Write]) -> None:
    """A delegate reaches more. Two changes wait for each other here, so that both see the other."""
    organisation_changed(ctx)


@hook("delegation", "after", fields={"member", "delegate", "begins_on", "ends_on"}, ops=("create", "update", "restore"))
def no_delegation_twice(ctx: Context, batch: list[Write]) -> None:
    """The same person stands in for a member once at a time."""
    errors = [
        FieldError("begins_on", "identity.delegation_twice", {"date": str(ends)}, row)
        for row, ends in rows_that_overlap(ctx, "delegation", batch, ("member", "delegate"))
    ]
    if errors:
        raise Invalid(errors)


@hook("member", "after", fields={"status"}, ops=("update",))
def nobody_who_left_stands_in(ctx: Context, batch: list[Write]) -> None:
    """Whoever leaves stands in for nobody any more. Who stands in for them goes on: their customers are still there."""
    gone = [str(write.id) for write in batch if write.new.get("status") == LEFT]
    if not gone:
        return
    system, today = ctx.as_system(), ctx.today
    still = {"field": "ends_on", "op": "gt", "value": today.isoformat()}
    where = {"and": [{"field": "delegate", "op": "in", "value": gone}, still]}
    held = reads.native(system, "delegation", reads.ids(system, "delegation", where), ("begins_on",))
    begun = [id_ for id_, row in held.items() if row["begins_on"] <= today]
    if begun:
        writes.update(system, "delegation", [writes.Change(id_, {"ends_on": today}) for id_ in begun])
    if to_come := [id_ for id_ in held if id_ not in begun]:
        writes.delete(system, "delegation", to_come)


@hook("member", "after", fields={"name"}, ops=("update",))
def delegations_follow_names(ctx: Context, batch: list[Write]) -> None:
    """A member who is called otherwise is so in the names of delegations too."""
    renamed = [str(write.id) for write in batch]
    system = ctx.as_system()
    where = {"or": [{"field": key, "op": "in", "value": renamed} for key in ("member", "delegate")]}
    held = reads.native(system, "delegation", reads.ids(system, "delegation", where), ("member", "delegate"))
    if not held:
        return
    members = members_named(ctx, (one for row in held.values() for one in row.values()), ("name",))
    named = {id_: _name(*(members[row[key]]["name"] for key in ("member", "delegate"))) for id_, row in held.items()}
    writes.update(system, "delegation", [writes.Change(id_, {"name": name}) for id_, name in named.items()])


def _name(member: str, delegate: str) -> str:
    return f"{member} → {delegate}"
