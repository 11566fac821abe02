"""Who may change members, and what of a member may be changed at all; runs before anything is written."""

from __future__ import annotations

from uuid import UUID

from guanxi.capabilities.identity.permissions import merged_system
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import FieldError, Invalid, NotAllowed

PREFERENCES = frozenset({"language", "theme", "density"})


@hook("member", "before")
def only_who_manages_members(ctx: Context, batch: list[Write]) -> None:
    """Members are written by those who manage them; everybody may set their own preferences."""
    if ctx.actor.may("members"):
        return
    for write in batch:
        own = write.op == "update" and write.id == ctx.actor.member_id
        if not (own and write.changed <= PREFERENCES):
            raise NotAllowed("identity.members_right_needed")


@hook("member", "before", fields={"email"})
def sign_in_address_stays(ctx: Context, batch: list[Write]) -> None:
    """The address somebody signs in with is theirs: whoever could change it could take the account over."""
    errors = [
        FieldError("email", "identity.email_is_sign_in", row=write.row)
        for write in batch
        if write.op == "update" and write.old and write.old["account_id"] is not None
    ]
    if errors:
        raise Invalid(errors)


@hook("member", "before", fields={"roles"})
def nobody_grants_more_than_they_hold(ctx: Context, batch: list[Write]) -> None:
    """A right over the workspace can be granted only by somebody who has it."""
    if ctx.actor.is_system:
        return
    added: set[UUID] = set()
    for write in batch:
        added |= set(write.new.get("roles") or ()) - set((write.old or {}).get("roles") or ())
    granted = reads.native(ctx.as_system(), "role", list(added), ("permissions",))
    beyond = merged_system(row["permissions"] for row in granted.values()) - ctx.actor.system_rights
    if beyond:
        raise NotAllowed("identity.grant_beyond_own", {"rights": ", ".join(sorted(beyond))})
