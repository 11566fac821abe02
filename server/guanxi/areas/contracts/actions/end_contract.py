"""Terminate a contract before its time, or make the contract that it goes on with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.contracts import moving, plans
from guanxi.areas.contracts.actions.submit_contract import ContractStage
from guanxi.areas.contracts.errors import AlreadyRenewed, WrongStage, wrong
from guanxi.areas.contracts.rules import states
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.engine.records.writes import Change
from guanxi.infra.http.shapes import Id

_KEPT = (
    "name", "kind", "company", "contact", "opportunity", "currency", "prices_include_tax", "tax_rounding", "discount",
    "remind_days", "clauses", "note", "owner",
)  # fmt: skip
_LINE = ("kind", "product", "name", "quantity", "unit", "unit_price", "list_price", "tax_rate")
_REASON = 300


@dataclass(frozen=True)
class TerminateContract:
    """The contract, why, and from which day on (today)."""

    contract: UUID
    reason: str
    terminated_on: date | None = None


@dataclass(frozen=True)
class RenewContract:
    """The contract, and the term of the next one: right after it and as long, unless told."""

    contract: UUID
    starts_on: date | None = None
    ends_on: date | None = None


class RenewedContract(TypedDict):
    """The draft that goes on from it."""

    contract: Id


@action("contracts.terminate_contract", params=TerminateContract, permission="contract.edit")
def terminate_contract(ctx: Context, params: TerminateContract) -> ContractStage:
    """Give a contract up: what was not invoiced of its plan is cancelled, what was invoiced stays owed.

    WrongStage for one that nobody has approved or that is given up already; Invalid without a reason.
    """
    row = moving.held(ctx, params.contract)
    moving.check(row, states.TERMINATED, "not_to_be_terminated")
    reason = params.reason.strip()[:_REASON]
    if not reason:
        raise wrong("reason", "reason_missing")
    day = params.terminated_on or ctx.today
    if day > ctx.today:
        raise wrong("terminated_on", "terminated_in_future")
    open_ones = [
        one
        for one, its in plans.of(ctx, [params.contract]).items()
        if its["invoice"] is None and its["status"] in ("planned", "due")
    ]
    writes.update(
        ctx.as_system(), "contract_instalment", [Change(one, {"status": plans.CANCELLED}) for one in open_ones]
    )
    moving.to(ctx, params.contract, states.TERMINATED, terminated_on=day.isoformat(), termination_reason=reason)
    return {"contract": str(params.contract), "status": states.TERMINATED}


@action("contracts.renew_contract", params=RenewContract, permission="contract.create")
def renew_contract(ctx: Context, params: RenewContract) -> RenewedContract:
    """A draft with the same terms and lines, at the prices that were agreed on, and without a payment plan.

    WrongStage for a contract that does not hold or never ends; AlreadyRenewed where there is a renewal.
    """
    row = moving.held(ctx, params.contract)
    if row["status"] not in states.AGREED:
        raise WrongStage("not_to_be_renewed", moving.called(row))
    if row["ends_on"] is None:
        raise WrongStage("never_ends", moving.called(row))
    system = ctx.as_system()
    where = {"and": [
        {"field": "previous", "op": "eq", "value": str(params.contract)},
        {"field": "status", "op": "not_in", "value": [states.TERMINATED]},
    ]}  # fmt: skip
    if reads.ids(system, "contract", where, limit=1):
        raise AlreadyRenewed(moving.called(row))
    begins, ends = states.next_term(row["starts_on"], row["ends_on"], params.starts_on, params.ends_on)
    if ends < begins:
        raise wrong("ends_on", "ends_before_it_begins")
    values: dict[str, Any] = {key: row[key] for key in _KEPT if row.get(key) is not None}
    values |= {"previous": params.contract, "starts_on": begins.isoformat(), "ends_on": ends.isoformat()}
    if lines := _lines(system, params.contract):
        values["lines"] = lines
    elif row["amount"] is not None:
        values["amount"] = row["amount"]
    (made,) = writes.create(system, "contract", [values])
    return {"contract": str(made)}


def _lines(system: Context, contract: UUID) -> list[dict[str, Any]]:
    ids = reads.ids(system, "contract_line", {"field": "contract", "op": "eq", "value": str(contract)})
    rows = reads.native(system, "contract_line", ids, (*_LINE, "position"))
    lines = []
    for _, row in sorted(rows.items(), key=lambda one: (one[1]["position"] or 0, one[0])):
        values = {key: row[key] for key in _LINE if row[key] is not None}
        if row["product"] is not None:
            values.pop("list_price", None)
        lines.append({"values": values})
    return lines
