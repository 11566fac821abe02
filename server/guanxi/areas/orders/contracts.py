"""Orders of contracts that have an amount and no lines: together they come to no more than that."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from guanxi.areas.orders.errors import above_contract
from guanxi.engine.context import Context
from guanxi.engine.records import locking, reads
from guanxi.kit.money import Money

_ZERO = Decimal(0)


def ordered(ctx: Context, contract: UUID) -> Decimal:
    """What orders of a contract come to; cancelled ones count for nothing."""
    system = ctx.as_system()
    where = {"and": [
        {"field": "contract", "op": "eq", "value": str(contract)},
        {"field": "status", "op": "not_in", "value": ["cancelled"]},
    ]}  # fmt: skip
    rows = reads.native(system, "sales_order", reads.ids(system, "sales_order", where), ("amount",))
    return sum((row["amount"].amount for row in rows.values() if row["amount"] is not None), _ZERO)


def left(ctx: Context, contract: UUID, amount: Money) -> Decimal:
    """How much of a contract, which is locked, can still be ordered."""
    return max(_ZERO, amount.amount - ordered(ctx, contract))


def refuse_more(ctx: Context, concerned: Iterable[UUID]) -> None:
    """Invalid where orders come to more than their contract, as far as that has an amount and no lines."""
    system = ctx.as_system()
    wanted = sorted(reads.visible(system, "contract", list(set(concerned))))
    rows = locking.lock(system, ctx.snapshot.object("contract"), wanted, "edit", ()) if wanted else {}
    for one, row in rows.items():
        amount = row["amount"]
        if amount is None or row["line_count"]:
            continue
        above = ordered(ctx, one) - amount.amount
        if above > 0:
            raise above_contract(row["number"] or row["name"], amount, Money(above, amount.currency))
