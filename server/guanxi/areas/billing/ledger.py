"""What every verb of billing rests on: one at a time for a company, and amounts that follow from the allocations.

Whatever is paid, settled or taken back, the amounts of invoices and payments are added up anew from the allocations
that there are; nothing is counted up or down, so nothing can drift.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from guanxi.areas.billing.errors import OtherCompany, wrong
from guanxi.areas.billing.rules import states
from guanxi.areas.billing.rules.allocation import Item, Share, Source
from guanxi.areas.catalogue import api as catalogue
from guanxi.engine.context import Context
from guanxi.engine.records import locking, reads, writes
from guanxi.engine.records.writes import Change
from guanxi.kit.money import Money

Row = Mapping[str, Any]
_ZERO = Decimal(0)


def be_alone_for(ctx: Context, company: UUID | None) -> None:
    """Until the unit of work ends nobody else settles anything of the company."""
    name = f"billing {ctx.workspace.schema} {company}"
    ctx.run("SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))", [name])


def held(ctx: Context, object_key: str, record: UUID) -> dict[str, Any]:
    """A record that the caller may change, with its company's ledger in hand; it is read after that was had."""
    row = locking.lock(ctx, ctx.object(object_key), [record], "edit", (), hold=False)[record]
    be_alone_for(ctx, row["company"])
    return locking.lock(ctx, ctx.object(object_key), [record], "edit", ())[record]


def rate_on(ctx: Context, currency: str, day: date, field: str) -> Decimal:
    """What one unit of a currency was worth; Invalid on the field where no rate is known."""
    try:
        return catalogue.rate_history(ctx, {currency}).on(currency, day)
    except catalogue.RateMissing as missing:
        own = ctx.workspace.currency
        raise wrong(field, "rate_missing", currency=missing.currency, own=own, day=str(missing.day)) from None


def rates_on(ctx: Context, currencies: Collection[str], day: date) -> dict[str, Decimal]:
    """What a unit of each currency was worth on a day, as far as it is known."""
    history = catalogue.rate_history(ctx, currencies)
    found = {}
    for currency in currencies:
        try:
            found[currency] = history.on(currency, day)
        except catalogue.RateMissing:
            continue
    return found


def items(ctx: Context, company: UUID, among: Sequence[UUID] | None = None) -> dict[UUID, tuple[Item, str]]:
    """What the company owes as far as the caller sees it, with its number; ``among`` those invoices where they are named.

    OtherCompany for a named invoice of somebody else; NotFound comes of the locks for one that is not seen.
    """
    if among is not None:
        named = locking.lock(ctx, ctx.object("invoice"), list(dict.fromkeys(among)), "read", ())
        for row in named.values():
            if row["company"] != company:
                raise OtherCompany(row["number"])
    where: dict[str, Any] = {"and": [
        {"field": "company", "op": "eq", "value": str(company)}, {"field": "kind", "op": "eq", "value": "invoice"},
        {"field": "status", "op": "not_in", "value": ["draft"]},
    ]}  # fmt: skip
    if among is None:
        where["and"].append({"field": "open_amount", "op": "gt", "value": 0})
    else:
        where["and"].append({"field": "id", "op": "in", "value": [str(one) for one in among]})
    fields = ("number", "open_amount", "due_on", "rate")
    rows = reads.native(ctx, "invoice", reads.ids(ctx, "invoice", where), fields)
    return {
        one: (Item(one, row["due_on"], row["open_amount"], row["rate"] or Decimal(1)), row["number"])
        for one, row in rows.items()
    }


def source_of(payment: Row) -> Source:
    """What is left of a payment."""
    return Source(payment["open_amount"], payment["rate"] or Decimal(1))


def keep(
    ctx: Context, source: tuple[str, UUID, str], shares: Sequence[Share], numbers: Mapping[UUID, str], day: date
) -> list[UUID]:
    """Write allocations of a payment or credit note (its field, id and number) and add up what they change."""
    field, record, number = source
    made = writes.create(ctx.as_system(), "payment_allocation", [
        {
            "name": f"{number} → {numbers[one.item]}", "invoice": str(one.item), field: str(record),
            "amount": one.settled, "source_amount": one.taken, "allocated_on": day.isoformat(),
            "exchange_difference": one.difference if one.difference.amount else None,
        }
        for one in shares
    ])  # fmt: skip
    add_up(ctx, [one.item for one in shares], [record] if field == "payment" else [])
    if field == "credit_note":
        add_up(ctx, [record], [])
    return made


def allocations(ctx: Context, field: str, records: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """All allocations of some invoices, payments or credit notes, whoever sees them, in the order of their making."""
    system = ctx.as_system()
    where = {"field": field, "op": "in", "value": [str(one) for one in records]}
    found = reads.ids(system, "payment_allocation", where) if records else []
    fields = ("invoice", "payment", "credit_note", "amount", "source_amount")
    rows = reads.native(system, "payment_allocation", found, fields)
    return {one: rows[one] for one in sorted(rows)}


def take_back(ctx: Context, gone: Mapping[UUID, Row]) -> None:
    """Delete allocations and add up what they had settled."""
    writes.delete(ctx.as_system(), "payment_allocation", list(gone))
    invoices = {row["invoice"] for row in gone.values()} | {row["credit_note"] for row in gone.values()}
    add_up(ctx, sorted(invoices - {None}), sorted({row["payment"] for row in gone.values()} - {None}))


def add_up(ctx: Context, invoices: Sequence[UUID], payments: Sequence[UUID]) -> None:
    """Bring the amounts and states of invoices and payments to what their allocations come to."""
    system = ctx.as_system()
    if invoices:
        writes.update(system, "invoice", _of_invoices(system, invoices))
    if payments:
        writes.update(system, "payment", _of_payments(system, payments))


def _of_invoices(system: Context, invoices: Sequence[UUID]) -> list[Change]:
    rows = reads.native(system, "invoice", list(invoices), ("kind", "amount", "written_off_amount"))
    on, by = allocations(system, "invoice", invoices), allocations(system, "credit_note", invoices)
    changes = []
    for one, row in rows.items():
        currency = row["amount"].currency
        credit = row["kind"] == "credit_note"
        mine = [part for part in on.values() if part["invoice"] == one]
        used = [part for part in by.values() if part["credit_note"] == one]
        settled = _sum(used, "source_amount") if credit else _sum([p for p in mine if p["payment"]], "amount")
        credited = _sum([part for part in mine if part["credit_note"]], "amount")
        written_off = row["written_off_amount"].amount if row["written_off_amount"] else _ZERO
        state = states.Invoice(row["amount"].amount, settled, credited, written_off)
        changes.append(Change(one, {
            "settled_amount": Money(settled, currency), "credited_amount": Money(credited, currency),
            "open_amount": Money(state.open, currency), "status": state.state,
        }))  # fmt: skip
    return changes


def _of_payments(system: Context, payments: Sequence[UUID]) -> list[Change]:
    rows = reads.native(system, "payment", list(payments), ("amount",))
    parts = allocations(system, "payment", payments)
    where = {"field": "refunds", "op": "in", "value": [str(one) for one in payments]}
    back = reads.native(system, "payment", reads.ids(system, "payment", where), ("refunds", "amount"))
    changes = []
    for one, row in rows.items():
        currency = row["amount"].currency
        allocated = _sum([part for part in parts.values() if part["payment"] == one], "source_amount")
        refunded = _sum([part for part in back.values() if part["refunds"] == one], "amount")
        state = states.Payment(row["amount"].amount, allocated, refunded)
        changes.append(Change(one, {
            "allocated_amount": Money(allocated, currency), "refunded_amount": Money(refunded, currency),
            "open_amount": Money(state.open, currency), "status": state.state,
        }))  # fmt: skip
    return changes


def _sum(rows: Sequence[Row], key: str) -> Decimal:
    return sum((row[key].amount for row in rows), _ZERO)
