"""Who may change members, and what of a member may be changed at all; runs before anything is written."""

from __future__ import annotations

from guanxi.engine.context import Context
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import FieldError, Invalid, NotAllowed

PREFERENCES = frozenset({"language", "theme", "density"})
LEFT = "left"


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


@hook("member", "before", fields={"status", "joined_on", "left_on"}, ops=("create", "update"))
def leaving_follows_its_date(ctx: Context, batch: list[Write]) -> None:
    """Whoever leaves has a last day, and leaves once it has passed; whoever comes back has none until a later one is set."""
    today = ctx.today
    errors = []
    for write in batch:
        last = write.value("left_on")
        is_over = last is not None and last < today
        if "status" in write.new and write.new["status"] != LEFT and (write.old or {}).get("status") == LEFT:
            if last is not None and last <= today and "left_on" not in write.asked:
                write.new["left_on"] = None
        elif write.value("status") == LEFT:
            if write.op == "update" and "status" in write.new and (last is None or last > today):
                write.new["left_on"] = today
        elif is_over:
            write.new["status"] = LEFT
        joined, last = write.value("joined_on"), write.value("left_on")
        if joined is not None and last is not None and last < joined:
            errors.append(FieldError("left_on", "identity.leaves_before_joining", row=write.row))
    if errors:
        raise Invalid(errors)
