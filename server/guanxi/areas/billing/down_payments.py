"""Invoices of down payments, and the lines by which later invoices take them off again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from guanxi.areas.billing.rules import down_payments as rules
from guanxi.areas.billing.rules.down_payments import Group
from guanxi.engine.context import Context
from guanxi.engine.records import locking, reads, writes
from guanxi.infra.i18n import sentence
from guanxi.kit.money import Money

_ZERO, _HUNDRED = Decimal(0), Decimal(100)
_PRICE = Decimal(1).scaleb(-10)


@dataclass(frozen=True, slots=True)
class DownPayment:
    """An invoice of a down payment, and what of it was not taken off later ones yet."""

    invoice: UUID
    number: str
    left: Sequence[Group]


def groups_of(ctx: Context, object_key: str, parent: str, record: UUID) -> list[Group]:
    """What the lines of a document come to by rates of tax."""
    where = {"field": parent, "op": "eq", "value": str(record)}
    return _groups(ctx.as_system(), object_key, where)


def make(ctx: Context, name: str, amount: Money, groups: Sequence[Group], values: Mapping[str, Any]) -> UUID:
    """The draft of an invoice of a down payment, with a line for each rate of tax; prices include it."""
    shown = [one for one in groups if one.total > 0] or [Group(None, _ZERO, amount.amount)]
    lines = [
        {"values": {"name": name, "quantity": "1", "unit_price": part, "tax_rate": one.tax_rate}}
        for one, part in zip(shown, rules.split(amount.amount, shown, amount.currency), strict=True)
        if part
    ]
    (invoice,) = writes.create(
        ctx.as_system(), "invoice",
        [{**values, "currency": amount.currency, "prices_include_tax": True, "is_down_payment": True, "lines": lines}],
    )  # fmt: skip
    return invoice


def invoiced(ctx: Context, field: str, record: UUID) -> Decimal:
    """What was invoiced of an order or contract, drafts included, less what was taken back again."""
    system = ctx.as_system()
    where = {
        "and": [{"field": field, "op": "eq", "value": str(record)}, {"field": "kind", "op": "eq", "value": "invoice"}]
    }
    rows = reads.native(system, "invoice", reads.ids(system, "invoice", where), ("amount", "credited_amount"))
    return sum((_plain(row["amount"]) - _plain(row["credited_amount"]) for row in rows.values()), _ZERO)


def open_for(ctx: Context, order: UUID, contract: UUID | None, currency: str) -> list[DownPayment]:
    """Down payments of an order, and of its contract, that later invoices have to take off; the oldest first.

    The contract is locked, so that of two orders that are invoiced at once each takes off its own part.
    """
    system = ctx.as_system()
    whose: list[Any] = [{"field": "order", "op": "eq", "value": str(order)}]
    if contract is not None:
        locking.lock(system, ctx.snapshot.object("contract"), [contract], "edit", ())
        of_contract = {"field": "contract", "op": "eq", "value": str(contract)}
        whose.append({"and": [of_contract, {"field": "order", "op": "is_empty"}]})
    where = {"and": [
        {"or": whose}, {"field": "is_down_payment", "op": "eq", "value": True},
        {"field": "status", "op": "not_in", "value": ["cancelled"]},
    ]}  # fmt: skip
    fields = ("number", "amount", "credited_amount")
    rows = reads.native(system, "invoice", reads.ids(system, "invoice", where), fields)
    found = []
    for one, row in sorted(rows.items()):
        if row["amount"] is not None and row["amount"].currency == currency:
            left = _left(system, one, _plain(row["credited_amount"]), currency)
            if any(each.total > 0 for each in left):
                found.append(DownPayment(one, row["number"], left))
    return found


def deducted(ctx: Context, invoice: UUID) -> Decimal:
    """How much of a down payment later invoices took off."""
    return -sum((one.total for one in _deductions(ctx.as_system(), invoice)), _ZERO)


def deduct(ctx: Context, invoice: UUID, open_ones: Sequence[DownPayment]) -> Decimal:
    """Add lines to a draft that take off what is left of down payments, as far as the draft comes to it; how much."""
    system = ctx.as_system()
    row = reads.native(system, "invoice", [invoice], ("prices_include_tax",))[invoice]
    taken, lines = _ZERO, []
    there = groups_of(ctx, "invoice_line", "invoice", invoice)
    for one in open_ones:
        parts = rules.deduct(one.left, there)
        name = sentence("billing.deducts", {"number": one.number}, ctx.language)
        for group, part in zip(one.left, parts, strict=True):
            if part <= 0:
                continue
            price = part if row["prices_include_tax"] is not False else part * _HUNDRED / (_HUNDRED + group.percent)
            lines.append({
                "invoice": invoice, "name": name, "quantity": "-1", "unit_price": price.quantize(_PRICE),
                "tax_rate": group.tax_rate, "deducts": one.invoice,
            })  # fmt: skip
            there = [*there, Group(group.tax_rate, group.percent, -part)]
            taken += part
    if lines:
        writes.create(system, "invoice_line", lines)
    return taken


def _left(system: Context, invoice: UUID, credited: Decimal, currency: str) -> list[Group]:
    groups = _groups(system, "invoice_line", {"field": "invoice", "op": "eq", "value": str(invoice)})
    total = sum((one.total for one in groups), _ZERO)
    kept = rules.split(max(_ZERO, total - credited), groups, currency)
    off: dict[UUID | None, Decimal] = {}
    for one in _deductions(system, invoice):
        off[one.tax_rate] = off.get(one.tax_rate, _ZERO) - one.total
    return [
        Group(one.tax_rate, one.percent, part - off.get(one.tax_rate, _ZERO))
        for one, part in zip(groups, kept, strict=True)
    ]


def _deductions(system: Context, invoice: UUID) -> list[Group]:
    where = {"and": [
        {"field": "deducts", "op": "eq", "value": str(invoice)},
        {"field": "invoice.status", "op": "not_in", "value": ["cancelled"]},
        {"field": "invoice.kind", "op": "not_in", "value": ["credit_note"]},
    ]}  # fmt: skip
    return _groups(system, "invoice_line", where)


def _groups(system: Context, object_key: str, where: Mapping[str, Any]) -> list[Group]:
    rows = reads.native(system, object_key, reads.ids(system, object_key, where), ("tax_rate", "tax_percent", "total"))
    sums: dict[UUID | None, Group] = {}
    for _, row in sorted(rows.items()):
        before = sums.get(row["tax_rate"])
        total = _plain(row["total"]) + (before.total if before else _ZERO)
        sums[row["tax_rate"]] = Group(row["tax_rate"], row["tax_percent"] or _ZERO, total)
    return list(sums.values())


def _plain(amount: Money | None) -> Decimal:
    return amount.amount if amount is not None else _ZERO
