"""Say in which parts a contract is paid, note the events that they wait for, and invoice one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.contracts import invoicing, moving, plans
from guanxi.areas.contracts.errors import WrongStage, not_whole, wrong
from guanxi.areas.contracts.rules import plan, states
from guanxi.areas.contracts.rules.plan import NotWhole, Share
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import locking, writes
from guanxi.infra.http.shapes import Id
from guanxi.kit import money
from guanxi.kit.money import Money

MOST = 120
_NAME = 100
_DAYS = 3650


@dataclass(frozen=True)
class Instalment:
    """A part: a share in percent or an amount; due on a day, or some days after an event."""

    name: str
    percent: Decimal | None = None
    amount: Decimal | None = None
    event: Literal["date", "signing", "delivery", "acceptance"] = "date"
    days: int | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class PlanPayments:
    """The contract and all its instalments, which replace those that there are."""

    contract: UUID
    instalments: Sequence[Instalment] = ()


class PlannedPayments(TypedDict):
    """How many instalments there are."""

    contract: Id
    instalments: int


@dataclass(frozen=True)
class NoteEvent:
    """What happened, and when (today)."""

    contract: UUID
    event: Literal["delivery", "acceptance"]
    on: date | None = None


class NotedEvent(TypedDict):
    """How many instalments have a day now."""

    contract: Id
    instalments: int


@dataclass(frozen=True)
class InvoiceInstalment:
    """The instalment."""

    instalment: UUID


class InvoicedInstalment(TypedDict):
    """The draft."""

    invoice: Id
    number: str


@action("contracts.plan_payments", params=PlanPayments, permission="contract.edit")
def plan_payments(ctx: Context, params: PlanPayments) -> PlannedPayments:
    """Keep a plan whose instalments come to the amount of the contract to the cent; without instalments there is none.

    WrongStage unless the contract is a draft; Invalid for a plan that comes to something else, with how much it is off.
    """
    row = moving.held(ctx, params.contract)
    if row["status"] != states.DRAFT:
        raise WrongStage("not_a_draft", moving.called(row))
    total: Money | None = row["amount"]
    if params.instalments and (total is None or total.amount <= 0):
        raise wrong("instalments", "plan_without_amount")
    if len(params.instalments) > MOST:
        raise wrong("instalments", "too_many_instalments", most=MOST)
    shares = [_checked(place, one, total) for place, one in enumerate(params.instalments)]
    rows = []
    if total is not None and shares:
        try:
            amounts = plan.amounts(total.amount, total.currency, shares)
        except NotWhole as off:
            raise not_whole(off.missing, total) from None
        rows = [
            _values(row, place, one, Money(amount, total.currency))
            for place, (one, amount) in enumerate(zip(params.instalments, amounts, strict=True))
        ]
    system = ctx.as_system()
    writes.delete(system, "contract_instalment", list(plans.of(ctx, [params.contract])))
    writes.create(system, "contract_instalment", rows)
    plans.add_up(ctx, params.contract)
    return {"contract": str(params.contract), "instalments": len(rows)}


@action("contracts.note_event", params=NoteEvent, permission="contract.edit")
def note_event(ctx: Context, params: NoteEvent) -> NotedEvent:
    """Delivery or acceptance has happened: instalments that waited for it have a day from now on.

    WrongStage for a contract that does not hold; Invalid for a day to come, or where nothing waits for it.
    """
    row = moving.held(ctx, params.contract)
    if row["status"] not in states.AGREED:
        raise WrongStage("not_in_force", moving.called(row))
    day = params.on or ctx.today
    if day > ctx.today:
        raise wrong("on", "event_in_future")
    count = plans.happened(ctx, params.contract, params.event, day)
    if not count:
        raise wrong("event", "nothing_waits")
    return {"contract": str(params.contract), "instalments": count}


@action("contracts.invoice_instalment", params=InvoiceInstalment, permission="invoice.create")
def invoice_instalment(ctx: Context, params: InvoiceInstalment) -> InvoicedInstalment:
    """Make the draft of an invoice of one instalment.

    WrongStage for a contract that does not hold, AlreadyInvoiced the second time, InvoicedAboveContract where orders of
    the contract were invoiced as well.
    """
    row = locking.lock(ctx, ctx.object("contract_instalment"), [params.instalment], "read", (), hold=False)[
        params.instalment
    ]
    contract = moving.held(ctx, row["contract"], "read")
    if contract["status"] not in states.AGREED:
        raise WrongStage("not_in_force", moving.called(contract))
    invoice, number = invoicing.invoice(ctx, contract, params.instalment)
    return {"invoice": str(invoice), "number": number}


def _checked(place: int, one: Instalment, total: Money | None) -> Share:
    where = f"instalments.{place}"
    if not one.name.strip():
        raise wrong(f"{where}.name", "instalment_name")
    if (one.percent is None) == (one.amount is None):
        raise wrong(f"{where}.amount", "percent_or_amount")
    if one.percent is not None and not 0 < one.percent <= 100:
        raise wrong(f"{where}.percent", "percent_range")
    if one.amount is not None and total is not None:
        digits = money.decimals(total.currency)
        if one.amount <= 0 or one.amount != one.amount.quantize(Decimal(1).scaleb(-digits)):
            raise wrong(f"{where}.amount", "instalment_amount", digits=digits)
    if one.event == "date" and one.due_on is None:
        raise wrong(f"{where}.due_on", "due_on_missing")
    if one.days is not None and not 0 <= one.days <= _DAYS:
        raise wrong(f"{where}.days", "days_range", most=_DAYS)
    return Share(one.percent, one.amount)


def _values(row: dict[str, Any], place: int, one: Instalment, amount: Money) -> dict[str, Any]:
    by_date = one.event == "date"
    return {
        "name": one.name.strip()[:_NAME], "contract": str(row["id"]), "position": place + 1, "percent": one.percent,
        "amount": amount, "event": one.event, "days": None if by_date else one.days or 0,
        "due_on": one.due_on.isoformat() if by_date and one.due_on else None,
        "owner": str(row["owner"]) if row["owner"] else None,
    }  # fmt: skip
