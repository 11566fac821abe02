"""What the lines of documents come to: the document's amounts follow, and discounts above a limit are asked about.

A discount above the limit of whoever gives it becomes the document's ``discount_excess``, and flows that want to be
asked about that are asked before anything is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from guanxi.areas.catalogue import queries
from guanxi.areas.catalogue.documents.declaration import PricedDocument, currency_of, known, line_of, terms_of
from guanxi.areas.catalogue.documents.pricing import told
from guanxi.areas.catalogue.queries import Rounding
from guanxi.areas.catalogue.rules import lines as rules
from guanxi.capabilities.approvals.holding import changes_wait_for_approval
from guanxi.engine.context import Context
from guanxi.engine.records import locking, reads, writes
from guanxi.engine.records.hooks import Write
from guanxi.engine.records.writes import Change
from guanxi.infra.errors import FieldError, Invalid
from guanxi.kit.money import Money

_LINE = ("position", "kind", "optional", "chosen", "quantity", "list_price", "discount", "unit_price", "tax_percent",
         "unit_cost", "margin", "net", "tax", "total")  # fmt: skip
_ZERO = Decimal(0)
_Lines = list[tuple[UUID, dict[str, Any]]]


@dataclass
class Touched:
    """What was done to the lines of one document: those whose discount rose."""

    raised: list[tuple[Decimal, Decimal]] = field(default_factory=list)
    """List price and unit price of each."""
    row: int = 0
    all_rose: bool = False
    at: datetime | None = None
    """When it is told to have happened, of lines brought in with their past."""


def of_lines(document: PricedDocument, batch: list[Write]) -> dict[UUID, Touched]:
    """The documents that writes of lines touch."""
    touched: dict[UUID, Touched] = {}
    for write in batch:
        if write.along:
            continue  # the document itself is being deleted
        before = write.old or {}
        for parent in {before.get(document.parent), write.value(document.parent)} - {None}:
            one = touched.setdefault(parent, Touched(row=write.row, at=write.at))
            if write.op in ("create", "update") and parent == write.value(document.parent):
                now = write.value("list_price") or _ZERO, write.value("unit_price") or _ZERO
                was = before.get("list_price") or _ZERO, before.get("unit_price") or _ZERO
                if write.op == "create" or rules.effective_discount(*now, _ZERO) > rules.effective_discount(
                    *was, _ZERO
                ):
                    one.raised.append(now)
    return touched


def of_terms(batch: list[Write], terms: frozenset[str]) -> dict[UUID, Touched]:
    """The documents whose terms change what their lines come to."""
    return {
        write.id: Touched(row=write.row, all_rose=_rose(write))
        for write in batch
        if write.value("line_count") and not write.new.keys().isdisjoint(terms)
    }


def follow(ctx: Context, document: PricedDocument, touched: Mapping[UUID, Touched]) -> None:
    """Bring documents, and what is handed down to their lines, to what the lines come to.

    The documents are locked first, so that of two people who change lines at once the second adds up both.
    """
    system = ctx.as_system()
    there = reads.visible(system, document.object, list(touched))
    if not there:
        return
    records = locking.lock(
        ctx if ctx.undoes is None else system, ctx.snapshot.object(document.object), sorted(there), "edit", ()
    )
    where = {"field": document.parent, "op": "in", "value": [str(one) for one in there]}
    fields = (document.parent, *known(ctx, document.lines, _LINE))
    rows = reads.native(system, document.lines, reads.ids(system, document.lines, where), fields)
    by_record: dict[UUID, _Lines] = {one: [] for one in there}
    for line, row in sorted(rows.items(), key=lambda one: (one[1]["position"] or 0, one[0])):
        by_record[row[document.parent]].append((line, row))
    limited = "discount_excess" in ctx.snapshot.object(document.object).fields
    limit = queries.discount_limit(ctx) if limited else None
    roundings = queries.roundings(ctx)
    corrections: list[Change] = []
    changes: list[Change] = []
    for one, record in records.items():
        mine = by_record[one]
        if not mine and not record["line_count"]:
            continue
        changed, values = _totals(ctx, record, mine, roundings)
        corrections += changed
        if limited:
            values |= _excess(limit, record, mine, touched[one])
        if mine and values["amount"].amount < 0 and not document.negative_total:
            raise Invalid([FieldError("amount", "catalogue.lines_below_zero", row=touched[one].row)])
        _ask_first(ctx, document, one, record, values, touched[one])
        changes.append(Change(one, values | ({"updated_at": touched[one].at} if touched[one].at else {})))
    if corrections:
        writes.update(system, document.lines, corrections)
    if changes:
        writes.update(system, document.object, changes)


def _ask_first(
    ctx: Context,
    document: PricedDocument,
    record: UUID,
    before: dict[str, Any],
    values: Mapping[str, Any],
    touched: Touched,
) -> None:
    """Flows that want to be asked about what becomes of the document are, as if whoever writes had written it."""
    if ctx.undoes is not None:
        return
    new = {key: value for key, value in values.items() if before.get(key) != value}
    if (touched.raised or touched.all_rose) and values.get("discount_excess"):
        new["discount_excess"] = values["discount_excess"]
    else:
        new.pop("discount_excess", None)
    if new:
        write = Write("update", record, before, new, touched.row, before["rev"] + 1, object=document.object)
        changes_wait_for_approval(ctx, [write])


def _totals(
    ctx: Context, record: Mapping[str, Any], mine: _Lines, roundings: Mapping[str, Rounding]
) -> tuple[list[Change], dict[str, Any]]:
    """The lines that come to something else by now, and what all come to."""
    if not mine:
        return [], {"line_count": 0, "net_amount": None, "tax_amount": None, "amount": record["amount"]}
    currency = currency_of(ctx, record)
    lines = [line_of(row) for _, row in mine]
    amounts, total = rules.document(lines, terms_of(ctx, record, roundings))
    changed = []
    for (line, row), one, own in zip(mine, lines, amounts, strict=True):
        values = told(own, currency, row["unit_cost"], one.quantity)
        if any(row[key] != value for key, value in values.items()):
            changed.append(Change(line, values))
    return changed, {
        "line_count": len(mine),
        "net_amount": Money(total.net, currency),
        "tax_amount": Money(total.tax, currency),
        "amount": Money(total.total, currency),
    }


def _excess(limit: Decimal | None, record: Mapping[str, Any], mine: _Lines, touched: Touched) -> dict[str, Any]:
    """By how much the discounts are above the limit: of those that rose, else as it was unless they fell since."""
    on_total = record.get("discount") or _ZERO
    every = [(row["list_price"] or _ZERO, row["unit_price"] or _ZERO) for _, row in mine]
    if limit is None:
        return {"discount_excess": None if not mine else record["discount_excess"]}
    above = _above(every, on_total, limit)
    rose = _above(every if touched.all_rose else touched.raised, on_total, limit)
    return {"discount_excess": rose or min(record["discount_excess"] or _ZERO, above)}


def _above(lines: Iterable[tuple[Decimal, Decimal]], on_total: Decimal, limit: Decimal) -> Decimal:
    return max([_ZERO, *(rules.effective_discount(listed, price, on_total) - limit for listed, price in lines)])


def _rose(write: Write) -> bool:
    return "discount" in write.new and (write.new["discount"] or _ZERO) > ((write.old or {}).get("discount") or _ZERO)
