"""Who may change members, and what of a member may be changed at all; runs before anything is written."""

from __future__ import annotations

from guanxi.engine.context import Context
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
