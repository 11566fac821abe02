"""Rules of skills: in the hands of those who manage members; what a member can do goes by the skill's name."""

from __future__ import annotations

from uuid import UUID

from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import NotAllowed


@hook("skill", "before")
def skills_are_kept_by_who_manages_members(ctx: Context, batch: list[Write]) -> None:
    """Skills decide who is given what."""
    _refuse_others(ctx)


@hook("member_skill", "before")
def skills_are_given_by_who_manages_members(ctx: Context, batch: list[Write]) -> None:
    """Nobody gives themselves a skill, and with it the work that is given by it."""
    _refuse_others(ctx)


@hook("member_skill", "before", fields={"skill"}, ops=("create", "update"))
def named_after_the_skill(ctx: Context, batch: list[Write]) -> None:
    """What a member can do goes by the skill's name."""
    wanted = {one for write in batch if isinstance(one := write.value("skill"), UUID)}
    names = reads.native(ctx.as_system(), "skill", sorted(wanted), ("name",))
    for write in batch:
        if write.value("skill") in names:
            write.new["name"] = names[write.value("skill")]["name"]


@hook("skill", "after", fields={"name"}, ops=("update",))
def names_follow_the_skill(ctx: Context, batch: list[Write]) -> None:
    """A skill that is called otherwise is so with every member."""
    names = {write.id: write.new["name"] for write in batch if "name" in write.new}
    system = ctx.as_system()
    where = {"field": "skill", "op": "in", "value": [str(one) for one in names]}
    held = reads.native(system, "member_skill", reads.ids(system, "member_skill", where), ("skill",))
    if held:
        changes = [writes.Change(id_, {"name": names[row["skill"]]}) for id_, row in held.items()]
        writes.update(system, "member_skill", changes)


def _refuse_others(ctx: Context) -> None:
    if not ctx.actor.may("members"):
        raise NotAllowed("identity.members_right_needed")
