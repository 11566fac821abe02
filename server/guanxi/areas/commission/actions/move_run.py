"""A run on its way: approved, opened again, locked for good, or thrown away while it is a draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.commission import keeping, runs
from guanxi.areas.commission.errors import NotOver, WrongState
from guanxi.areas.commission.keeping import STATEMENT
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.engine.records.writes import Change
from guanxi.infra.http.shapes import Id


@dataclass(frozen=True)
class OfRun:
    """The run."""

    run: UUID


class MovedRun(TypedDict):
    """The run, and its state by now."""

    run: Id
    status: str


@action("commission.approve_run", params=OfRun, permission="commission_run.edit")
def approve_run(ctx: Context, params: OfRun) -> MovedRun:
    """Approve a draft: every member sees their statement from now on, and may dispute it. WrongState otherwise."""
    row = _in(ctx, params.run, "draft", "not_a_draft")
    return _moved(ctx, row, "approved", {"approved_by": ctx.author, "approved_at": ctx.now})


@action("commission.reopen_run", params=OfRun, permission="commission_run.edit")
def reopen_run(ctx: Context, params: OfRun) -> MovedRun:
    """Take an approval back, so that it can be calculated anew; WrongState otherwise."""
    row = _in(ctx, params.run, "approved", "not_approved")
    return _moved(ctx, row, "draft", {"approved_by": None, "approved_at": None})


@action("commission.lock_run", params=OfRun, permission="commission_run.edit")
def lock_run(ctx: Context, params: OfRun) -> MovedRun:
    """Lock an approved run: its lines never change again. NotOver before the period is; WrongState unless approved."""
    row = _in(ctx, params.run, "approved", "not_approved")
    ends: date = row["ends_on"]
    if not over(ctx, ends):
        raise NotOver(ends)
    disputes = {"and": [
        {"field": "run", "op": "eq", "value": str(params.run)}, {"field": "dispute", "op": "eq", "value": "open"},
    ]}  # fmt: skip
    if waiting := len(reads.ids(ctx.as_system(), STATEMENT, disputes)):
        raise WrongState("disputes_open", count=waiting)
    return _moved(ctx, row, "locked", {"locked_at": ctx.now})


@action("commission.discard_run", params=OfRun, permission="commission_run.edit")
def discard_run(ctx: Context, params: OfRun) -> MovedRun:
    """Throw a draft away, with its statements and lines; WrongState once it is approved."""
    row = runs.held(ctx, params.run)
    if row["status"] not in ("draft", "failed"):
        raise WrongState("not_a_draft", name=row["name"])
    keeping.clear(ctx, params.run)
    writes.delete(ctx.as_system(), runs.RUN, [params.run])
    return {"run": str(params.run), "status": "discarded"}


def over(ctx: Context, ends: date) -> bool:
    """Whether a period that ends on a day is behind."""
    return ends < ctx.today


def _in(ctx: Context, run: UUID, status: str, code: str) -> dict[str, Any]:
    row = runs.held(ctx, run)
    if row["status"] != status:
        raise WrongState(code, name=row["name"])
    return row


def _moved(ctx: Context, row: dict[str, Any], status: str, values: dict[str, Any]) -> MovedRun:
    """The state is the statements' as well; they belong to their members unless the run is a draft."""
    system, run = ctx.as_system(), row["id"]
    writes.update(system, runs.RUN, [Change(run, {"status": status, **values})])
    there = reads.native(system, STATEMENT, keeping.statements(ctx, run), ("member",))
    writes.update(system, STATEMENT, [
        Change(one, {"status": status, "owner": None if status == "draft" else mine["member"]})
        for one, mine in there.items()
    ])  # fmt: skip
    return {"run": str(run), "status": status}
