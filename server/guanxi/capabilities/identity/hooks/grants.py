"""Nobody hands out more than they hold: neither by roles, nor by deciding who signs in as somebody with roles."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from guanxi.capabilities.identity.permissions import beyond
from guanxi.capabilities.identity.rights_in_words import rights_in_words
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import NotAllowed


@hook("member", "after", fields={"roles", "email", "status"}, ops=("create", "update", "restore"))
def nobody_grants_more_than_they_hold(ctx: Context, batch: list[Write]) -> None:
    """Added roles are compared with the writer's rights, and all roles of members whose way in is opened or moved.

    Closing the way in of somebody with more rights hands nothing out.
    """
    added: set[UUID] = set()
    opened: list[UUID] = []
    for write in batch:
        if write.op == "restore" or "email" in write.changed or write.new.get("status", "left") != "left":
            opened.append(write.id)
        added |= set(write.new.get("roles") or ()) - set((write.old or {}).get("roles") or ())
    check_roles(ctx, added | _held(ctx, opened))


def check_member(ctx: Context, member_id: UUID) -> None:
    """Refuse to let somebody in as a member who holds more than the actor: NotAllowed names the rights."""
    check_roles(ctx, _held(ctx, [member_id]))


def _held(ctx: Context, members: list[UUID]) -> set[UUID]:
    rows = reads.native(ctx.as_system(), "member", members, ("roles",)) if members else {}
    return {role for row in rows.values() for role in row["roles"]}


def check_roles(ctx: Context, roles: Iterable[UUID]) -> None:
    """Refuse to give out roles that hold more than the actor: NotAllowed names the rights."""
    if ctx.actor.is_system or not roles:
        return
    granted = reads.native(ctx.as_system(), "role", list(roles), ("permissions",))
    rights = beyond(ctx.actor, (row["permissions"] for row in granted.values()))
    if rights:
        raise NotAllowed("identity.grant_beyond_own", {"rights": rights_in_words(ctx.snapshot, rights)})
