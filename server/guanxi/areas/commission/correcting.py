"""What is claimed back of locked lines whose sources shrank or went since, and given back where they came back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, get_args
from uuid import UUID

from guanxi.areas.commission import plans, reading
from guanxi.areas.commission.rules.pay import correction
from guanxi.areas.commission.rules.plan import Basis, Component, Tier, Version
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.engine.records.reads import Query

LINE = "commission_line"
ZERO, ONE = Decimal(0), Decimal(1)
_SAME = (
    "name",
    "source",
    "happened_on",
    "basis",
    "tier",
    "rate",
    "credit",
    "plan",
    "plan_name",
    "plan_number",
    "component",
)
"""What a correction has in common with the line that it corrects."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody gives back (below zero) or is given back of a locked line, and the share of the source that counts now."""

    member: UUID
    amount: Decimal
    corrects: UUID
    then: Decimal
    now: Decimal
    paid: Decimal
    same: Mapping[str, Any]


def locked_rows(
    ctx: Context, object_key: str, select: Sequence[str], where: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[UUID, dict[str, Any]]]:
    """Native values of lines of locked statements."""
    locked = {"field": "statement.status", "op": "eq", "value": "locked"}
    query = Query(select=select, where={"and": [locked, *where]})
    for items, chunk in reads.stream(ctx.as_system(), object_key, query):
        for row in chunk:
            yield row[0], {item.path: reads.native_value(item, row) for item in items}


def corrections(ctx: Context) -> list[Correction]:
    """One for each locked line that was paid more or less than its source gives by now."""
    earned = {"field": "kind", "op": "eq", "value": "earned"}
    paid = [{"field": "amount", "op": "ne", "value": 0}, earned]
    lines = dict(locked_rows(ctx, LINE, ("member", "amount", "standing", *_SAME), paid))
    if not lines:
        return []
    corrected: dict[UUID, Decimal] = {}
    for _, row in locked_rows(ctx, LINE, ("corrects", "amount"), [{"field": "corrects", "op": "not_empty"}]):
        corrected[row["corrects"]] = corrected.get(row["corrects"], ZERO) + row["amount"].amount
    standing = _standing(ctx, [row for row in lines.values() if row["source"] is not None])
    unit = plans.unit_of(ctx)
    found = []
    for id_, row in sorted(lines.items()):
        if row["source"] is None:
            continue
        then, was = row["standing"] or ONE, row["amount"].amount
        now = standing.get((row["source"].object, row["source"].id), ZERO)
        amount = correction(was, corrected.get(id_, ZERO), then, now, unit)
        if amount:
            same = {key: row[key] for key in _SAME}
            found.append(Correction(row["member"], amount, id_, then, now, was, same))
    return found


def _standing(ctx: Context, lines: Sequence[Mapping[str, Any]]) -> dict[tuple[str, UUID], Decimal]:
    """The share of each source that counts by now; one that is gone is not in it."""
    found: dict[tuple[str, UUID], Decimal] = {}
    by_line = {"order_line", "invoice_line"}
    for basis in get_args(Basis):
        mine = [row for row in lines if row["basis"] == basis]
        if not mine:
            continue
        days = [row["happened_on"] for row in mine]
        for products in {row["source"].object in by_line for row in mine}:
            begins, ends = min(days), max(days)
            for piece in reading.read(ctx, [_all_of(basis, products)], begins, ends).pieces:
                found[piece.object, piece.id] = piece.standing
    return found


def _all_of(basis: Basis, products: bool) -> Version:
    """A version that is about everything of one basis, read by line where lines were paid."""
    one = Component("all", "", basis, [Tier(ZERO, None, ZERO)], measure="margin" if products else "gross")
    return Version(UUID(int=0), UUID(int=0), "", 1, date.min, None, [one])
