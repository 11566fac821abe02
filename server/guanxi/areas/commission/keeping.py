"""Statements and lines of a run: written as they were worked out, and thrown away with the draft that they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from guanxi.areas.commission.calculating import Outcome, moneys
from guanxi.areas.commission.correcting import LINE, Correction
from guanxi.areas.commission.rules.pieces import Line
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes

STATEMENT = "commission_statement"
SAID = ("dispute", "dispute_reason", "disputed_at", "answer", "answered_by", "answered_at")
"""What stays of a statement when its run is calculated anew."""
CHUNK = 1000


def statements(ctx: Context, run: UUID) -> list[UUID]:
    """The statements of a run."""
    return reads.ids(ctx.as_system(), STATEMENT, {"field": "run", "op": "eq", "value": str(run)})


def clear(ctx: Context, run: UUID) -> dict[UUID, dict[str, Any]]:
    """Throw the statements of a run away, with their lines; what was disputed, by member."""
    system = ctx.as_system()
    there = statements(ctx, run)
    rows = reads.native(system, STATEMENT, there, ("member", *SAID))
    writes.delete(system, STATEMENT, there)
    return {row["member"]: {key: row[key] for key in SAID} for row in rows.values() if row["dispute"] != "none"}


def keep(ctx: Context, run: Mapping[str, Any], outcome: Outcome) -> None:
    """Write what was worked out in place of what the run had; nobody owns it, so that finance alone sees it so far."""
    system = ctx.as_system()
    disputed = clear(ctx, run["id"])
    totals = outcome.totals()
    people = sorted(totals)
    names = reads.native(system, "member", people, ("name",))
    head = {
        "run": run["id"],
        "starts_on": run["starts_on"],
        "ends_on": run["ends_on"],
        "status": "draft",
        "owner": None,
    }
    made = writes.create(system, STATEMENT, [
        {
            **head, "member": who, "name": f"{names[who]['name']} · {run['name']}", "line_count": totals[who].lines,
            **moneys(ctx, totals[who]), **_plain(disputed.get(who, {})),
        }
        for who in people
    ])  # fmt: skip
    of = dict(zip(people, made, strict=True))
    rows: list[dict[str, Any]] = []
    for row in _rows(ctx.workspace.currency, of, outcome, run["ends_on"]):
        rows.append(row)
        if len(rows) == CHUNK:
            writes.create(system, LINE, rows)
            rows = []
    if rows:
        writes.create(system, LINE, rows)


def _plain(said: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in said.items() if value is not None}


def _rows(currency: str, of: Mapping[UUID, UUID], outcome: Outcome, ends: date) -> Iterator[dict[str, Any]]:
    def money(amount: Decimal) -> dict[str, str]:
        return {"amount": format(amount, "f"), "currency": currency}

    for line in outcome.lines:
        yield {"statement": of[line.member], "member": line.member, "owner": None, **_line(line, ends, money)}
    for one in outcome.corrections:
        yield {"statement": of[one.member], "member": one.member, "owner": None, **_correction(one, money)}


def _line(line: Line, ends: date, money: Any) -> dict[str, Any]:
    piece = line.piece
    return {
        "name": piece.number if piece else line.version.name, "kind": line.kind,
        "source": {"object": piece.object, "id": str(piece.id)} if piece else None,
        "happened_on": piece.day if piece else ends, "basis": piece.basis if piece else None,
        "whole": money(line.whole), "share": line.share, "base": money(line.base), "tier": line.tier, "rate": line.rate,
        "computed": money(line.computed), "amount": money(line.amount), "credit": line.credit if piece else None,
        "remark": line.note or None, "plan": line.version.id, "plan_name": line.version.name,
        "plan_number": line.version.number, "component": line.component.name if line.component else None,
        "standing": piece.standing if piece else None,
    }  # fmt: skip


def _correction(one: Correction, money: Any) -> dict[str, Any]:
    source = one.same["source"]
    return {
        **one.same, "source": {"object": source.object, "id": str(source.id)}, "corrects": one.corrects,
        "kind": "claw_back" if one.amount < 0 else "adjustment", "amount": money(one.amount),
        "computed": money(one.paid), "standing": one.now,
    }  # fmt: skip
