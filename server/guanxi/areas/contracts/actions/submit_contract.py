"""Give a contract to those who approve contracts, and take that back."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.contracts import moving
from guanxi.areas.contracts.errors import WrongStage
from guanxi.areas.contracts.kinds.steps import Decided
from guanxi.areas.contracts.rules import states
from guanxi.capabilities.approvals import store
from guanxi.capabilities.approvals.moving import OfApproval, withdraw
from guanxi.capabilities.flows.live import live
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.infra.http.shapes import Id


@dataclass(frozen=True)
class OfContract:
    """The contract."""

    contract: UUID


class ContractStage(TypedDict):
    """A contract and the stage that it is in by now."""

    contract: Id
    status: str


@action("contracts.submit_contract", params=OfContract, permission="contract.edit")
def submit_contract(ctx: Context, params: OfContract) -> ContractStage:
    """From now on nobody changes it. Where no flow decides about contracts, it is approved at once.

    WrongStage unless it is a draft; Invalid without a company or an amount, or with a payment plan that comes to something else.
    """
    row = moving.held(ctx, params.contract)
    if row["status"] != states.DRAFT:
        raise WrongStage("not_a_draft", moving.called(row))
    moving.refuse_incomplete(ctx, row)
    stage = states.IN_APPROVAL if _is_decided_about(ctx) else states.APPROVED
    moving.to(ctx, params.contract, stage)
    return {"contract": str(params.contract), "status": stage}


@action("contracts.withdraw_contract", params=OfContract, permission="contract.edit")
def withdraw_contract(ctx: Context, params: OfContract) -> ContractStage:
    """Make a contract that nobody has signed a draft again; whoever submitted it takes its approval back with it.

    WrongStage once somebody has signed. NotAllowed for an approval that somebody else asked for.
    """
    row = moving.held(ctx, params.contract)
    if row["status"] not in (states.IN_APPROVAL, states.APPROVED) or moving.signed_sides(ctx, params.contract):
        raise WrongStage("not_to_be_withdrawn", moving.called(row))
    for one in store.of_record(ctx, "contract", params.contract):
        if one.op == "after" and one.state in ("pending", "returned"):
            withdraw(ctx, OfApproval(one.id))
    moving.to(ctx, params.contract, states.DRAFT)
    return {"contract": str(params.contract), "status": states.DRAFT}


def _is_decided_about(ctx: Context) -> bool:
    """Whether a flow that is switched on decides about contracts."""
    known = live(ctx)
    return not known.stopped and any(
        flow.version is not None and any(node.kind == Decided.key for node in flow.version.definition.nodes.values())
        for flow, _ in known.by_object.get("contract", ())
    )
