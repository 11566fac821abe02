"""Statements and what is due, as the API tells them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from guanxi.areas.billing import accounts
from guanxi.areas.billing.errors import StatementNotWhole, wrong
from guanxi.areas.billing.rules import statement as rules
from guanxi.areas.billing.shapes import Receivables, Statement, StatementAccount
from guanxi.engine.context import Context
from guanxi.engine.records import reads
from guanxi.engine.records.titles import titles
from guanxi.infra.errors import NotFound
from guanxi.kit import money

MOST = 500
"""Companies that the list of what is due tells at once."""
_OBJECTS = {"payment": "payment", "refund": "payment", "exchange": "payment_allocation"}
_ZERO = Decimal(0)


def period(ctx: Context, begins: str | None, ends: str | None) -> tuple[date, date]:
    """The days asked for; Invalid for what is none, or ends before it begins."""
    last = _day(ends, "ends") if ends else ctx.today
    first = _day(begins, "begins") if begins else min(last, ctx.today).replace(day=1)
    if last < first:
        raise wrong("ends", "period_ends_early")
    return first, last


def statement(ctx: Context, company: UUID, begins: date, ends: date) -> Statement:
    """A company's account; NotFound for one that the caller does not see, StatementNotWhole where documents are not seen."""
    if company not in reads.visible(ctx, "company", [company]):
        raise NotFound("records.not_found", {"object": "company", "id": str(company)})
    found = statements(ctx, [company], begins, ends)
    if company not in found:
        raise StatementNotWhole
    return found[company]


def statements(ctx: Context, companies: Sequence[UUID], begins: date, ends: date) -> dict[UUID, Statement]:
    """The accounts of companies that the caller sees, those left out of whom the caller may not see every document."""
    seen = sorted(reads.visible(ctx, "company", companies))
    called = titles(ctx, {("company", one) for one in seen})
    return {
        one: {
            "company": {"id": str(one), "title": called.get(("company", one))},
            "begins": begins.isoformat(), "ends": ends.isoformat(),
            "accounts": [account(its) for its in rules.accounts(some, begins, ends)],
        }
        for one, some in accounts.movements(ctx, seen, ends).items()
    }  # fmt: skip


def account(one: rules.Account) -> StatementAccount:
    """One currency of a statement."""

    def text(value: Decimal) -> str:
        return plain(value, one.currency)

    return {
        "currency": one.currency, "opening": text(one.opening), "charged": text(one.charged), "paid": text(one.paid),
        "closing": text(one.closing),
        "lines": [
            {
                "on": line.movement.on.isoformat(), "kind": line.movement.kind,
                "object": _OBJECTS.get(line.movement.kind, "invoice"), "record": str(line.movement.record),
                "number": line.movement.number,
                "charged": text(line.movement.amount) if line.movement.amount > 0 else None,
                "paid": text(-line.movement.amount) if line.movement.amount <= 0 else None,
                "balance": text(line.balance),
            }
            for line in one.lines
        ],
    }  # fmt: skip


def receivables(ctx: Context, day: date) -> Receivables:
    """What the companies that the caller sees owe, by how long it has been due."""
    ctx.object("invoice")
    owed, free = accounts.debts(ctx)
    rows = rules.ageing(owed, day)
    unallocated: dict[tuple[UUID, str], Decimal] = {}
    for one in free:
        key = one.company, one.currency
        unallocated[key] = unallocated.get(key, _ZERO) + one.open
        rows.setdefault(key, dict.fromkeys(rules.BUCKETS, _ZERO))
    every = {key: {**row, "unallocated": unallocated.get(key, _ZERO)} for key, row in rows.items()}
    shown = sorted(every, key=lambda key: (-sum(every[key].values()), key[1], key[0]))[:MOST]
    called = titles(ctx, {("company", company) for company, _ in shown})
    totals: dict[str, dict[str, Decimal]] = {}
    for (_, currency), row in every.items():
        sums = totals.setdefault(currency, dict.fromkeys(row, _ZERO))
        for name, value in row.items():
            sums[name] += value
    return {
        "day": day.isoformat(),
        "rows": [
            {"company": {"id": str(key[0]), "title": called.get(("company", key[0]))}, **_told(every[key], key[1])}
            for key in shown
        ],
        "more": len(every) > len(shown),
        "totals": [_told(row, currency) for currency, row in sorted(totals.items())],
    }  # type: ignore[return-value]  # the buckets are named by the rules


def _told(row: Mapping[str, Decimal], currency: str) -> dict[str, Any]:
    return {
        "currency": currency, **{name: plain(value, currency) for name, value in row.items()},
        "total": plain(sum(row.values(), _ZERO), currency),
    }  # fmt: skip


def plain(value: Decimal, currency: str) -> str:
    """With the decimals of the currency, as statements are read."""
    unit = Decimal(1).scaleb(-money.decimals(currency))
    return f"{value if value != value.quantize(unit) else value.quantize(unit) + 0:f}"


def _day(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise wrong(name, "not_a_day") from None
