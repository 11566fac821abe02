"""Assign leads by the rules, now: by whoever may give them to somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.sales.assigning.giving import assign
from guanxi.areas.sales.errors import AssignNotAllowed, TooManyLeads
from guanxi.areas.sales.grading.models import LEAD
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import locking, transfers
from guanxi.infra.http.shapes import Id
from guanxi.infra.i18n import sentence

MOST = 500


@dataclass(frozen=True)
class AssignLeads:
    """The leads."""

    leads: list[UUID]


class AssignedLead(TypedDict):
    """A lead and whose it is now; without a member, why nobody was given it."""

    lead: Id
    member: Id | None
    why: str | None


class AssignedLeads(TypedDict):
    """What became of each; closed leads are left as they are and not named."""

    assigned: list[AssignedLead]


@action("sales.assign_leads", params=AssignLeads, permission="lead.edit")
def assign_leads(ctx: Context, params: AssignLeads) -> AssignedLeads:
    """Give leads to people by the assignment rules, whoever has them now; all that can be, each with its reason.

    NotFound and NotAllowed for leads that the caller does not see or may not give to somebody else.
    """
    leads = list(dict.fromkeys(params.leads))
    if len(leads) > MOST:
        raise TooManyLeads(MOST)
    obj = ctx.object(LEAD)
    locking.lock(ctx, obj, leads, "edit", ())
    if not ctx.actor.is_system and (
        not ctx.actor.rights(LEAD).transfer or transfers.standing(ctx, obj, leads) != set(leads)
    ):
        raise AssignNotAllowed
    outcome = assign(ctx, leads)
    given: dict[UUID, AssignedLead] = {
        one.lead: {"lead": str(one.lead), "member": str(one.member), "why": None} for one in outcome.given
    }
    for lead, why in {**outcome.later, **outcome.nobody}.items():
        given[lead] = {"lead": str(lead), "member": None, "why": sentence(why, {}, ctx.language)}
    return {"assigned": [given[one] for one in leads if one in given]}
