"""Close somebody's way in: sign-in, sessions and open invitations end; the member's records and history stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from guanxi.capabilities.identity.hooks.member_guards import LEFT
from guanxi.capabilities.identity.shapes import NamedMember
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import writes


@dataclass(frozen=True)
class DeactivateMember:
    """The member who leaves, and the last day when it is still to come."""

    member: UUID
    on: date | None = None


@action("identity.deactivate_member", params=DeactivateMember, permission="members")
def deactivate_member(ctx: Context, params: DeactivateMember) -> NamedMember:
    """Set the status that everything else follows; LastAdministrator when nobody would be left to administer.

    With a last day the member stays active until it has passed.
    """
    values: dict[str, Any] = {} if params.on is None else {"left_on": params.on}
    if params.on is None or params.on < ctx.today:
        values["status"] = LEFT
    writes.update(ctx, "member", [writes.Change(params.member, values)])
    return {"member": str(params.member)}
