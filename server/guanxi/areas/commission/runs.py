"""Runs on their way: which period one is about, that there is one at a time, and the job that works it out."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import psycopg
from django.db import OperationalError

from guanxi.areas.commission import keeping
from guanxi.areas.commission.calculating import moneys, summed, work_out
from guanxi.areas.commission.errors import AnotherOpen, WrongState
from guanxi.areas.forecast import api as forecast
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.acting import acting_or_told, order_of
from guanxi.engine.context import CatalogMoved, Context, Workspace, work
from guanxi.engine.records import locking, reads, writes
from guanxi.engine.records.writes import Change
from guanxi.infra.errors import Refusal
from guanxi.infra.jobs import enqueue, job

RUN = "commission_run"
FIELDS = ("name", "status", "period", "starts_on", "ends_on")
_AWAY = (psycopg.OperationalError, OperationalError, CatalogMoved)
"""The job is tried again."""

log = logging.getLogger("guanxi.commission")


def held(ctx: Context, run: UUID) -> dict[str, Any]:
    """A run that the caller may change, held until the end of the transaction."""
    locking.lock(ctx, ctx.object(RUN), [run], "edit", ())
    return {"id": run, **reads.native(ctx.as_system(), RUN, [run], FIELDS)[run]}


def begin(ctx: Context, period: forecast.Period) -> UUID:
    """Have a period worked out, again where there is a draft of it; AnotherOpen beside another that is not locked yet,
    WrongState for one that is approved or calculated right now, or whose days were locked already.
    """
    system = ctx.as_system()
    # Two who begin at once wait for each other here, so that one of them finds the other's run.
    ctx.run("SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))", [f"commission {ctx.workspace.schema}"])
    rows = reads.native(system, RUN, reads.ids(system, RUN, None), FIELDS)
    mine = None
    for id_, row in rows.items():
        same = row["period"] == period.unit and row["starts_on"] == period.begins
        if row["status"] == "locked":
            if row["starts_on"] <= period.ends and period.begins <= row["ends_on"]:
                raise WrongState("already_locked", name=row["name"])
        elif not same:
            raise AnotherOpen(row["name"])
        elif row["status"] not in ("draft", "failed"):
            raise WrongState("not_a_draft", name=row["name"])
        else:
            mine = id_
    if mine is None:
        (mine,) = writes.create(system, RUN, [{
            "name": period.name, "period": period.unit, "starts_on": period.begins, "ends_on": period.ends,
            "status": "calculating", "owner": ctx.author,
        }])  # fmt: skip
    else:
        writes.update(system, RUN, [Change(mine, {"status": "calculating"})])
    enqueue("commission.calculate", {"workspace": ctx.workspace.id, "run": str(mine), **order_of(ctx.actor)})
    return mine


@job("commission.calculate")
def calculate_job(payload: Mapping[str, Any]) -> None:
    """Work a run out, all of it or nothing; payload: workspace, run, and who asked for it."""
    run = UUID(payload["run"])

    def failed(workspace: Workspace, refusal: Refusal | None = None) -> None:
        with work(workspace, SYSTEM, via="job") as ctx:
            if _status(ctx, run) == "calculating":
                writes.update(ctx, RUN, [Change(run, {"status": "failed"})])

    found = acting_or_told(payload, failed)
    if found is None:
        return
    try:
        with work(*found, via="job") as ctx:
            work_off(ctx, run)
    except _AWAY:
        raise
    except Exception:
        log.exception("commission run %s failed", run)
        failed(found[0])


def work_off(ctx: Context, run: UUID) -> None:
    """Work out a run that waits for it; one that does not any more is left alone."""
    system = ctx.as_system()
    if _status(system, run) != "calculating":
        return
    row = {"id": run, **reads.native(system, RUN, [run], FIELDS)[run]}
    outcome = work_out(ctx, forecast.period_of(row["period"], row["starts_on"], ctx.workspace.fiscal_month))
    keeping.keep(ctx, row, outcome)
    totals = outcome.totals()
    all_ = summed(totals.values())
    writes.update(system, RUN, [Change(run, {
        "status": "draft", "people": len(totals), "line_count": all_.lines, "calculated_at": ctx.now,
        "missing_rates": ", ".join(outcome.missing)[:200] or None, **moneys(ctx, all_),
    })])  # fmt: skip


def _status(ctx: Context, run: UUID) -> str | None:
    row = reads.native(ctx, RUN, [run], ("status",)).get(run)
    return None if row is None else row["status"]
