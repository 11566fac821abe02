"""Settle invoices with what is left of a payment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.billing import ledger
from guanxi.areas.billing.errors import ItemSettled, NotReceived, PaymentUsedUp, wrong
from guanxi.areas.billing.rules import allocation as rules
from guanxi.areas.billing.rules.allocation import FinerThanPayable, MoreThanLeft, MoreThanOpen, NothingSettled
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.objects.fields.numbers import plain
from guanxi.infra.errors import BadRequest
from guanxi.infra.http.shapes import Id
from guanxi.kit.money import Money

MOST = 500
"""Invoices that one call settles."""


@dataclass(frozen=True)
class Wanted:
    """An invoice and how much of it is settled, in its own currency."""

    invoice: UUID
    amount: Decimal


@dataclass(frozen=True)
class AllocatePayment:
    """The payment and what it settles; without items what is due first."""

    payment: UUID
    items: Sequence[Wanted] = ()


class Amount(TypedDict):
    """An amount with its currency."""

    amount: str
    currency: str


class AllocatedPart(TypedDict):
    """What settles an invoice: in its own currency, and in the payment's."""

    allocation: Id
    invoice: Id
    number: str
    amount: Amount
    taken: Amount
    exchange_difference: Amount | None


class AllocatedPayment(TypedDict):
    """The allocations that were made."""

    allocations: list[AllocatedPart]


@action("billing.allocate_payment", params=AllocatePayment, permission="payment.edit")
def allocate_payment(ctx: Context, params: AllocatePayment) -> AllocatedPayment:
    """Allocate a payment to invoices of its company, all of what is asked for or nothing.

    PaymentUsedUp or ItemSettled for more than is left of either by then, as where two do so at once.
    """
    row = ledger.held(ctx, "payment", params.payment)
    return {"allocations": allocate(ctx, row, params.items)}


def allocate(ctx: Context, payment: dict[str, Any], wanted: Sequence[Wanted]) -> list[AllocatedPart]:
    """Allocate a payment that is locked, with its company's ledger in hand; oldest first where nothing is asked for."""
    if payment["kind"] != "received":
        raise NotReceived(payment["number"])
    if payment["company"] is None:
        raise wrong("company", "company_missing")
    if len(wanted) > MOST:
        raise BadRequest("records.too_many", {"limit": MOST, "count": len(wanted)})
    found = ledger.items(ctx, payment["company"], [one.invoice for one in wanted] if wanted else None)
    own = ctx.workspace.currency
    source = ledger.source_of(payment)
    currencies = {item.open.currency for item, _ in found.values()} | {source.open.currency}
    rates = ledger.rates_on(ctx, currencies, payment["paid_on"])
    if wanted:
        shares = _by_hand(payment, wanted, found, rates, own)
    else:
        shares = rules.propose(source, [item for item, _ in found.values()], rates, own)
    if not shares:
        raise PaymentUsedUp(payment["number"], source.open, source.open)
    numbers = {one: number for one, (_, number) in found.items()}
    made = ledger.keep(ctx, ("payment", payment["id"], payment["number"]), shares, numbers, ctx.today)
    return [
        {
            "allocation": str(id_), "invoice": str(one.item), "number": numbers[one.item],
            "amount": told(one.settled), "taken": told(one.taken),
            "exchange_difference": told(one.difference) if one.difference.amount else None,
        }
        for id_, one in zip(made, shares, strict=True)
    ]  # fmt: skip


def told(money: Money) -> Amount:
    """As the API tells amounts."""
    return {"amount": plain(money.amount), "currency": money.currency}


def _by_hand(
    payment: dict[str, Any],
    wanted: Sequence[Wanted],
    found: dict[UUID, tuple[rules.Item, str]],
    rates: dict[str, Decimal],
    own: str,
) -> list[rules.Share]:
    for place, one in enumerate(wanted):
        if one.invoice not in found:
            raise wrong(f"items.{place}.invoice", "not_owed")
        currency = found[one.invoice][0].open.currency
        if currency not in rates:
            raise wrong(
                f"items.{place}.amount", "rate_missing", currency=currency, own=own, day=str(payment["paid_on"])
            )
    places = {one.invoice: place for place, one in enumerate(wanted)}
    try:
        return rules.by_hand(
            ledger.source_of(payment), [(found[one.invoice][0], one.amount) for one in wanted], rates, own
        )
    except MoreThanOpen as no:
        raise ItemSettled(found[no.item][1], no.left) from None
    except MoreThanLeft as no:
        raise PaymentUsedUp(payment["number"], no.left, no.wanted) from None
    except NothingSettled as no:
        raise wrong(f"items.{places[no.item]}.amount", "above_zero") from None
    except FinerThanPayable as no:
        raise wrong(f"items.{places[no.item]}.amount", "too_fine", digits=no.digits) from None
