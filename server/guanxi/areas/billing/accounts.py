"""What is read for statements and for the list of what is due: whole lists of companies at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from guanxi.areas.billing.errors import StatementNotWhole
from guanxi.areas.billing.rules.statement import Debt, Movement
from guanxi.engine.context import Context
from guanxi.engine.records import reads

_READ: dict[str, tuple[str, ...]] = {
    "invoice": ("company", "number", "kind", "amount", "issued_on", "written_off_amount", "written_off_on"),
    "payment": ("company", "number", "kind", "amount", "paid_on"),
    "payment_allocation": ("invoice.company", "name", "amount", "source_amount", "allocated_on"),
}


def movements(ctx: Context, companies: Sequence[UUID], until: date) -> dict[UUID, list[Movement]]:
    """All that changed what companies owe until a day; those are missing of whom the caller may not see all of it."""
    found: dict[UUID, list[Movement]] = {one: [] for one in companies}
    torn: set[UUID] = set()
    for one, row in _rows(ctx, "invoice", _issued(companies, until), torn).items():
        amount, credit = row["amount"], row["kind"] == "credit_note"
        kind, sign = ("credit_note", -1) if credit else ("invoice", 1)
        mine = found[row["company"]]
        mine.append(
            Movement(row["issued_on"], kind, one, row["number"], sign * amount.amount, amount.currency)  # type: ignore[arg-type]
        )
        lost = row["written_off_amount"]
        if lost is not None and row["written_off_on"] <= until:
            mine.append(Movement(row["written_off_on"], "write_off", one, row["number"], -lost.amount, lost.currency))
    paid = {"and": [_of(companies, "company"), {"field": "paid_on", "op": "lte", "value": until.isoformat()}]}
    for one, row in _rows(ctx, "payment", paid, torn).items():
        amount, back = row["amount"], row["kind"] == "refund"
        kind, sign = ("refund", 1) if back else ("payment", -1)
        found[row["company"]].append(
            Movement(row["paid_on"], kind, one, row["number"], sign * amount.amount, amount.currency)  # type: ignore[arg-type]
        )
    settled = {"and": [
        _of(companies, "invoice.company"), {"field": "allocated_on", "op": "lte", "value": until.isoformat()},
    ]}  # fmt: skip
    for one, row in _rows(ctx, "payment_allocation", settled, torn).items():
        to, out = row["amount"], row["source_amount"]
        if to.currency != out.currency:
            mine, day, name = found[row["invoice.company"]], row["allocated_on"], row["name"]
            mine.append(Movement(day, "exchange", one, name, -to.amount, to.currency))
            mine.append(Movement(day, "exchange", one, name, out.amount, out.currency))
    return {one: some for one, some in found.items() if one not in torn}


def moved(ctx: Context, begins: date, ends: date) -> list[UUID]:
    """The companies that the caller sees with a document of the period, its days included, that the caller sees too."""
    within = {"op": "between", "value": [begins.isoformat(), ends.isoformat()]}
    issued = {"and": [{"field": "issued_on", **within}, {"field": "status", "op": "not_in", "value": ["draft"]}]}
    where = {"or": [
        {"has": "invoices", "where": {"or": [issued, {"field": "written_off_on", **within}]}},
        {"has": "payments", "where": {"field": "paid_on", **within}},
        {"has": "invoices", "where": {"has": "allocations", "where": {"field": "allocated_on", **within}}},
    ]}  # fmt: skip
    return reads.ids(ctx, "company", where)


def debts(ctx: Context, companies: Sequence[UUID] | None = None) -> tuple[list[Debt], list[Debt]]:
    """What is open of the invoices that the caller sees; and, below zero, of their credit notes and payments."""
    owed, free = [], []
    kept: list[Any] = [
        {"field": "open_amount", "op": "gt", "value": 0}, {"field": "status", "op": "not_in", "value": ["draft"]},
    ]  # fmt: skip
    if companies is not None:
        kept.append(_of(companies, "company"))
    for object_key, day in (("invoice", "due_on"), ("payment", "paid_on")):
        if not ctx.actor.rights(object_key).reads:
            continue
        ids = reads.ids(ctx, object_key, {"and": kept if object_key == "invoice" else [kept[0], *kept[2:]]})
        for row in reads.native(ctx, object_key, ids, ("company", "open_amount", day, "kind")).values():
            if row["company"] is None:
                continue
            amount, debt = row["open_amount"], object_key == "invoice" and row["kind"] == "invoice"
            sign, rows = (1, owed) if debt else (-1, free)
            rows.append(Debt(row["company"], amount.currency, row[day], sign * amount.amount))
    return owed, free


def refuse_unless_whole(ctx: Context, object_key: str) -> None:
    """A statement needs all fields that it is made of."""
    obj = ctx.snapshot.object(object_key)
    level = ctx.guard().level
    fields = [obj.fields[key] for key in _READ[object_key] if "." not in key]
    if not ctx.actor.rights(object_key).reads or any(level(obj, one) == "hidden" for one in fields):
        raise StatementNotWhole


def _rows(ctx: Context, object_key: str, where: Any, torn: set[UUID]) -> dict[UUID, dict[str, Any]]:
    """The documents that a filter keeps; the companies of those that the caller does not see are added to ``torn``."""
    system = ctx.as_system()
    found = reads.native(system, object_key, reads.ids(system, object_key, where), _READ[object_key])
    if not ctx.actor.is_system:
        refuse_unless_whole(ctx, object_key)
        seen = reads.visible(ctx, object_key, list(found))
        torn |= {row[_READ[object_key][0]] for one, row in found.items() if one not in seen}
    return found


def _issued(companies: Sequence[UUID], until: date) -> dict[str, Any]:
    return {"and": [
        _of(companies, "company"), {"field": "status", "op": "not_in", "value": ["draft"]},
        {"field": "issued_on", "op": "lte", "value": until.isoformat()},
    ]}  # fmt: skip


def _of(companies: Sequence[UUID], path: str) -> dict[str, Any]:
    return {"field": path, "op": "in", "value": [str(one) for one in companies]}
