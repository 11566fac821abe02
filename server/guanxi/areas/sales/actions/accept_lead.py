"""Accept a lead that one was given and has to accept."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.sales.assigning.acceptance import answer, waiting
from guanxi.areas.sales.errors import NothingToAccept
from guanxi.areas.sales.grading.models import LEAD
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import locking
from guanxi.infra.http.shapes import Id


@dataclass(frozen=True)
class AcceptLead:
    """The lead."""

    lead: UUID


class AcceptedLead(TypedDict):
    """The lead, which stays whose it is."""

    lead: Id


@action("sales.accept_lead", params=AcceptLead, permission="lead.edit")
def accept_lead(ctx: Context, params: AcceptLead) -> AcceptedLead:
    """Accept a lead for oneself, or for whom one stands in today.

    NothingToAccept when it waits for nobody, for somebody else, or was given away meanwhile.
    """
    # The lead is held first: what gives it away in the background waits, or has done so already.
    locking.lock(ctx, ctx.object(LEAD), [params.lead], "edit", ())
    found = waiting(ctx, params.lead)
    if found is None or found[1]["member"] not in {ctx.actor.member_id, *ctx.actor.delegators}:
        raise NothingToAccept(params.lead)
    answer(ctx, [found[0]], "accepted")
    return {"lead": str(params.lead)}
